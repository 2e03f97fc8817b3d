// Package scaffold is what a new device begins with: a document that teaches, the
// directive that makes Go of it, a test against the fake, and a workflow that
// checks all of it. [Files] gives them for a name; what writes them, and where, is
// the caller's business.
//
// The device is made up, and small: a login, a heartbeat, one command, one event
// and one error. Its test is the first that its user reads, so it shows each of
// them. The files are in templates; a test of cmd/linewright does with them what
// their user would.
package scaffold

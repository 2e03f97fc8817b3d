// Package ledger judges a long run: what callers asked for and how it ended,
// against what devices saw, and what devices sent against what consumers got.
//
// A [Book] counts, for each [Rule], how often it was checked and how often
// broken. An [Account] is the commands of one client, a [Stream] its events;
// both write into the book. Nothing here has a clock or a goroutine: times are
// parameters, counted from any base, and all methods may be called from
// several goroutines.
//
// Memory is bounded by time: a command is watched until [Watch] after its end,
// because a device that was stuck may still execute it, and then judged and
// forgotten. What a device executes afterwards was asked by nobody, and breaks
// [OwnCommand].
//
// Where a device sends each reply twice, and nothing in a reply says whose it is,
// no client can keep them apart. What runs on such a connection is in doubt (see
// [Account.Doubt]): it may be answered by another's reply, and so without having
// run. It still runs once at most, and what was not sent does not run.
package ledger

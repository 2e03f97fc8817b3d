//go:build race

package generator_test

// raceEnabled: what runs in one goroutine alone takes ten times as long, and
// shows nothing more.
const raceEnabled = true

package explain

import (
	"github.com/linewright/linewright/spec/model"
)

// Kernel is what an operating system does by itself with the options that the client
// sets, should the client's own watchdog not run (a stopped process) or not be there.
// A peer whose kernel acknowledges is alive for it, whatever its program does.
type Kernel struct {
	Platform string `json:"platform"`
	// Idle is when keepalive ends a link on which nothing is sent.
	Idle Seconds `json:"idle_s"`
	// Unacknowledged is when a link ends that has sent what nobody acknowledges;
	// null: not by the document, only by the system's own limit (minutes).
	Unacknowledged Seconds `json:"unacknowledged_s"`
	Note           string  `json:"note"`
}

// kernels are what the platforms do. Linux was measured to need up to 15 % more than
// it is told.
func kernels(p *model.Protocol) []Kernel {
	l := &p.Liveness
	if p.Endpoint.PerCommand {
		return nil
	}
	idle := Never
	if l.KeepAlive.Idle > 0 {
		idle = Seconds(l.KeepAlive.Bound())
	}
	const own = "there is no user timeout: what was sent is sent again until the system gives up, after minutes"
	linux := Kernel{Platform: "linux", Idle: allowed(Seconds(l.KernelBound(nil))), Unacknowledged: Never, Note: "keepalive and TCP_USER_TIMEOUT, up to 15 % late"}
	if l.UserTimeout > 0 {
		linux.Unacknowledged = allowed(Seconds(l.UserTimeout))
	}
	return []Kernel{
		linux,
		{Platform: "macos, bsd", Idle: idle, Unacknowledged: Never, Note: own},
		{Platform: "windows", Idle: idle, Unacknowledged: Never, Note: own},
	}
}

// allowed is a bound of the kernel's with what it may be late.
func allowed(s Seconds) Seconds {
	if s == Never {
		return s
	}
	return s + s*15/100
}

package model

import "slices"

// The modes that every link goes through; the protocol's own follow.
const (
	ModeLogin = iota // until the login steps are over
	ModeReady
)

// Modal reports whether a link has modes that differ.
func (p *Protocol) Modal() bool {
	differ := len(p.Modes) > 0
	for _, f := range p.Frames {
		differ = differ || len(f.In) > 0
	}
	for _, m := range p.Messages {
		differ = differ || len(m.In) > 0 || m.Enters > 0
	}
	for _, c := range p.Commands {
		differ = differ || len(c.In) > 0 || c.Enters > 0
	}
	for _, s := range slices.Concat(p.Session.Login, p.Session.Ready) {
		differ = differ || s.Enters > 0
	}
	for _, probe := range p.Liveness.Probes() {
		differ = differ || len(probe.In) > 0
	}
	for _, beat := range p.Liveness.Beats() {
		differ = differ || len(beat.In) > 0
	}
	return differ
}

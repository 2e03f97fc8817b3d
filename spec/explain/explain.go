// Package explain says what a protocol's numbers promise, before anybody has
// written a line of code: how soon a silent device is noticed, what it sees
// when its clients come back, what the heartbeat costs, and every default that the
// document left out.
//
//	report := explain.Of(protocol, data, explain.Options{Clients: 10_000})
//	report.Text(os.Stdout)
//
// A [Report] is plain data, the same for the text, the JSON and the review page.
// Nothing in it is measured: bounds follow from the model, and what is left to
// chance (delays, fleets) is simulated with seeds by the session that clients run
// on, so that the same document gives the same report.
//
// To read in order: noticing.go (a peer that falls silent), kernel.go (what the
// operating system does besides), schedule.go, comeback.go and load.go (after an
// outage; simulation.go runs the sessions), heartbeat.go (what it costs), commands.go
// (what happens to them), settings.go (every number, and where it comes from),
// summary.go (the shortest answers), text.go.
package explain

import (
	"github.com/linewright/linewright/spec/model"
)

// Options are what a document does not say.
type Options struct {
	// Clients is how many of them a device that comes back has; 0: 10,000.
	Clients int
	// Seed begins the random delays; the same seed gives the same report.
	Seed uint64
	// Samples is how many clients are simulated for the medians of Comebacks; 0: 2,000.
	Samples int
	// Static leaves out what is simulated: Comebacks and Load.
	Static bool
}

// DefaultClients is what zero [Options.Clients] mean.
const DefaultClients = 10_000

// Report is what a protocol promises.
type Report struct {
	Vendor  string `json:"vendor"`
	Title   string `json:"title"`
	Version string `json:"version"`
	// DetectWithin is what the document itself promises.
	DetectWithin Seconds     `json:"detect_within_s"`
	Noticing     []Noticing  `json:"noticing"`
	Kernel       []Kernel    `json:"kernel"`
	Phases       []Phase     `json:"phases"`
	Schedule     Schedule    `json:"schedule"`
	Comebacks    []Comeback  `json:"ready_again"`
	Load         Load        `json:"load"`
	Heartbeats   []Heartbeat `json:"heartbeats"`
	Messages     int         `json:"messages"` // how many there are
	Unasked      []Unasked   `json:"unasked"`  // those of them that may come at any time
	Misfits      []Misfit    `json:"misfits"`
	Commands     []Command   `json:"commands"`
	Settings     []Setting   `json:"settings"`
}

// Of explains a protocol. Data is its document, which says what was given and what
// is a default; nil: then nothing is known to be given.
func Of(p *model.Protocol, data []byte, o Options) *Report {
	if o.Clients <= 0 {
		o.Clients = DefaultClients
	}
	if o.Samples <= 0 {
		o.Samples = defaultSamples
	}
	r := &Report{
		Vendor: p.Name, Title: p.Title, Version: p.Version,
		DetectWithin: Seconds(p.Liveness.DetectWithin),
		Noticing:     noticing(p),
		Kernel:       kernels(p),
		Phases:       phases(p),
		Schedule:     schedule(p),
		Heartbeats:   heartbeats(p),
		Messages:     len(p.Messages),
		Unasked:      unasked(p),
		Misfits:      misfits(p),
		Commands:     commands(p),
		Settings:     settings(p, data),
	}
	if !o.Static {
		r.Comebacks, r.Load = comebacks(p, o), load(p, o)
	}
	return r
}

package explain

import (
	"time"

	"github.com/linewright/linewright/spec/model"
)

// Heartbeat is what it costs to keep an idle link, at most: other traffic takes its
// place, unless the probe is sent always.
type Heartbeat struct {
	Mode   string  `json:"mode,omitempty"`
	What   string  `json:"what"` // probe, beat
	Send   string  `json:"send"` // the command
	Answer string  `json:"answer,omitempty"`
	Every  Seconds `json:"every_s"` // the shortest, where the device tells it
	// Frames and Bytes are those of a day, both ways; without the headers of TCP
	// and IP, which OnTheWire has: three packets a probe, two a beat, 52 B each.
	Frames    int `json:"frames_a_day"`
	Bytes     int `json:"bytes_a_day"`
	OnTheWire int `json:"bytes_a_day_with_headers"`
	// AtLeast: the lengths of the frames differ, and the shortest is counted.
	AtLeast bool `json:"at_least"`
}

const (
	day     = 24 * time.Hour
	headers = 20 + 32 // IPv4, TCP with time stamps
)

func heartbeats(p *model.Protocol) (all []Heartbeat) {
	if p.Endpoint.PerCommand {
		return nil
	}
	for _, w := range watches(p) {
		if w.probe != nil {
			all = append(all, w.probeCost())
		}
		if w.beat != nil {
			if h := w.beatCost(); h.Frames > 0 {
				all = append(all, h)
			}
		}
	}
	return all
}

func shortest(every time.Duration, told *model.Interval) time.Duration {
	if told != nil {
		return told.AtLeast
	}
	return every
}

func (w watch) probeCost() Heartbeat {
	every := shortest(w.probe.Every, w.probe.Told)
	h := Heartbeat{Mode: w.mode, What: "probe", Send: w.probe.Send.Do.Name, Every: Seconds(every)}
	n := int(day / every)
	sent, exact := sentLength(w.p, w.probe.Send)
	ack := w.probe.Send.Do.Replies[0]
	got, exactToo := receivedLength(w.p, ack)
	h.Answer, h.AtLeast = ack.Name, !exact || !exactToo || len(w.probe.Send.Do.Replies) > 1
	h.Frames, h.Bytes = 2*n, n*(sent+got)
	h.OnTheWire = h.Bytes + n*3*headers
	return h
}

// beatCost counts the beats that the probes leave to be sent: one is due where nothing
// else was sent.
func (w watch) beatCost() Heartbeat {
	every := shortest(w.beat.Every, w.beat.Told)
	n := int(day / every)
	if w.probe != nil {
		probes := shortest(w.probe.Every, w.probe.Told)
		n = int(day/probes) * int((probes-1)/every)
	}
	length, exact := sentLength(w.p, w.beat.Send)
	return Heartbeat{
		Mode: w.mode, What: "beat", Send: w.beat.Send.Do.Name, Every: Seconds(every),
		Frames: n, Bytes: n * length, OnTheWire: n * (length + 2*headers), AtLeast: !exact,
	}
}

package storm

import (
	"errors"
	"fmt"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// history is the run as a checker takes it.
func (s *storm) history() *check.Run {
	r := &check.Run{
		Plan: s.plan, TLS: secured(s.seed, s.load), Ack: s.load.Ack, Tag: s.load.Tag, Doubles: s.fake.doubled.Load(),
		Calm: s.calm, Last: s.last, End: s.w.Now(), Seen: seen(s.plan, s.fake, s.load, s.w.Device.History()),
	}
	for _, a := range s.actors {
		r.Clients = append(r.Clients, s.client(a))
	}
	return r
}

func (s *storm) client(a *actor) *check.Client {
	c := a.c
	_, due := c.Session.Deadline()
	j := &check.Client{
		Addresses: s.addresses, MaxWaiting: maxWaiting, Links: s.links(c),
		Hurried: c.Record.Hurried, Peak: check.Peak(c.Record.Peak), EndMono: c.Moment().Mono,
		Left: &check.Left{Deadline: due, Open: c.Open(), Outstanding: c.Outstanding()},
		Told: true, Ended: c.Record.Ended,
	}
	recorded(j, &c.Record)
	for i, ch := range c.Changes {
		j.Changes = append(j.Changes, check.Change{Change: ch, World: c.Record.Changed[i]})
	}
	for _, e := range c.Events {
		if s.load.KnowEvent != nil {
			j.Events = append(j.Events, check.Event{At: e.At, Epoch: e.Epoch, ID: s.load.KnowEvent(e.Frame)})
		}
	}
	for _, k := range c.Calls {
		j.Calls = append(j.Calls, s.call(a, k))
	}
	return j
}

func (s *storm) links(c *simulate.Client) (all []check.Link) {
	for _, l := range c.Links() {
		all = append(all, check.Link{
			Epoch: l.Epoch, Address: l.Address, Dialed: l.Dialed, Connected: l.Connected, Closed: l.Closed, Conn: l.Conn,
			Wrote: l.Wrote, Secured: s.w.Secured(l.Conn), Refused: l.Refused,
		})
	}
	return all
}

// recorded is what the driver saw.
func recorded(j *check.Client, r *simulate.Record) {
	for _, w := range r.Writes {
		j.Writes = append(j.Writes, check.Write(w))
	}
	for _, h := range r.Probes {
		j.Probes = append(j.Probes, check.Handed(h))
	}
	for _, ch := range r.Chunks {
		j.Chunks = append(j.Chunks, check.Chunk{Mono: ch.Mono, Epoch: ch.Epoch, Bytes: ch.Bytes})
	}
	for _, x := range r.Absences {
		j.Absences = append(j.Absences, check.Absence(x))
	}
	for _, x := range r.Shifts {
		j.Shifts = append(j.Shifts, check.Shift(x))
	}
}

// call is one call, with what its caller was told.
func (s *storm) call(a *actor, k *simulate.Call) *check.Call {
	op, command := a.asked[k], &s.plan.Commands[k.Command]
	content := s.plan.Framing.Of(command.Shape.Frame).Content(k.Frame)
	id, key := s.load.Know(command.Name, content)
	if op.ID != "" && op.ID != id {
		panic(fmt.Sprintf("storm: %s knows %q as %q", s.load.Name, op.ID, id))
	}
	j := &check.Call{
		Command: k.Command, ID: id, Key: key, Bytes: len(k.Frame), Submitted: k.Submitted, Finished: k.Finished,
		Until: k.Until, Ends: k.Ends, Detached: k.Detached, Canceled: k.Canceled, Want: op.Want, Err: k.Err,
		Several: k.Several, Told: true, SubmittedMono: k.SubmittedMono, FinishedMono: k.FinishedMono, FailFast: failsFast(s.seed),
	}
	if s.load.Tag != nil {
		j.Tag = s.load.Tag(content)
	}
	for _, h := range k.Handed {
		j.Handed = append(j.Handed, check.Handed(h))
	}
	told, returned := a.told[k]
	j.Got = told.got
	err := told.err
	if k.Detached {
		err = k.Err
	}
	if k.Done && returned {
		j.Outcome = outcome(err, s.load, len(s.plan.Commands[k.Command].Replies) > 0)
	}
	return j
}

// outcome is what an error says.
func outcome(err error, load *Workload, replies bool) check.Outcome {
	var e *session.Error
	switch {
	case err == nil && replies:
		return check.Replied
	case err == nil:
		return check.Written
	case errors.As(err, &e) && e.Fate == session.NotSent:
		return check.NotSent
	case errors.As(err, &e):
		return check.Unknown
	case load.Failed != nil && load.Failed(err):
		return check.Failed
	}
	return check.Strange
}

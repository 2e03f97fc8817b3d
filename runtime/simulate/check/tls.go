package check

import (
	"bytes"
	"errors"
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// secrecy: where TLS was asked for, nothing goes out in plain text but what the
// script has before it, and nobody is READY without it.
func secrecy(j *judge) {
	if !j.TLS {
		return
	}
	for i := range j.c.Links {
		l := &j.c.Links[i]
		clear, rest := j.beforeTLS(l.Wrote)
		if !j.mayClear(clear) {
			j.report(l.Dialed, "link %d: %q went out in plain text", l.Epoch, clear)
		}
		if text, ok := records(rest); !ok {
			j.report(l.Dialed, "link %d: %q is no TLS, and follows what was", l.Epoch, text)
		}
	}
	for _, ch := range j.c.Changes {
		if ch.From != session.Greeting || ch.To != session.Ready {
			continue
		}
		if l := j.c.linkOf(ch.Epoch); l != nil && !l.Secured {
			j.report(ch.At, "link %d is READY, and no TLS handshake worked", ch.Epoch)
		}
	}
}

// beforeTLS parts what was written where the first handshake record begins.
func (j *judge) beforeTLS(wrote []byte) (clear, rest []byte) {
	for i, b := range wrote {
		if b == 22 && (i == 0 || wrote[i-1] == '\n') {
			return wrote[:i], wrote[i:]
		}
	}
	return wrote, nil
}

// mayClear reports whether each line is of a command that goes before TLS: a
// step of the script, or an answer.
func (j *judge) mayClear(text []byte) bool {
	may := j.beforeStartTLS()
	for line := range bytes.Lines(text) {
		if !slices.ContainsFunc(may, func(c int) bool {
			prefix := j.Plan.Commands[c].Shape.Prefix
			n := min(len(prefix), len(line)) // the link may have ended within the line
			return string(line[:n]) == prefix[:n]
		}) {
			return false
		}
	}
	return true
}

// beforeStartTLS are the commands of the steps before the one that starts TLS,
// and of answers. Where TLS begins with the connection, there are none.
func (j *judge) beforeStartTLS() []int {
	var before []int
	for _, a := range j.Plan.Answers {
		before = append(before, a.Step.Command)
	}
	for _, s := range j.Plan.Login {
		switch s.Kind {
		case session.StepStartTLS:
			return before
		case session.StepDo:
			before = append(before, s.Command)
		}
	}
	return nil
}

// records reports whether b is TLS records, the last of which may be cut, by
// their headers: RFC 8446, section 5.1. Else text is where it ceases to be.
func records(b []byte) (text []byte, ok bool) {
	for len(b) > 0 {
		if b[0] < 20 || b[0] > 23 || len(b) > 1 && b[1] != 3 {
			return b[:min(len(b), 40)], false
		}
		if len(b) < 5 {
			return nil, true
		}
		b = b[min(len(b), 5+int(b[3])<<8+int(b[4])):]
	}
	return nil, true
}

// refusals: a certificate that is not accepted ends its link as a refusal, which
// is not loss.
func refusals(j *judge) {
	for _, ch := range j.c.Changes {
		if ch.To == session.Greeting || up(ch.To) || ch.From == session.Idle || ch.From == session.Backoff {
			continue
		}
		e := ch.Epoch
		if ch.To == session.Dialing {
			e-- // it tells of the link that is dialled next
		}
		if l := j.c.linkOf(e); l != nil && l.Refused && !errors.Is(ch.Err, session.ErrRefused) {
			j.report(ch.At, "link %d: a certificate was refused, and the reason is said to be %v", e, ch.Err)
		}
	}
}

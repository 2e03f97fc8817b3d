package breaking

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// patience compares how long a device may take for what it must do in time: less breaks
// one that has needed all of it.
func (l *list) patience() {
	old, now := l.old.Liveness.Probe, l.now.Liveness.Probe
	if old != nil && now != nil {
		l.lessTime("liveness.probe.timeout", model.Pos{}, old.Timeout*time.Duration(old.Misses), now.Timeout*time.Duration(now.Misses),
			"a device must answer the heartbeat within %s, and had %s")
	}
	if old == nil && now != nil {
		l.add(Breaking, "device-probed", "$.liveness.probe", model.Pos{}, "", now.Send.Do.Name, "a device must answer a heartbeat that it did not get", Device)
	}
	if was, is := explain.Seconds(l.old.Liveness.Silence), explain.Seconds(l.now.Liveness.Silence); is > 0 && (was == 0 || is < was) {
		l.add(Breaking, "device-less-silent", "$.liveness.silence", model.Pos{}, value(was), value(is),
			fmt.Sprintf("a device must say something at least every %s", is), Device)
	}
	l.timeouts()
}

// timeouts compares those that bound what a device does; connect is about the network.
func (l *list) timeouts() {
	old, now := l.old.Timeouts, l.now.Timeouts
	for _, t := range []struct {
		key      string
		concerns bool // the device, by both documents
		old, now time.Duration
		message  string
	}{
		{
			"greeting", len(l.old.Session.Greeting) > 0 && len(l.now.Session.Greeting) > 0, old.Greeting, now.Greeting,
			"a device must have greeted within %s, and had %s",
		},
		{
			"login", scripted(l.old) && scripted(l.now), old.Login, now.Login,
			"a device must have answered all of the login within %s, and had %s",
		},
		{
			"ready", true, old.Ready, now.Ready,
			"a device must be ready again within %s for the commands that wait for it, and had %s: they fail, not sent",
		},
		{
			"reply", patient(l.old) && patient(l.now), old.Reply, now.Reply,
			"a device must answer a command that says nothing else within %s, and had %s",
		},
		{"write", true, old.Write, now.Write, "a device must take what is sent to it within %s, and had %s"},
		{"frame", true, old.Frame, now.Frame, "a device must have sent the whole of a frame within %s, and had %s"},
	} {
		if t.concerns {
			l.lessTime("timeouts."+t.key, model.Pos{}, t.old, t.now, t.message)
		}
	}
}

// scripted reports whether something is said between a connection and being ready.
func scripted(p *model.Protocol) bool { return len(p.Session.Login)+len(p.Session.Ready) > 0 }

// patient reports whether a command leaves its reply time to the document's.
func patient(p *model.Protocol) bool {
	for _, c := range p.Commands {
		if c.Timeout == 0 && len(c.Replies) > 0 {
			return true
		}
	}
	return false
}

// lessTime notes that a device has less time for something.
func (l *list) lessTime(path string, pos model.Pos, old, now time.Duration, message string) {
	if now < old {
		was, is := quantity.Duration(old), quantity.Duration(now)
		a, b := both(is, was)
		l.add(Breaking, "device-less-time", "$."+path, pos, was, is, fmt.Sprintf(message, a, b), Device)
	}
}

// replyTime compares how long a device may take to answer a command that has a time of
// its own in one of the documents.
func (l *list) replyTime(path string, old, now *model.Command) {
	was, is := replyLimit(l.old, old), replyLimit(l.now, now)
	before, after := ownTime(old), ownTime(now)
	had, takes := replyValue(old, was), replyValue(now, is)
	if before == after { // the longest that may be asked for is the same
		before, after = had, takes
	}
	if old.Timeout == now.Timeout && (old.Wait == nil && now.Wait == nil || before == after) {
		return
	}
	takes, had = both(takes, had)
	less := is >= 0 && (was < 0 || is < was) || old.Wait != nil && now.Wait != nil && now.Wait.Plus < old.Wait.Plus
	if less && len(old.Replies) > 0 {
		l.add(Breaking, "device-less-time", path, now.Pos, before, after,
			fmt.Sprintf("a device must answer %s within %s, and had %s", now.Name, takes, had), Device)
		return
	}
	l.add(Timing, "reply-time", path, now.Pos, before, after,
		fmt.Sprintf("the reply to %s may take %s, and might take %s", now.Name, takes, had))
}

// ownTime is what a document says of a command's reply time.
func ownTime(c *model.Command) string {
	switch {
	case c.Timeout < 0:
		return "none"
	case c.Timeout == 0:
		return "timeouts.reply"
	}
	return quantity.Duration(c.Timeout)
}

// replyLimit is a command's reply time, the document's where it has none of its own;
// negative: there is no end.
func replyLimit(p *model.Protocol, c *model.Command) time.Duration {
	if c.Timeout == 0 {
		return p.Timeouts.Reply
	}
	return c.Timeout
}

// replyValue is how long the reply to a command may take.
func replyValue(c *model.Command, limit time.Duration) string {
	switch {
	case c.Wait != nil:
		return fmt.Sprintf("its %s × %s and %s", c.Wait.Field.Name, quantity.Duration(c.Wait.Unit), quantity.Duration(c.Wait.Plus))
	case limit < 0:
		return "as long as it likes"
	}
	return quantity.Duration(limit)
}

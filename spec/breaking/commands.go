package breaking

import (
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// all are a protocol's commands, those that are made of others too.
func all(p *model.Protocol) []*model.Command {
	return append(p.Commands[:len(p.Commands):len(p.Commands)], p.Sequences...)
}

func command(p *model.Protocol, name string) *model.Command {
	for _, c := range all(p) {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// commands compares what is sent.
func (l *list) commands() {
	for _, old := range all(l.old) {
		path, now := "$.commands."+old.Name, l.command(old)
		switch {
		case now == nil && old.Private:
			l.add(Compatible, "private-command-removed", path, model.Pos{}, old.Template.Source, "", old.Name+onTheWire(&old.Template)+", which only the client sent, is gone")
			continue
		case now == nil:
			l.add(Breaking, "command-removed", path, model.Pos{}, old.Template.Source, "", old.Name+onTheWire(&old.Template)+" is gone", API)
			continue
		case now.Name == old.Name:
		case old.Private:
			l.add(Compatible, "private-command-renamed", path, now.Pos, old.Name, now.Name, renamed(old.Name, now.Name))
		default:
			l.add(Breaking, "command-renamed", path, now.Pos, old.Name, now.Name, renamed(old.Name, now.Name), API)
		}
		l.sent(old, now)
	}
	for _, now := range all(l.now) {
		if fresh(l, all(l.old), func(c *model.Command) string { return c.Name }, now.Name) {
			l.add(Compatible, "command-added", "$.commands."+now.Name, now.Pos, "", now.Template.Source, now.Name+onTheWire(&now.Template)+" is new")
		}
	}
}

func (l *list) sent(old, now *model.Command) {
	path := "$.commands." + now.Name
	l.docs(path, old.Named, now.Named, now.Pos)
	l.fields(path, old.Template.Fields, now.Template.Fields, false)
	if len(old.Steps)+len(now.Steps) > 0 {
		if l.canon(old.Steps) != l.canon(now.Steps) {
			l.add(Breaking, "command-steps", path+".steps", now.Pos, "", "", old.Name+" is made of other commands", Device)
		}
	} else if evidence := l.rewritten(old, now); evidence != "" {
		l.add(Breaking, "command-wire", path, now.Pos, old.Template.Source, now.Template.Source, evidence, Device)
	} else if shape(old.Template.Ops) != shape(now.Template.Ops) {
		l.add(Compatible, "command-wider", path, now.Pos, old.Template.Source, now.Template.Source,
			old.Name+" has another form, in which what was sent is sent as before")
	}
	if !old.Private && now.Private {
		l.add(Breaking, "command-private", path+".private", now.Pos, "", "private", old.Name+" can no longer be called", API)
	}
	l.answers(path+".reply", "reply", old.Replies, now.Replies, old, now)
	l.answers(path+".errors", "error", old.Errors, now.Errors, old, now)
	l.answers(path+".each", "item", old.Each, now.Each, old, now)
	l.conduct(path, old, now)
}

// answers compares the messages that answer a command.
func (l *list) answers(path, what string, old, now []*model.Message, was, is *model.Command) {
	before, after := l.namesOf(old), l.namesOf(now)
	for _, name := range before {
		if !has(after, name) {
			l.add(Breaking, what+"-removed", path, is.Pos, name, "",
				fmt.Sprintf("%s is no longer answered by %s: a device that still does so %s", was.Name, name, l.unawaited(name)), Device)
		}
	}
	for _, name := range after {
		switch {
		case has(before, name):
		case what == "error":
			l.add(Compatible, "error-added", path, is.Pos, "", name, was.Name+" may now fail with "+name)
		case len(before) == 0:
			l.add(Breaking, what+"-awaited", path, is.Pos, "", name, was.Name+" now waits for "+name+": a device that does not send it is timed out", Device)
		default:
			l.add(Breaking, what+"-added", path, is.Pos, "", name, was.Name+" may now be answered by "+name, API)
		}
	}
}

// unawaited is what becomes of a message that answers nothing.
func (l *list) unawaited(name string) string {
	m := message(l.now, name)
	switch {
	case m == nil:
		return l.unknown()
	case m.Unasked():
		return "sends an event"
	case l.now.Unexpected.Reply == "drop":
		return "is ignored (unexpected.reply: drop)"
	}
	return "loses the link (unexpected.reply: close)"
}

func has(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// conduct compares how a command is sent.
func (l *list) conduct(path string, old, now *model.Command) {
	switch {
	case !old.Idempotent && now.Idempotent:
		l.add(Breaking, "repeated-now", path+".idempotent", now.Pos, "false", "true",
			old.Name+" is now sent once more when its link dies: the device may get it twice", Device)
	case old.Idempotent && !now.Idempotent:
		l.add(Breaking, "repeated-no-more", path+".idempotent", now.Pos, "true", "false",
			old.Name+" now fails when its link dies, where it was sent once more", API)
	}
	if was, is := lastingText(old), lastingText(now); was != is {
		l.add(Breaking, "lasting-changed", path+".lasting", now.Pos, was, is,
			fmt.Sprintf("%s is %s, and was %s", old.Name, is, was), API, Device)
	}
	if was, is := strings.Join(fieldNames(old.Echo), ", "), strings.Join(fieldNames(now.Echo), ", "); was != is {
		l.add(Breaking, "echo-changed", path+".echo", now.Pos, was, is,
			fmt.Sprintf("replies to %s must repeat [%s], and had to repeat [%s]", old.Name, is, was), Device)
	}
	if old.Closes != now.Closes {
		l.add(Breaking, "closes-changed", path+".closes", now.Pos, fmt.Sprint(old.Closes), fmt.Sprint(now.Closes),
			old.Name+" is followed by the end of the link, or is not: the other way round than before", Device, API)
	}
	if was, is := l.modes(l.old, old.In), l.modes(l.now, now.In); was != is {
		l.add(Breaking, "command-mode", path+".in", now.Pos, was, is, fmt.Sprintf("%s may be sent in other modes: %s, and was in %s", old.Name, is, was), API, Device)
	}
	l.pause(path+".gap", "gap-shorter", old.Gap, now.Gap, old.Name+" may follow sooner after what was sent before", now.Pos)
	l.pause(path+".settle", "settle-shorter", old.Settle, now.Settle, "what follows "+old.Name+" is sent sooner", now.Pos)
	l.replyTime(path+".timeout", old, now)
}

// pause compares how much time a device is given between two frames.
func (l *list) pause(path, id string, old, now time.Duration, message string, pos model.Pos) {
	switch {
	case now < old:
		l.add(Breaking, id, path, pos, quantity.Duration(old), quantity.Duration(now), message, Device)
	case now > old:
		was, is := quantity.Duration(old), quantity.Duration(now)
		a, b := both(is, was)
		l.add(Timing, "pause-longer", path, pos, was, is, fmt.Sprintf("the device is given more time: %s, and had %s", a, b))
	}
}

func lastingText(c *model.Command) string {
	switch {
	case c.Lasting == nil:
		return "not sent again on each link"
	case c.Lasting.Key == nil:
		return "sent again on each link"
	}
	return "sent again on each link, one for each " + c.Lasting.Key.Name
}

func fieldNames(fields []*model.Field) (all []string) {
	for _, f := range fields {
		all = append(all, f.Name)
	}
	return all
}

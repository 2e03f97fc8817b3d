package breaking

import (
	"fmt"
	"strconv"

	"github.com/linewright/linewright/spec/model"
)

// Diff compares two versions of a protocol: the worst change first.
func Diff(old, now *model.Protocol) []Change {
	l := &list{old: old, now: now}
	l.pair()
	l.protocol()
	l.parameters()
	l.frames()
	l.session()
	l.messages()
	l.commands()
	l.timing()
	return l.sorted()
}

// words compares two values that are words.
func (l *list) words(id, path, old, now, message string, parties ...Party) {
	if old != now {
		l.add(Breaking, id, path, model.Pos{}, old, now, fmt.Sprintf(message, now, old), parties...)
	}
}

// protocol compares what is true of the whole.
func (l *list) protocol() {
	old, now := l.old, l.now
	l.docs("$", model.Named{Doc: old.Title + old.Doc + canon(old.Sources)}, model.Named{Doc: now.Title + now.Doc + canon(now.Sources)}, now.Pos)
	l.words("vendor", "$.vendor", old.Name, now.Name, "the package is called %s, and was %s", API)
	l.words("port", "$.endpoint.port", strconv.Itoa(int(old.Endpoint.Port)), strconv.Itoa(int(now.Endpoint.Port)), "clients dial port %s, and dialled %s", Device)
	l.words("tls", "$.endpoint.tls", string(old.Endpoint.TLS), string(now.Endpoint.TLS), "TLS is %s, and was %s", Device, API)
	l.words("connections", "$.endpoint.connection", connections(old), connections(now), "there is %s, and was %s", Device)
	l.words("telnet", "$.stream.telnet", fmt.Sprint(old.Stream.Telnet), fmt.Sprint(now.Stream.Telnet), "telnet commands are understood: %s, and were: %s", Device)
	l.words("stream-echo", "$.stream.echo", fmt.Sprint(old.Stream.Echo), fmt.Sprint(now.Stream.Echo), "what we send comes back: %s, and did: %s", Device)
	l.words("stream-write", "$.stream.write", old.Stream.Write, now.Stream.Write, "a write holds a %s, and held a %s", Device)
	l.words("match", "$.replies.match", old.Replies.Match+old.Replies.ID, now.Replies.Match+now.Replies.ID, "replies are matched by %s, and were by %s", Device)
	l.words("late", "$.replies.late", old.Replies.Late, now.Replies.Late, "a late reply means: %s, and meant: %s", API, Device)
	for _, u := range []struct{ key, old, now string }{
		{"frame", old.Unexpected.Frame, now.Unexpected.Frame},
		{"message", old.Unexpected.Message, now.Unexpected.Message},
		{"reply", old.Unexpected.Reply, now.Unexpected.Reply},
	} {
		l.policy(u.key, u.old, u.now)
	}
	l.inFlight()
}

func connections(p *model.Protocol) string {
	if p.Endpoint.PerCommand {
		return "a connection for each command"
	}
	return "one connection"
}

// policy compares what is done with what does not fit: only a stricter one breaks a
// device.
func (l *list) policy(key, old, now string) {
	path := "$.unexpected." + key
	switch {
	case old == now:
	case now == "close":
		l.add(Breaking, "unexpected-stricter", path, model.Pos{}, old, now, "what does not fit ends the link, and was met with: "+old, Device)
	case old == "event":
		l.add(Breaking, "unexpected-unseen", path, model.Pos{}, old, now, "programs no longer see what does not fit", API)
	default:
		l.add(Compatible, "unexpected-milder", path, model.Pos{}, old, now, fmt.Sprintf("what does not fit is met with %s, and ended the link", now))
	}
}

// inFlight compares how many commands a device has at once.
func (l *list) inFlight() {
	was, is := l.old.Replies.InFlight, l.now.Replies.InFlight
	old, now := strconv.Itoa(was), strconv.Itoa(is)
	switch {
	case is > was:
		l.add(Breaking, "in-flight-more", "$.replies.in_flight", model.Pos{}, old, now,
			"the device may get "+now+" commands before it has answered the first, and got "+old+" at most", Device)
	case is < was:
		l.add(Timing, "in-flight-fewer", "$.replies.in_flight", model.Pos{}, old, now, "at most "+now+" commands wait at once, and might "+old)
	}
}

// parameters compares what callers give to make a client.
func (l *list) parameters() {
	for _, old := range l.old.Params {
		path := "$.parameters." + old.Name
		now := field(l.now.Params, old.Name)
		if now == nil {
			l.add(Breaking, "parameter-removed", path, model.Pos{}, typeName(old.Type), "", old.Name+" is gone", API)
			continue
		}
		l.docs(path, old.Named, now.Named, now.Pos)
		l.field(path, old, now, false)
		if old.HasDefault && !now.HasDefault && !now.Optional {
			l.add(Breaking, "parameter-required", path, now.Pos, old.Default, "", old.Name+" must now be given", API)
		}
		if old.HasDefault && now.HasDefault && old.Default != now.Default {
			l.add(Breaking, "parameter-default", path, now.Pos, old.Default, now.Default,
				fmt.Sprintf("%s is %s where it is not given, and was %s", old.Name, now.Default, old.Default), Device)
		}
	}
	for _, now := range l.now.Params {
		switch path := "$.parameters." + now.Name; {
		case field(l.old.Params, now.Name) != nil:
		case now.Optional || now.HasDefault:
			l.add(Compatible, "parameter-added", path, now.Pos, "", typeName(now.Type), now.Name+" is new, and need not be given")
		default:
			l.add(Breaking, "parameter-required", path, now.Pos, "", typeName(now.Type), now.Name+" is new, and must be given", API)
		}
	}
}

// session compares what client and device say to each other by themselves.
func (l *list) session() {
	old, now := l.old, l.now
	for _, part := range []struct {
		key, what string
		old, now  any
	}{
		{"session.greeting", "the greeting", old.Session.Greeting, now.Session.Greeting},
		{"session.login", "the login", old.Session.Login, now.Session.Login},
		{"session.ready", "what is sent once the login is done", old.Session.Ready, now.Session.Ready},
		{"session.standby", "the long poll", old.Session.Standby, now.Session.Standby},
		{"session.logout", "the logout", old.Session.Logout, now.Session.Logout},
		{"answers", "what the client answers by itself", old.Answers, now.Answers},
	} {
		if was, is := l.canon(part.old), l.canon(part.now); was != is {
			l.add(Breaking, "session-changed", "$."+part.key, model.Pos{}, was, is, part.what+" is another", Device)
		}
	}
	for _, part := range []struct {
		key      string
		old, now *model.Step
	}{
		{"liveness.probe.send", send(old.Liveness.Probe), send(now.Liveness.Probe)},
		{"liveness.beat.send", sendBeat(old.Liveness.Beat), sendBeat(now.Liveness.Beat)},
	} {
		if was, is := l.canon(part.old), l.canon(part.now); was != is {
			l.add(Breaking, "heartbeat-changed", "$."+part.key, model.Pos{}, was, is, "the device is asked for another sign of life", Device)
		}
	}
}

func send(p *model.Probe) *model.Step {
	if p == nil {
		return nil
	}
	return p.Send
}

func sendBeat(b *model.Beat) *model.Step {
	if b == nil {
		return nil
	}
	return b.Send
}

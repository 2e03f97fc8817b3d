package breaking

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// message finds one by its name.
func message(p *model.Protocol, name string) *model.Message {
	for _, m := range p.Messages {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// messages compares what is received.
func (l *list) messages() {
	for _, old := range l.old.Messages {
		now := l.message(old)
		if now == nil {
			l.add(Breaking, "message-removed", "$.messages."+old.Name, model.Pos{}, old.Template.Source, "",
				fmt.Sprintf("%s%s is gone: a device that still sends it %s", old.Name, onTheWire(&old.Template), l.unknown()), API, Device)
			continue
		}
		if now.Name != old.Name {
			l.add(Breaking, "message-renamed", "$.messages."+old.Name, now.Pos, old.Name, now.Name, renamed(old.Name, now.Name), API)
		}
		l.received(old, now)
	}
	for _, now := range l.now.Messages {
		if fresh(l, l.old.Messages, func(m *model.Message) string { return m.Name }, now.Name) {
			l.add(Compatible, "message-added", "$.messages."+now.Name, now.Pos, "", now.Template.Source, now.Name+onTheWire(&now.Template)+" is new")
		}
	}
}

func renamed(old, now string) string { return fmt.Sprintf("renamed: %s is now %s", old, now) }

// unknown is what becomes of a frame that is no message.
func (l *list) unknown() string {
	return map[string]string{
		"close": "loses the link (unexpected.message: close)",
		"event": "is understood no more (unexpected.message: event)",
		"drop":  "is ignored (unexpected.message: drop)",
	}[l.now.Unexpected.Message]
}

func (l *list) received(old, now *model.Message) {
	path := "$.messages." + now.Name
	l.docs(path, old.Named, now.Named, now.Pos)
	fields := l.fields(path, old.Template.Fields, now.Template.Fields, true)
	if evidence := l.misread(old, now); evidence != "" {
		if !fields || shape(old.Template.Ops) != shape(now.Template.Ops) {
			l.add(Breaking, "message-wire", path, now.Pos, old.Template.Source, now.Template.Source, evidence, Device)
		}
	} else if shape(old.Template.Ops) != shape(now.Template.Ops) {
		l.add(Compatible, "message-wider", path, now.Pos, old.Template.Source, now.Template.Source,
			old.Name+" has another form, in which all examples are understood as before")
	}
	l.role(path, old, now)
}

// role compares what a message is for.
func (l *list) role(path string, old, now *model.Message) {
	switch was, is := old.Unasked(), now.Unasked(); {
	case was && !is:
		l.add(Breaking, "event-no-more", path+".event", now.Pos, old.Event, now.Event, old.Name+" is no longer an event: programs that wait for it wait for ever", API)
	case !was && is:
		l.add(Compatible, "event-now", path+".event", now.Pos, old.Event, now.Event, old.Name+" may now come at any time")
	case old.Event != now.Event:
		l.add(Compatible, "event-kind", path+".event", now.Pos, old.Event, now.Event, fmt.Sprintf("%s is an event of another kind: %s, and was %s", old.Name, now.Event, old.Event))
	}
	if !old.Noise && now.Noise {
		l.add(Breaking, "message-dropped", path+".noise", now.Pos, "", "noise", old.Name+" is now dropped", API)
	}
	if was, is := errorText(old), errorText(now); was != is {
		l.add(Breaking, "error-class", path+".error", now.Pos, was, is,
			fmt.Sprintf("%s means something else to programs: %s, and meant %s", old.Name, is, was), API)
	}
	if was, is := l.modes(l.old, old.In), l.modes(l.now, now.In); was != is {
		l.add(Breaking, "message-mode", path+".in", now.Pos, was, is, fmt.Sprintf("%s is understood in other modes: %s, and was in %s", old.Name, is, was), Device)
	}
}

// errorText is what an error message means.
func errorText(m *model.Message) string {
	r := m.Error
	switch {
	case r == nil:
		return "no error"
	case r.Field == nil:
		return r.Class
	}
	var parts []string
	for _, c := range r.Cases {
		parts = append(parts, c.Class+" for "+strings.Join(c.Values, ", "))
	}
	return "by " + r.Field.Name + ": " + strings.Join(append(parts, "else "+r.Else), "; ")
}

// modes names some; all where none are named.
func (l *list) modes(p *model.Protocol, in []int) string {
	if len(in) == 0 {
		return "all"
	}
	names := append([]string{"login", "ready"}, p.Modes...)
	var all []string
	for _, mode := range in {
		all = append(all, names[mode])
	}
	return strings.Join(all, ", ")
}

// fields compares those of a message or a command by name; it reports whether it has
// said something that breaks the device.
func (l *list) fields(path string, old, now []*model.Field, received bool) (broken bool) {
	for _, was := range old {
		is := field(now, was.Name)
		if is == nil {
			if received {
				l.add(Breaking, "field-removed", path+"."+was.Name, model.Pos{}, typeName(was.Type), "", was.Name+" is gone", API)
			} else {
				l.add(Breaking, "argument-removed", path+"."+was.Name, model.Pos{}, typeName(was.Type), "", was.Name+" can no longer be given", API)
			}
			continue
		}
		l.docs(path+"."+was.Name, was.Named, is.Named, is.Pos)
		broken = l.field(path+"."+was.Name, was, is, received) || broken
	}
	for _, is := range now {
		if field(old, is.Name) != nil {
			continue
		}
		switch {
		case received:
			l.add(Compatible, "field-added", path+"."+is.Name, is.Pos, "", typeName(is.Type), is.Name+" is new")
		case is.Optional || is.Set != nil || is.HasDefault:
			l.add(Compatible, "argument-added", path+"."+is.Name, is.Pos, "", typeName(is.Type), is.Name+" is new, and need not be given")
		default:
			l.add(Breaking, "argument-required", path+"."+is.Name, is.Pos, "", typeName(is.Type), is.Name+" is new, and must be given", API)
		}
	}
	return broken
}

func field(fields []*model.Field, name string) *model.Field {
	for _, f := range fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// field compares what one may hold.
func (l *list) field(path string, was, is *model.Field, received bool) (broken bool) {
	r := compareTypes(was.Type, is.Type)
	lost, gained := strings.Join(r.lost, "; "), strings.Join(r.gained, "; ")
	old, now := typeName(was.Type), typeName(is.Type)
	switch {
	case lost != "" && received:
		l.add(Breaking, "received-narrower", path, is.Pos, old, now, "no longer understood of "+was.Name+": "+lost, Device)
		broken = true
	case lost != "":
		l.add(Breaking, "sent-narrower", path, is.Pos, old, now, "no longer sent of "+was.Name+": "+lost, API)
	case gained != "" && received:
		l.add(Compatible, "received-wider", path, is.Pos, old, now, "now understood of "+was.Name+": "+gained)
	case gained != "":
		l.add(Compatible, "sent-wider", path, is.Pos, old, now, "may now be sent of "+was.Name+": "+gained)
	}
	if len(r.values) > 0 {
		values := strings.Join(r.values, ", ")
		if received && r.closed {
			l.add(Breaking, "received-value-added", path, is.Pos, "", values,
				"programs that have listed all values of "+was.Name+" meet new ones: "+values, API)
		} else {
			l.add(Compatible, "value-added", path, is.Pos, "", values, was.Name+" has new values: "+values)
		}
	}
	if was.Optional != is.Optional {
		text := map[bool]string{true: "may be absent", false: "is always there"}
		kind, parties := Breaking, []Party{API}
		if !received && is.Optional {
			text[true] = "need not be given"
		}
		l.add(kind, "field-presence", path, is.Pos, fmt.Sprint(was.Optional), fmt.Sprint(is.Optional), was.Name+" now "+text[is.Optional], parties...)
	}
	if was.Secret && !is.Secret {
		l.add(Breaking, "secret-shown", path, is.Pos, "secret", "", was.Name+" is no longer a secret: it may appear in logs", API)
	}
	return broken
}

// docs notes that people read something else.
func (l *list) docs(path string, old, now model.Named, pos model.Pos) {
	if old.Doc != now.Doc || old.Ref != now.Ref || old.Since != now.Since {
		l.add(Docs, "docs-changed", path, pos, old.Doc, now.Doc, "is described in other words")
	}
	if old.Deprecated == "" && now.Deprecated != "" {
		l.add(Compatible, "deprecated", path, pos, "", now.Deprecated, "is deprecated: "+now.Deprecated)
	}
}

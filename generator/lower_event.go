package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// events are what callers can listen to; nil where nothing comes unasked.
func (l *lowering) events() []emit.Decl {
	e := &emit.Events{Vendor: l.names.pkg, Unknown: l.p.Unexpected.Message == "event"}
	for _, m := range l.p.Messages {
		if isEvent(m) {
			e.Messages = append(e.Messages, l.eventMessage(m))
		}
	}
	if len(e.Messages) == 0 && !e.Unknown {
		return nil
	}
	return []emit.Decl{e}
}

func (l *lowering) eventMessage(m *model.Message) emit.EventMessage {
	name := l.names.messages[m]
	local := unexported(name)
	switch local {
	case "message", "frame", "event", "yield", "s", "unknown":
		local += "_"
	}
	if reservedLocal(local) {
		local += "_"
	}
	return emit.EventMessage{Type: name, Const: "message" + name, Local: local}
}

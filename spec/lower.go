package spec

import (
	"github.com/linewright/linewright/spec/internal/flow"
	"github.com/linewright/linewright/spec/model"
)

// lower turns l.parts into the protocol's types, parameters, messages,
// commands and session.
func (l *loader) lower() {
	w := &lowering{
		loader: l,
		types:  newTable[*typeDecl]("type"), params: newTable[*paramDecl]("parameter"),
		messages: newTable[*messageDecl]("message"), commands: newTable[*commandDecl]("command"),
	}
	w.declare()
	w.lowerTypes()
	w.lowerParameters()
	w.lowerMessages()
	w.lowerCommands()
	w.lowerLayouts()
	w.lowerErrors()
	w.lowerReplies()
	w.lowerSession()
	w.lowerHeartbeat()
	w.lowerAnswers()
	w.check()
}

// lowering is the second half of loading: names are resolved, templates become
// ops. A thing with a mistake in it is kept, so that what refers to it finds
// it, but is marked as not ok: nothing more is said about it.
type lowering struct {
	*loader
	types    *table[*typeDecl]
	params   *table[*paramDecl]
	messages *table[*messageDecl]
	commands *table[*commandDecl]
	flow     flow.Pass
	ops      int // of all templates so far, with layouts written out
	// layouts are in the order in which they were finished: each after those
	// that it uses.
	layouts []*typeDecl
	// errors are replies.errors.
	errors []*messageDecl
	// came holds the messages that have certainly been received on a link, so
	// far or, after the session's script, by the time it is ready.
	came   map[*messageDecl]bool
	probed *commandDecl // the probe
}

// declare enters every name, so that things may refer to each other in any
// order.
func (w *lowering) declare() {
	if part := w.parts.types; !part.absent() {
		part.named(pascal, "a map of types", func(e entry) {
			d := &typeDecl{entry: e, typ: &model.Type{Named: model.Named{Name: e.name, Pos: e.keyPos}}}
			w.types.add(e.name, d)
			w.p.Types = append(w.p.Types, d.typ)
		})
	}
	if part := w.parts.parameters; !part.absent() {
		part.named(snake, "a map of parameters", func(e entry) {
			d := &paramDecl{entry: e, field: &model.Field{Named: model.Named{Name: e.name, Pos: e.keyPos}}}
			w.params.add(e.name, d)
			w.p.Params = append(w.p.Params, d.field)
		})
	}
	if part := w.parts.messages; !part.absent() {
		part.named(snake, "a map of messages", func(e entry) {
			d := &messageDecl{entry: e, m: &model.Message{Named: model.Named{Name: e.name, Pos: e.keyPos}}}
			w.messages.add(e.name, d)
			w.p.Messages = append(w.p.Messages, d.m)
		})
	}
	if part := w.parts.commands; !part.absent() {
		part.named(snake, "a map of commands", func(e entry) {
			d := &commandDecl{entry: e, c: &model.Command{Named: model.Named{Name: e.name, Pos: e.keyPos}}}
			w.commands.add(e.name, d)
			w.p.Commands = append(w.p.Commands, d.c)
		})
	}
}

// clean runs f and reports whether it found nothing to complain about.
func (w *lowering) clean(f func()) bool {
	before := w.findings.Len()
	f()
	return w.findings.Len() == before
}

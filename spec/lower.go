package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
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
		sequences: newTable[*sequenceDecl]("command"),
		lets:      map[string]*model.Let{},
		written:   map[*model.Example]value{}, lined: typeSet{}, setAt: map[*model.Field]value{}, assigns: maxAssigns, awaited: maxAwaited, tried: maxTried,
	}
	w.declare()
	w.declareLets()
	w.lowerTypes()
	w.lowerFrames()
	w.tellApart()
	w.lowerParameters()
	w.lowerMessages()
	w.lowerCommands()
	w.lowerLayouts()
	w.lowerErrors()
	w.lowerIDs()
	w.lowerReplies()
	w.lowerSession()
	w.lowerHeartbeat()
	w.lowerIntervals()
	w.lowerAnswers()
	w.lowerSequences()
	w.checkLinked()
	w.checkSetLets()
	w.checkDefaults()
	w.checkModes()
	w.heartbeat()
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
	// sequences are the commands that are made of several.
	sequences *table[*sequenceDecl]
	now       *frameDecl // that of the template that is looked at
	flow      flow.Pass
	ops       int // of all templates so far, with types written out
	written   map[*model.Example]value
	// What is left of the bounds of that name.
	assigns, awaited, tried int
	// layouts are in the order in which they were finished: each after those
	// that it uses.
	layouts []*typeDecl
	// errors are replies.errors.
	errors []*messageDecl
	// came holds the messages that have certainly been received on a link, so
	// far or, after the session's script, by the time it is ready.
	came map[*messageDecl]bool
	// greeted are those of the greeting: answers are sent from then on.
	greeted map[*messageDecl]bool
	probes  []probeDecl
	beats   []probeDecl
	polled  *commandDecl // the long poll
	upModes []int        // that a link may be in when it is READY
	lets    map[string]*model.Let
	lined   typeSet // whose lines were checked
	setAt   map[*model.Field]value
	// busy are the types that are being lowered, each of which uses the next; later
	// are checks that want all types.
	busy  []*typeDecl
	later []late
	// circles are the types that hold each other, by Group.
	circles [][]*typeDecl
}

// declare enters every name, so that things may refer to each other in any
// order.
func (w *lowering) declare() {
	p := w.p
	enter(w.parts.types, pascal, w.types, func(e entry, n model.Named) *typeDecl {
		d := &typeDecl{entry: e, typ: &model.Type{Named: n}}
		p.Types = append(p.Types, d.typ)
		return d
	})
	enter(w.parts.parameters, snake, w.params, func(e entry, n model.Named) *paramDecl {
		d := &paramDecl{entry: e, field: &model.Field{Named: n}}
		p.Params = append(p.Params, d.field)
		return d
	})
	enter(w.parts.messages, snake, w.messages, func(e entry, n model.Named) *messageDecl {
		d := &messageDecl{entry: e, m: &model.Message{Named: n}, tmpl: &compiled{}}
		p.Messages = append(p.Messages, d.m)
		return d
	})
	w.declareCommands()
}

// declareCommands enters the commands; those that are made of several apart.
func (w *lowering) declareCommands() {
	if w.parts.commands.absent() {
		return
	}
	w.parts.commands.named(snake, "a map of commands", func(e entry) {
		c := &model.Command{Named: model.Named{Name: e.name, Pos: e.keyPos}}
		if e.Kind == document.Map && e.Get("steps") != nil {
			w.declareSequence(e, c)
			return
		}
		w.commands.add(e.name, &commandDecl{entry: e, c: c, tmpl: &compiled{}})
		w.p.Commands = append(w.p.Commands, c)
	})
}

// enter puts the things of a section into their table.
func enter[T any](part value, form nameForm, t *table[T], declared func(entry, model.Named) T) {
	if part.absent() {
		return
	}
	part.named(form, "a map of "+t.what+"s", func(e entry) {
		t.add(e.name, declared(e, model.Named{Name: e.name, Pos: e.keyPos}))
	})
}

// clean runs f and reports whether it found nothing to complain about.
func (w *lowering) clean(f func()) bool {
	before := w.findings.Len()
	f()
	return w.findings.Len() == before
}

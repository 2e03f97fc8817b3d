package spec

import (
	"fmt"
	"maps"
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// sequenceDecl is a command of the document that is made of several.
type sequenceDecl struct {
	entry
	c *model.Command
}

// ofOneCommand are the keys that a command has and several together have not.
var ofOneCommand = []string{
	"send", "others", "frame", "header", "examples", "reply", "each", "errors", "echo", "set", "timeout", "gap", "settle",
	"idempotent", "private", "closes", "lasting", "delivers", "in", "enters",
}

func (w *lowering) declareSequence(e entry, c *model.Command) {
	w.sequences.add(e.name, &sequenceDecl{entry: e, c: c})
	w.p.Sequences = append(w.p.Sequences, c)
	if w.commands.apart == nil {
		w.commands.apart = map[string]func(value, model.Pos){}
	}
	w.commands.apart[e.name] = func(v value, pos model.Pos) {
		v.failAt(pos, "steps-nested", "name one of its commands, or all of them", "%s is made of several commands: only callers do it", e.name)
	}
}

// lowerSequences reads the commands that are made of several. What the session's script
// has received is known to them; what answers their own commands comes yet.
func (w *lowering) lowerSequences() {
	came := w.came
	w.sequences.all(func(d *sequenceDecl) {
		w.came = maps.Clone(came)
		w.lowerSequence(d)
	})
	w.came = came
}

func (w *lowering) lowerSequence(d *sequenceDecl) {
	var steps, undo, fields value
	keys := described(&d.c.Named,
		need("steps", later(&steps)),
		may("undone_by", later(&undo)),
		may("fields", later(&fields)),
	)
	for _, name := range ofOneCommand {
		keys = append(keys, refuse(name, "steps-with", "say it of the command in the step", "a command made of several has no %s", name))
	}
	if !d.mapping(`a command, as in {steps: [{do: begin}, {do: end}]}`, keys...) {
		return
	}
	if w.forgetReplies(steps); w.awaited < 0 {
		return
	}
	before := maps.Clone(w.came)
	s := &sequencing{scripting: scripting{lowering: w}, c: d.c, lets: map[string]bool{}}
	if steps.Kind == document.List && len(steps.Items) == 0 {
		steps.fail("empty", "", "a list without steps")
	}
	ok := w.clean(func() { steps.each("a list of steps, as in [{do: begin}, {do: end}]", s.step) })
	for name := range s.lets {
		delete(w.lets, name)
	}
	d.c.Steps = s.steps
	w.describeFields(fields, d.c.Template.Fields, "command "+d.name)
	if ok && len(s.steps) > 0 {
		s.ends()
	}
	if !undo.absent() {
		w.undoneBy(d, undo, before)
	}
}

// forgetReplies takes what answers the steps' commands out of what has come.
func (w *lowering) forgetReplies(steps value) {
	if steps.Kind != document.List {
		return
	}
	for i, step := range steps.Items {
		do := step.Get("do")
		if do == nil || do.Value.Kind != document.Scalar {
			continue
		}
		d := w.commands.byName[do.Value.Value]
		if d == nil {
			continue
		}
		awaited := d.awaited()
		if !spend(&w.awaited, len(awaited), steps.child(step, fmt.Sprintf("[%d]", i)), "all commands together await too many messages; at most %d are read", maxAwaited) {
			return
		}
		for _, m := range awaited {
			delete(w.came, m)
		}
	}
}

// undoneBy reads what is sent where the last step is not reached.
func (w *lowering) undoneBy(d *sequenceDecl, v value, came map[*messageDecl]bool) {
	w.commands.refer(v, func(u *commandDecl) {
		u.called = true
		u.stays(v, "what undoes others")
		u.once(v)
		d.c.UndoneBy = w.sendIn(&scope{w: w, came: came}, v, value{}, u)
	})
}

// once complains about a command that lasts, or ends what does.
func (d *commandDecl) once(v value) {
	if d.c.Lasting != nil || d.c.Undoes != nil {
		v.fail("steps-lasting", "", "%s lasts, or ends what does: it cannot be one of several", d.name)
	}
}

// sequencing are the steps of a command on their way.
type sequencing struct {
	scripting
	c    *model.Command
	sent []sentStep
	lets map[string]bool // made by its steps: others do not see them
}

// sentStep is a step that sends a command.
type sentStep struct {
	at, do value
	d      *commandDecl
}

// ofScript are the keys of steps that only the session's script has.
var ofScript = []string{"expect", "tls", "refuse", "enters"}

func (s *sequencing) step(v value) {
	step := &model.Step{Pos: v.Pos}
	var do, with, list, when, unless, retry, let value
	keys := []key{
		may("do", later(&do)),
		may("with", later(&with)),
		may("for", later(&list)),
		may("fail", reason(&step.Fail)),
		may("when", later(&when)),
		may("unless", later(&unless)),
		may("retry", later(&retry)),
		may("let", later(&let)),
	}
	for _, name := range ofScript {
		keys = append(keys, refuse(name, "steps-session", "", "only the session's script has steps with %s", name))
	}
	ok := v.mapping("a step, as in {do: begin}", keys...)
	if !ok || slices.ContainsFunc(ofScript, func(name string) bool { return v.Get(name) != nil }) || !oneOfKeys(v, "do", "let", "fail") {
		return
	}
	step.When = s.condition(when, unless)
	s.steps = append(s.steps, step)
	switch {
	case !do.absent():
		s.commands.refer(do, func(d *commandDecl) { s.do(step, sentStep{v, do, d}, with, list) })
	case !with.absent():
		with.fail("step-form", "", "with gives the fields of a command: only do has them")
	case !list.absent():
		list.fail("step-form", "", "for names a field of a command: only do has them")
	}
	if !let.absent() {
		s.declareLet(let)
		s.let(step, let)
	}
	if !retry.absent() && (do.absent() || step.Do != nil) {
		s.retry(step, retry)
	}
}

// declareLet enters the names of a step's values.
func (s *sequencing) declareLet(v value) {
	if v.Kind != document.Map {
		return
	}
	for _, k := range v.Keys {
		if s.lowering.lets[k.Key] == nil && len(s.lowering.lets) < maxLets {
			s.lowering.lets[k.Key] = &model.Let{Name: k.Key, Index: len(s.lowering.lets)}
			s.lets[k.Key] = true
		}
	}
}

// do sends a command. Its fields that get no value here are arguments of the whole.
func (s *sequencing) do(step *model.Step, sent sentStep, with, list value) {
	d := sent.d
	d.used, d.called = true, true
	step.Do = d.c
	s.sent = append(s.sent, sent)
	d.once(sent.do)
	if !d.tmpl.ok || !spend(&s.assigns, d.tmpl.size, sent.at, "all steps together send too many fields; at most %d are read", maxAssigns) {
		return
	}
	each := s.each(d, with, list)
	in := &scope{w: s.lowering, came: s.came, when: step.When}
	a := &assigner{scope: in, at: sent.at, command: d.name}
	a.argument = func(f *model.Field) {
		arg := s.argument(sent.at, d, f, f == each)
		switch {
		case arg == nil:
		case f == each:
			step.For = arg
			a.add([]*model.Field{f}, &model.Expr{Kind: model.ExprItem, Param: arg, Type: f.Type, Pos: sent.at.Pos})
		default:
			a.add([]*model.Field{f}, &model.Expr{Kind: model.ExprArg, Param: arg, Type: f.Type, Pos: sent.at.Pos})
		}
	}
	step.With = in.assignsTo(a, with, d)
	if len(d.replies) == 1 && each == nil {
		s.receive(step, d.replies[0])
	}
}

// each is the field for whose values the step is done, one after the other.
func (s *sequencing) each(d *commandDecl, with, list value) *model.Field {
	if list.absent() || !list.nameScalar("the name of a field") {
		return nil
	}
	f := findField(list, list.Pos, d.tmpl.Fields, "command "+d.name, list.Value)
	if f == nil {
		return nil
	}
	if given := !with.absent() && with.Get(f.Name) != nil; given || f.Set != nil {
		list.fail("steps-for", "leave with or for out", "%s has its value already: there is nothing to go through", f.Name)
		return nil
	}
	return f
}

// argument is the whole's argument for a field of one of its commands; nil after a
// complaint. Fields of one name have one.
func (s *sequencing) argument(at value, d *commandDecl, f *model.Field, item bool) *model.Field {
	arg := &model.Field{Named: f.Named, Type: f.Type, Optional: f.Optional, Secret: f.Secret, Unit: f.Unit}
	if item {
		arg.Type, arg.Optional = &model.Type{Kind: model.List, Elem: f.Type}, false
	}
	have := fieldOf(s.c.Template.Fields, f.Name)
	switch {
	case have == nil && len(s.c.Template.Fields) == maxFields:
		at.fail("too-much", "", "a command has at most %d arguments", maxFields)
		return nil
	case have == nil:
		s.c.Template.Fields = append(s.c.Template.Fields, arg)
		return arg
	case sameArgument(have, arg):
		fill(&have.Doc, arg.Doc)
		return have
	case (have.Type.Kind == model.List) != (arg.Type.Kind == model.List):
		at.fail("type-mismatch", "give one of them by with, or another name", "argument %s is a list in one step, and one value in another", f.Name)
	default:
		at.fail("type-mismatch", "give one of them by with, or another name", "argument %s is not of the same type in %s as in an earlier step", f.Name, d.name)
	}
	return nil
}

// sameArgument reports whether one argument can be both.
func sameArgument(a, b *model.Field) bool {
	return a.Optional == b.Optional && a.Secret == b.Secret && sameType(a.Type, b.Type)
}

// sameType reports whether values of two types are alike: a named one is like itself only.
func sameType(a, b *model.Type) bool {
	switch {
	case a == b:
		return true
	case a.Name != "" || b.Name != "" || a.Kind != b.Kind || a.Bits != b.Bits || a.Width != b.Width || a.Scale != b.Scale || a.Sep != b.Sep || a.Words != b.Words:
		return false
	case a.Elem != nil && b.Elem != nil:
		return sameType(a.Elem, b.Elem)
	}
	return a.Elem == b.Elem && a.Body == nil && b.Body == nil && len(a.Members) == 0 && len(b.Members) == 0
}

// ends looks at the last step, whose reply the whole has, and at those before it.
func (s *sequencing) ends() {
	last := s.steps[len(s.steps)-1]
	at := s.sentAt(last)
	if last.Do == nil || last.For != nil || len(last.When) > 0 {
		at.failAt(last.Pos, "steps-last", "end with a do without for, when and unless", "nothing tells which reply the whole has")
		return
	}
	for _, sent := range s.sent[:len(s.sent)-1] {
		sent.d.stays(sent.do, "followed by another step")
	}
	s.c.Replies, s.c.Each = last.Do.Replies, last.Do.Each
	known := map[*model.Message]bool{}
	for _, sent := range s.sent {
		for _, m := range sent.d.c.Errors {
			if !known[m] {
				known[m] = true
				s.c.Errors = append(s.c.Errors, m)
			}
		}
	}
}

// sentAt is the place of a step, or of the first that sends something.
func (s *sequencing) sentAt(step *model.Step) value {
	for _, sent := range s.sent {
		if sent.at.Pos == step.Pos {
			return sent.at
		}
	}
	d := s.sequences.byName[s.c.Name]
	return d.find("steps")
}

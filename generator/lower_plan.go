package generator

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// plan is the session plan as a literal, and a function for each of its hooks.
func (l *lowering) plan() ([]emit.Decl, error) {
	value, hooks, err := plan.Of(l.p)
	if err != nil {
		return nil, err
	}
	out := &emit.Plan{Value: *value, Hooks: map[string]string{}, Words: words}
	for _, m := range l.p.Messages {
		out.Messages = append(out.Messages, "message"+l.names.messages[m])
	}
	for _, c := range l.p.Commands {
		out.Commands = append(out.Commands, "command"+l.names.commands[c])
	}
	for _, c := range l.p.Sequences {
		out.Sequences = append(out.Sequences, "sequence"+l.names.commands[c])
	}
	if l.p.Modal() {
		out.Modes = []string{"modeLogin", "modeReady"}
		for _, mode := range l.p.Modes {
			out.Modes = append(out.Modes, "mode"+exported(mode))
		}
	}
	list := []emit.Decl{out}
	counts := map[string]int{}
	for _, h := range hooks {
		name, decls := l.hook(h, counts)
		out.Hooks[h.Path] = name
		list = append(list, decls...)
	}
	return list, nil
}

// hook gives a func of the plan its name and its function.
func (l *lowering) hook(h plan.Hook, counts map[string]int) (string, []emit.Decl) {
	if h.Kind == plan.When {
		name := "when" + l.stepName(h)
		return name, l.when(name, h)
	}
	name, decl := l.oneHook(h, counts)
	return name, []emit.Decl{decl}
}

// oneHook is hook for those that are one function.
func (l *lowering) oneHook(h plan.Hook, counts map[string]int) (string, emit.Decl) {
	what := ""
	switch {
	case h.Message != nil:
		what = l.names.messages[h.Message]
	case h.Command != nil:
		what = l.requestName(h.Command)
	}
	switch h.Kind {
	case plan.Check:
		name := "check" + what
		return name, &emit.Check{Name: name, Type: what}
	case plan.CountOf:
		base := "count" + what
		name := base + strconv.Itoa(counts[base])
		counts[base]++
		m := &emit.Measure{Name: name}
		m.Frame = h.Count.Template.Frame
		m.Ops, m.Local, m.Fixed = l.upTo(h.Count.Template, h.Count.At)
		if last := h.Count.At[len(h.Count.At)-1]; last.Kind == model.OpField && last.Field.Type.Kind == model.List && last.Sized == nil && l.packed() {
			m.Item = max(model.TypeBits(last.Field.Type.Elem), 0) / 8
		}
		return name, m
	case plan.Classify:
		name := "classify" + what
		return name, &emit.Classify{Name: name, Type: what}
	case plan.ID:
		name := "id" + what
		return name, l.number(name, what, &h.Message.Template, h.Message.ID)
	case plan.Wait:
		name := "wait" + what
		return name, l.number(name, what, &h.Command.Template, h.Command.Wait.Field)
	case plan.Failure:
		name := "fail" + what
		return name, &emit.Failure{Name: name, Type: what, Empty: len(h.Message.Template.Fields) == 0}
	case plan.Key:
		name, t := "echo"+what, &h.Command.Template
		if h.Message != nil {
			name, t = "echo"+l.names.commands[h.Command]+what, &h.Message.Template
		}
		return name, &emit.Key{Name: name, Excerpt: l.excerpt(what, t, h.Echo...), Fields: l.keyFields(h.Echo)}
	}
	if h.Kind == plan.Told {
		name := "told" + l.stepName(h)
		return name, l.told(name, h)
	}
	if h.Kind == plan.For {
		name := "for" + l.stepName(h)
		return name, &emit.For{Name: name, Args: l.requestName(h.Sequence), List: l.names.fields[h.Step.For]}
	}
	name := "encode" + l.stepName(h)
	if h.Let != nil {
		return name, l.let(name, h)
	}
	return name, l.encode(name, h)
}

// stepName names a step by its place in the plan: Login[0].Encode is Login0, and that of
// a command made of several DeliverStep0.
func (l *lowering) stepName(h plan.Hook) string {
	path := h.Path
	if h.Sequence != nil {
		_, path, _ = strings.Cut(path, "].")
		path = l.names.commands[h.Sequence] + strings.Replace(path, "Steps", "Step", 1)
	}
	path = strings.TrimPrefix(path, "Liveness.")
	path = path[:strings.LastIndexByte(path, '.')]
	path = strings.TrimSuffix(strings.TrimSuffix(path, ".Step"), ".Told")
	return strings.NewReplacer("[", "", "]", "", ".", "").Replace(path)
}

// words are the constants of the plan's small types.
var words = map[reflect.Type]map[int64]string{
	typeOf[session.TLS]():      {0: "TLSNever", 1: "TLSOptional", 2: "TLSAlways"},
	typeOf[session.Event]():    {0: "NotEvent", 1: "IsEvent", 2: "AlsoEvent", 3: "PolledEvent", 4: "StateEvent"},
	typeOf[session.Class]():    {0: "ClassNone", 1: "ClassFailed", 2: "ClassRetry", 3: "ClassRefused", 4: "ClassClose"},
	typeOf[session.StepKind](): {0: "StepDo", 1: "StepExpect", 2: "StepStartTLS", 3: "StepFail", 4: "StepRefuse", 5: "StepLet"},
	typeOf[session.Match]():    {0: "MatchOrder", 1: "MatchKind", 2: "MatchID"},
	typeOf[session.Late]():     {0: "LateClose", 1: "LateSwallow"},
	typeOf[session.Policy]():   {0: "Close", 1: "Drop", 2: "Deliver", 3: "Resync"},
	typeOf[wire.Charset]():     {0: "UTF8", 1: "ASCII", 2: "Latin1"},
	typeOf[wire.StepKind]():    {0: "StepLine", 1: "StepBytes", 2: "StepTimes", 3: "StepUntil", 4: "StepOneOf", 5: "StepTo", 6: "StepVarint", 7: "StepMaybe", 8: "StepPart", 9: "StepWhile"},
	typeOf[wire.MarkKind](): {
		0: "MarkAny", 1: "MarkConst", 2: "MarkText", 3: "MarkNumber", 4: "MarkBool", 5: "MarkObject", 6: "MarkList",
	},
	typeOf[wire.Use]():      {0: "UseBoth", 1: "UseSend", 2: "UseReceive"},
	typeOf[wire.Extent]():   {0: "ExtentEnds", 1: "ExtentCount", 2: "ExtentFixed", 3: "ExtentSelf"},
	typeOf[wire.Number]():   {0: "NumberBig", 1: "NumberLittle", 2: "NumberVarint", 3: "NumberDecimal", 4: "NumberHex", 5: "NumberHexLow"},
	typeOf[wire.Checksum](): checksums(),
}

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// checksums are the names of the constants: CRC-16/MODBUS is CRC16MODBUS.
func checksums() map[int64]string {
	names := map[int64]string{}
	for i, name := range wire.Checksums() {
		var b strings.Builder
		for part := range strings.FieldsFuncSeq(name, func(c rune) bool { return c == '-' || c == '/' }) {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
		names[int64(i)] = b.String()
	}
	return names
}

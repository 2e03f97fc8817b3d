package plan

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

func lit(s string) *model.Op { return &model.Op{Kind: model.OpLit, Lit: s} }
func brk() *model.Op         { return &model.Op{Kind: model.OpBreak} }

func field(name string, t *model.Type) *model.Op {
	return &model.Op{Kind: model.OpField, Field: &model.Field{Named: model.Named{Name: name}, Type: t}}
}

func counts(of *model.Op) *model.Op {
	op := &model.Op{
		Kind: model.OpCount, Terms: []model.Term{{Field: of.Field}},
		Field: &model.Field{Type: &model.Type{Kind: model.Uint}, Derived: true},
	}
	of.Count = op
	return op
}

func optional(body ...*model.Op) *model.Op {
	return &model.Op{Kind: model.OpOptional, Decide: model.DecideEOL, Body: body}
}

func layout(ops ...*model.Op) *model.Type {
	return &model.Type{Kind: model.Layout, Body: &model.Template{Ops: ops}}
}

func blob() *model.Op { return field("data", &model.Type{Kind: model.Bytes}) }

func walk(ops ...*model.Op) *walker {
	w := &walker{template: &model.Template{Ops: ops}}
	w.walk(ops, nil)
	w.endLine()
	return w
}

var (
	line  = wire.Step{Kind: wire.StepLine}
	bytes = wire.Step{Kind: wire.StepBytes}
)

func TestWalk(t *testing.T) {
	word := &model.Type{Kind: model.Word}
	a, b, c, d := blob(), blob(), blob(), blob()
	text, after := field("text", &model.Type{Kind: model.Text}), blob()
	inner := blob()
	arg := layout(lit("$"), counts(inner), brk(), inner)
	tests := []struct {
		name   string
		ops    []*model.Op
		prefix string
		whole  bool
		steps  []wire.Step
	}{
		{"literal", []*model.Op{lit("OK")}, "OK", true, nil},
		{"nothing", nil, "", true, nil},
		{"field", []*model.Op{lit("A "), field("x", word)}, "A ", false, nil},
		{"optional", []*model.Op{lit("A"), optional(lit(" "), field("x", word))}, "A", false, nil},
		{"layout first", []*model.Op{field("x", layout(lit("$"), field("y", word)))}, "$", false, nil},
		{"lines", []*model.Op{lit("A"), brk(), lit("B"), field("x", word), brk(), field("y", word)}, "A", true, []wire.Step{{Lit: "B"}, line}},
		{"counted", []*model.Op{lit("$"), counts(a), brk(), a}, "$", false, []wire.Step{bytes, line}},
		{"two counted", []*model.Op{counts(a), lit(" "), counts(b), brk(), a, lit("--"), b, lit("!")}, "", false, []wire.Step{bytes, {Kind: wire.StepBytes, Lead: 2}, {Lit: "!"}}},
		{"counted on the first line", []*model.Op{lit("A "), counts(c), lit(" "), c}, "A ", false, []wire.Step{{Kind: wire.StepTo, Lead: 2, Lit: " "}, bytes, line}},
		{
			"counted behind fields",
			[]*model.Op{lit("A"), brk(), field("x", word), lit(";"), counts(c), lit(": "), c, lit("!")},
			"A", true,
			[]wire.Step{{Kind: wire.StepTo, Lit: ";"}, {Kind: wire.StepTo, Lit: ": "}, bytes, {Lit: "!"}},
		},
		{
			"counted behind a number with a sign",
			[]*model.Op{lit("A"), brk(), counts(d), lit(":"), field("n", &model.Type{Kind: model.Int}), lit("-"), d},
			"A", true,
			[]wire.Step{{Kind: wire.StepTo, Lit: ":"}, {Kind: wire.StepTo, Lead: 1, Lit: "-"}, bytes, line},
		},
		{
			"counted behind counted text",
			[]*model.Op{lit("A "), counts(text), lit(","), counts(after), lit(":"), text, after},
			"A ", false,
			[]wire.Step{{Kind: wire.StepTo, Lead: 2, Lit: ","}, {Kind: wire.StepTo, Lit: ":"}, bytes, bytes, line},
		},
		{"bytes behind counted text", []*model.Op{counts(text), counts(after), brk(), text, after}, "", false, []wire.Step{bytes, bytes, line}},
		{"fixed bytes", []*model.Op{lit("A"), brk(), lit(">"), field("t", &model.Type{Kind: model.Text, Width: 3}), field("b", &model.Type{Kind: model.Bytes, Width: 4})}, "A", true, []wire.Step{{Kind: wire.StepBytes, Lead: 4}, line}},
		{"layout with a count", []*model.Op{lit("A"), brk(), field("x", arg), brk(), lit("B")}, "A", true, []wire.Step{{Lit: "$"}, bytes, line, {Lit: "B"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := walk(tt.ops...)
			require.NoError(t, w.err)
			require.Equal(t, tt.prefix, w.first)
			require.Equal(t, tt.whole, w.whole)
			require.Equal(t, tt.steps, w.steps)
			require.Len(t, w.counts, len(w.steps))
		})
	}
}

func TestWalkRepeats(t *testing.T) {
	inner := blob()
	list := field("xs", &model.Type{Kind: model.List, Elem: layout(lit("$"), counts(inner), brk(), inner)})
	w := walk(lit("*"), counts(list), brk(), list, brk(), lit("END"))
	require.NoError(t, w.err)
	require.Equal(t, []wire.Step{
		{Kind: wire.StepTimes, Body: []wire.Step{{Lit: "$"}, bytes, line}}, {Lit: "END"},
	}, w.steps)
	require.Equal(t, []*model.Op{list}, w.counts[0].At)
	require.Equal(t, []*model.Op{inner}, w.counts[0].body[1].At)
	require.Equal(t, list.Field.Type.Elem.Body, w.counts[0].body[1].Template)
}

func TestWalkUntil(t *testing.T) {
	inner, list := blob(), field("xs", &model.Type{Kind: model.List, Elem: &model.Type{Kind: model.Word}})
	list.Until = &model.Line{Text: "END"}
	blobs := field("xs", &model.Type{Kind: model.List, Elem: layout(lit("$"), counts(inner), brk(), inner)})
	blobs.Until = &model.Line{Text: "OK", Whole: true}
	w := walk(lit("A"), brk(), list, brk(), lit("END"), field("x", list.Field.Type.Elem))
	require.NoError(t, w.err)
	require.False(t, w.block)
	require.Equal(t, []wire.Step{{Kind: wire.StepUntil, Lit: "END", Body: []wire.Step{line}}, {Lit: "END"}}, w.steps)
	w = walk(blobs, brk(), lit("OK"))
	require.NoError(t, w.err)
	require.True(t, w.block)
	require.Empty(t, w.first)
	require.Equal(t, []wire.Step{
		{Kind: wire.StepUntil, Lit: "OK", Whole: true, Body: []wire.Step{{Lit: "$"}, bytes, line}}, {Lit: "OK"},
	}, w.steps)
	require.Equal(t, []*model.Op{inner}, w.counts[0].body[1].At)
}

func TestWalkWhile(t *testing.T) {
	code, text := field("code", &model.Type{Kind: model.Digits, Width: 3}), field("text", &model.Type{Kind: model.Text})
	list := field("xs", &model.Type{Kind: model.List, Elem: layout(code, lit("-"), text)})
	list.Until = &model.Line{Text: "-", Items: true, Skip: 3}
	w := walk(list, brk(), code)
	require.NoError(t, w.err)
	require.True(t, w.block)
	require.Equal(t, []wire.Step{{Kind: wire.StepWhile, Lit: "-", Lead: 3, Body: []wire.Step{line}}, line}, w.steps)
}

func TestWalkRefuses(t *testing.T) {
	word := &model.Type{Kind: model.Word}
	a, b := blob(), blob()
	items := func() *model.Op { return field("xs", &model.Type{Kind: model.List, Elem: layout(field("x", word))}) }
	loose, shared, raw := items(), items(), field("xs", &model.Type{Kind: model.List, Elem: &model.Type{Kind: model.Bytes, Width: 4}})
	uncounted := items()
	tests := []struct {
		name string
		ops  []*model.Op
		err  error
	}{
		{"bytes behind an optional part", []*model.Op{counts(a), brk(), optional(lit("x"), field("x", word)), lit(" "), a}, errCountedLine},
		{"bytes behind their count", []*model.Op{lit("A"), brk(), counts(b), b}, errCountedLine},
		{"optional and counted on the first line", []*model.Op{lit("A"), optional(lit(" "), counts(b), lit(" "), b)}, errOptionalLine},
		{"optional line", []*model.Op{lit("A"), optional(brk(), lit("B"))}, errOptionalLine},
		{"optional bytes", []*model.Op{counts(a), brk(), optional(lit(" "), a)}, errOptionalLine},
		{"list without a count", []*model.Op{lit("A"), brk(), uncounted}, errListLine},
		{"list on the first line", []*model.Op{counts(loose), loose}, errListLine},
		{"list shares its line", []*model.Op{counts(shared), brk(), shared, lit("!")}, errListLine},
		{"list of bytes", []*model.Op{counts(raw), brk(), raw}, errListLine},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.ErrorIs(t, walk(tt.ops...).err, tt.err) })
	}
}

func TestOfRefuses(t *testing.T) {
	stranger := &model.Message{Named: model.Named{Name: "stranger"}}
	ok := &model.Message{Named: model.Named{Name: "ok"}}
	ping := &model.Command{Named: model.Named{Name: "ping"}}
	frame := &model.Frame{Ends: []string{"\n"}, SendEnd: "\n", Max: 10, MaxLine: 10}
	tests := []struct {
		name string
		p    model.Protocol
		err  string
	}{
		{"no frame", model.Protocol{}, "no frame"},
		{"reply", model.Protocol{Frame: frame, Commands: []*model.Command{{Replies: []*model.Message{stranger}}}}, "names a message"},
		{"greeting", model.Protocol{Frame: frame, Session: model.Session{Greeting: []*model.Message{stranger}}}, "session.greeting: names a message"},
		{"step", model.Protocol{Frame: frame, Session: model.Session{Login: []*model.Step{{Do: ping}}}}, "session.login[0]: names a command"},
		{"empty step", model.Protocol{Frame: frame, Session: model.Session{Ready: []*model.Step{{}}}}, "session.ready[0]: the step does nothing"},
		{"word", model.Protocol{Frame: frame, Replies: model.Replies{Match: "luck"}}, `replies.match: "luck" is not known`},
		{"event", model.Protocol{Frame: frame, Messages: []*model.Message{{Named: ok.Named, Event: "maybe"}}}, `messages.ok.event: "maybe" is not known`},
		{"shape", model.Protocol{Frame: frame, Messages: []*model.Message{{
			Named: ok.Named, Template: model.Template{Ops: []*model.Op{optional(brk())}},
		}}}, "messages.ok: an optional part"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, hooks, err := Of(&tt.p)
			require.ErrorContains(t, err, tt.err)
			require.Nil(t, p)
			require.Nil(t, hooks)
		})
	}
}

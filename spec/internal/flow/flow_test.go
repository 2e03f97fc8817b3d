package flow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/flow"
	"github.com/linewright/linewright/spec/model"
)

// The goldens of package spec show what becomes of templates; these tests are
// about what a pass remembers from one template to the next.

func lit(text string) *model.Op { return &model.Op{Kind: model.OpLit, Lit: text} }

func field(name string, t *model.Type) *model.Op {
	return &model.Op{Kind: model.OpField, Field: &model.Field{Named: model.Named{Name: name}, Type: t}}
}

func text() *model.Type { return &model.Type{Kind: model.Text} }

func word() *model.Type { return &model.Type{Kind: model.Word} }

func layout(ops ...*model.Op) *model.Type {
	return &model.Type{Kind: model.Layout, Named: model.Named{Name: "Pair"}, Body: &model.Template{Ops: ops}}
}

func TestLayoutEndsWhereItsUsesSay(t *testing.T) {
	pair := layout(lit("("), field("x", text()))
	var p flow.Pass
	require.Empty(t, p.Template([]*model.Op{field("a", pair), lit(")")}))
	require.Empty(t, p.Template([]*model.Op{lit("B "), field("b", pair), lit(")")}))
	require.Empty(t, p.Layout(pair))
	require.Equal(t, []string{")"}, pair.Body.Ops[1].Stops)
}

func TestLayoutWithDifferentEnds(t *testing.T) {
	pair := layout(lit("("), field("x", text()))
	var p flow.Pass
	require.Empty(t, p.Template([]*model.Op{field("a", pair), lit(")")}))
	require.Empty(t, p.Template([]*model.Op{field("b", pair)}))
	problems := p.Layout(pair)
	require.Len(t, problems, 1)
	require.Equal(t, flow.RuleRunsOn, problems[0].Rule)
	require.Equal(t, pair.Body.Ops[1], problems[0].Op)
}

// A word ends at a blank whatever follows it, so that blanks do not matter.
func TestLayoutThatEndsInAWord(t *testing.T) {
	pair := layout(field("x", word()), lit("="), field("y", word()))
	var p flow.Pass
	require.Empty(t, p.Template([]*model.Op{field("a", pair), lit(" "), field("b", pair)}))
	require.Empty(t, p.Layout(pair))
	require.Equal(t, []string{" "}, pair.Body.Ops[2].Stops)
}

func TestLayoutInLayout(t *testing.T) {
	inner := layout(lit("<"), field("x", text()))
	outer := layout(lit("("), field("i", inner))
	var p flow.Pass
	require.Empty(t, p.Template([]*model.Op{field("a", &model.Type{Kind: model.List, Elem: outer, Sep: ","}), lit("]")}))
	require.Empty(t, p.Layout(outer))
	require.Empty(t, p.Layout(inner))
	require.Equal(t, []string{",", "]"}, inner.Body.Ops[1].Stops)
}

func TestUnusedLayout(t *testing.T) {
	unused := layout(field("x", text()), field("y", text()))
	var p flow.Pass
	require.Len(t, p.Layout(unused), 1)
}

func TestSeparatorsAreCounted(t *testing.T) {
	part := &model.Op{Kind: model.OpOptional, Body: []*model.Op{lit(" "), field("r", word())}}
	var p flow.Pass
	require.Empty(t, p.Template([]*model.Op{
		field("s", word()), part, lit(" "), field("n", &model.Type{Kind: model.Uint, Bits: 8}), lit(" x "), field("w", word()),
	}))
	require.Equal(t, model.DecideSeparators, part.Decide)
	require.Equal(t, " ", part.Sep)
	require.Equal(t, 3, part.After)
}

package overlap_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/overlap"
	"github.com/linewright/linewright/spec/model"
)

var ends = []string{"\n"}

func shape(ops ...*model.Op) *overlap.Shape {
	budget := overlap.Budget(1_000_000)
	return budget.New(&model.Template{Ops: ops}, ends)
}

func lit(text string) *model.Op { return &model.Op{Kind: model.OpLit, Lit: text} }

func field(t *model.Type, stops ...string) *model.Op {
	return &model.Op{Kind: model.OpField, Field: &model.Field{Type: t}, Stops: stops}
}

// accepts reports whether a value of the type can be spelt like text.
func accepts(s *overlap.Shape, text string) bool {
	budget := overlap.Budget(1_000_000)
	var ops []*model.Op
	if text != "" {
		ops = append(ops, lit(text))
	}
	f, verdict := budget.Shared(s, shape(ops...), 0)
	return verdict == overlap.Found && strings.Join(f.Lines, "\n") == text
}

func TestRanges(t *testing.T) {
	for _, r := range [][2]int{{0, 0}, {0, 9}, {7, 9}, {5, 123}, {99, 101}, {100, 999}, {1, 255}, {250, 255}} {
		within := func(n int) bool { return r[0] <= n && n <= r[1] }
		bounds := &model.Range{Min: strconv.Itoa(r[0]), Max: strconv.Itoa(r[1])}
		plain := shape(field(&model.Type{Kind: model.Uint, Bits: 16, Range: bounds}))
		signed := shape(field(&model.Type{Kind: model.Int, Bits: 16, Range: &model.Range{Min: strconv.Itoa(-r[1]), Max: strconv.Itoa(-r[0])}}))
		digits := shape(field(&model.Type{Kind: model.Digits, Width: 3, Range: bounds}))
		hex := shape(field(&model.Type{Kind: model.Hex, Width: 3, Range: bounds}))
		padded := shape(field(&model.Type{Kind: model.Padded, Width: 4, Elem: &model.Type{Kind: model.Uint, Bits: 16, Range: bounds}}))
		for n := range 1100 {
			text := strconv.Itoa(n)
			require.Equal(t, within(n), accepts(plain, text), "%s in %v", text, r)
			require.Equal(t, within(n), accepts(plain, "00"+text), "00%s in %v", text, r)
			require.Equal(t, within(n), accepts(signed, "-"+text), "-%s in %v", text, r)
			require.Equal(t, within(n), accepts(padded, fmt.Sprintf("%4d", n)), "%4d in %v", n, r)
			if n < 1000 {
				require.Equal(t, within(n), accepts(digits, fmt.Sprintf("%03d", n)), "%03d in %v", n, r)
			}
			require.Equal(t, within(n), accepts(hex, fmt.Sprintf("%03x", n)), "%03x in %v", n, r)
			require.Equal(t, within(n), accepts(hex, fmt.Sprintf("%03X", n)), "%03X in %v", n, r)
		}
	}
}

func TestWidthsOfIntegers(t *testing.T) {
	for text, want := range map[string]bool{"-129": false, "-128": true, "-0": true, "0": true, "127": true, "128": false, "": false, "x": false} {
		require.Equal(t, want, accepts(shape(field(&model.Type{Kind: model.Int, Bits: 8})), text), text)
	}
	for text, want := range map[string]bool{"18446744073709551615": true, "18446744073709551616": false} {
		require.Equal(t, want, accepts(shape(field(&model.Type{Kind: model.Uint, Bits: 64})), text), text)
	}
}

// TestOpenFields: a field holds what has none of its stops in it.
func TestOpenFields(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	random := func(alphabet string, n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	for range 300 {
		stops := []string{random("ab,", 1+r.IntN(3)), random("ab,", 1+r.IntN(4))}
		s := shape(field(&model.Type{Kind: model.Text}, stops...))
		for range 20 {
			text := random("ab,c", r.IntN(8))
			held := !strings.Contains(text, stops[0]) && !strings.Contains(text, stops[1])
			require.Equal(t, held, accepts(s, text), "%q with stops %q", text, stops)
		}
	}
}

func TestValues(t *testing.T) {
	point := &model.Type{Kind: model.Layout, Body: &model.Template{Ops: []*model.Op{lit("("), field(&model.Type{Kind: model.Word}, ")"), lit(")")}}}
	for _, tc := range []struct {
		t        *model.Type
		yes, not []string
	}{
		{&model.Type{Kind: model.Quoted, Flavour: "c"}, []string{`""`, `"a\"b"`, `"\\"`}, []string{`"`, `a`, `"a"b"`, `"\"`}},
		{&model.Type{Kind: model.Quoted, Flavour: "backslash"}, []string{`""`, `"a\"b"`, `"\n"`}, []string{`"a"b"`, `"\"`}},
		{&model.Type{Kind: model.Quoted, Flavour: "doubled"}, []string{`""`, `"a""b"`, `"\"`}, []string{`"a"b"`, `"""`}},
		{&model.Type{Kind: model.Bool, Words: [2]string{"ON", "OFF"}}, []string{"ON", "OFF"}, []string{"O", "ONOFF", ""}},
		{&model.Type{Kind: model.Decimal}, []string{"1", "-1.50"}, []string{"1.", ".5", "1e5", "--1"}},
		{&model.Type{Kind: model.Float}, []string{"1", "-1.50", "1e5", "2E-07"}, []string{"1.", "e5"}},
		{&model.Type{Kind: model.HexBytes}, []string{"", "0aFF"}, []string{"0", "0g"}},
		{&model.Type{Kind: model.Enum, Elem: &model.Type{Kind: model.Text}, Values: []model.EnumValue{{Wire: "A"}, {Wire: "BC"}}}, []string{"A", "BC"}, []string{"B", "AA"}},
		{&model.Type{Kind: model.List, Sep: ",", Elem: point}, []string{"", "(a)", "(a),(b)"}, []string{"(a)(b)", "(a),"}},
		{&model.Type{Kind: model.Word}, []string{"a", "é"}, []string{"", "a b", "a\tb"}},
		{&model.Type{Kind: model.Text, Width: 2}, []string{"ab", "  "}, []string{"a", "abc"}},
		{&model.Type{Kind: model.Padded, Width: 3, Elem: &model.Type{Kind: model.Word}}, []string{"abc", "a  "}, []string{" a ", "ab", "a b"}},
		{&model.Type{Kind: model.Padded, Width: 4, Elem: &model.Type{Kind: model.Text}}, []string{"abcd", "a b ", "a   "}, []string{"abc", "abcde"}},
		{&model.Type{Kind: model.Padded, Width: 4, Elem: &model.Type{Kind: model.Decimal}}, []string{"1234", "   1", " 1.5", "-1.5", "  -1"}, []string{"1   ", "  1.", "  .5", "   -", "1-23", "12345"}},
		{&model.Type{Kind: model.Padded, Width: 6, Elem: &model.Type{Kind: model.Int, Bits: 8}}, []string{"000127", " -0128", "  -128", "     0"}, []string{"   128", "  -129", "128   ", "     -"}},
	} {
		s := shape(field(tc.t))
		for _, text := range tc.yes {
			require.True(t, accepts(s, text), "%s %q", tc.t.Kind, text)
		}
		for _, text := range tc.not {
			require.False(t, accepts(s, text), "%s %q", tc.t.Kind, text)
		}
	}
}

func TestBeginning(t *testing.T) {
	brk := &model.Op{Kind: model.OpBreak}
	number := field(&model.Type{Kind: model.Uint, Bits: 8})
	budget := overlap.Budget(10_000)
	f, verdict := budget.Beginning(shape(lit("A "), number), shape(lit("A "), number, brk, lit("END")), 0)
	require.Equal(t, overlap.Found, verdict)
	require.Equal(t, []string{"A 0"}, f.Lines)
	_, verdict = budget.Beginning(shape(lit("A "), number), shape(lit("B "), number, brk, lit("END")), 0)
	require.Equal(t, overlap.Apart, verdict)
	_, verdict = budget.Beginning(shape(lit("A")), shape(lit("A")), 0)
	require.Equal(t, overlap.Apart, verdict)
}

// TestItemsAreNotTheirEnd: a line of a list is never the one that ends it, so
// that what ends sooner is not the beginning of what could only end there, too.
func TestItemsAreNotTheirEnd(t *testing.T) {
	brk := &model.Op{Kind: model.OpBreak}
	until := func(item model.Kind, text string, whole bool) *overlap.Shape {
		list := field(&model.Type{Kind: model.List, Elem: &model.Type{Kind: item, Bits: 8}})
		list.Until = &model.Line{Text: text, Whole: whole}
		end := []*model.Op{lit(text)}
		if !whole {
			end = append(end, field(&model.Type{Kind: model.Uint, Bits: 8}))
		}
		return shape(append([]*model.Op{lit("A"), brk, list, brk}, end...)...)
	}
	for _, tc := range []struct {
		a, b  *overlap.Shape
		found bool
	}{
		{until(model.Uint, "", true), until(model.Text, "", true), false},
		{until(model.Uint, "END", true), until(model.Text, "END", true), false},
		{until(model.Uint, "END", true), until(model.Text, "EN", true), true},
		{until(model.Uint, "END", true), until(model.Text, "ENDS", true), true},
		{until(model.Uint, "END ", false), until(model.Text, "END", false), false},
		{until(model.Uint, "END", false), until(model.Text, "END ", false), true},
		{shape(lit("A"), brk, lit("B")), until(model.Text, "BC", false), true},
		{shape(lit("A"), brk, lit("BCD"), brk, lit("E")), until(model.Text, "BC", false), false},
		{shape(lit("A"), brk, lit("BCD"), brk, lit("E")), until(model.Text, "BC", true), true},
	} {
		budget := overlap.Budget(100_000)
		_, verdict := budget.Beginning(tc.a, tc.b, 0)
		require.Equal(t, tc.found, verdict == overlap.Found, "%v", tc)
	}
}

// TestBudget: searches end, whatever is searched, and do not say that there is
// nothing where they have not looked.
func TestBudget(t *testing.T) {
	text := shape(field(&model.Type{Kind: model.Text}))
	budget := overlap.Budget(3)
	_, verdict := budget.Shared(text, shape(lit(strings.Repeat("a", 100))), 0)
	require.Equal(t, overlap.Unknown, verdict)
	require.True(t, budget.Spent())

	budget = 1_000_000
	huge := shape(lit(strings.Repeat("a", 1_000_000)))
	_, verdict = budget.Shared(huge, huge, 0)
	require.Equal(t, overlap.Unknown, verdict, "too large to be looked at")

	// Pairs of states of both: more than one search may visit.
	var many []*model.Op
	for range 400 {
		many = append(many, field(&model.Type{Kind: model.Text}), lit(","))
	}
	budget = 1_000_000
	_, verdict = budget.Shared(shape(append(many, lit("x"))...), shape(append(many, lit("y"))...), 0)
	require.Equal(t, overlap.Unknown, verdict)
	require.False(t, budget.Spent())
}

// TestShapesArePaidFor: their states count, also where they are given up; and
// there are but a few for each character of a padded value.
func TestShapesArePaidFor(t *testing.T) {
	cost := func(op *model.Op) int {
		budget := overlap.Budget(1_000_000)
		budget.New(&model.Template{Ops: []*model.Op{op}}, ends)
		return 1_000_000 - int(budget)
	}
	require.Equal(t, 4*4, cost(lit("abc")))
	require.Equal(t, 4*20_000, cost(lit(strings.Repeat("a", 1_000_000))))
	for _, elem := range []model.Kind{model.Text, model.Word, model.Int, model.Uint, model.Decimal} {
		padded := func(width int) *model.Op {
			return field(&model.Type{Kind: model.Padded, Width: width, Elem: &model.Type{Kind: elem, Bits: 64}})
		}
		require.Less(t, cost(padded(200))-cost(padded(100)), 4*100*8, "%s", elem)
	}
}

// TestPartOfALineEndIsText: a text may hold what a longer line end begins with.
func TestPartOfALineEndIsText(t *testing.T) {
	budget := overlap.Budget(1_000_000)
	text := budget.New(&model.Template{Ops: []*model.Op{field(&model.Type{Kind: model.Text})}}, []string{"##"})
	sharp := budget.New(&model.Template{Ops: []*model.Op{lit("a#b")}}, []string{"##"})
	_, verdict := budget.Shared(text, sharp, 0)
	require.Equal(t, overlap.Found, verdict)
}

// TestSpellings: other spellings are frames of both, too.
func TestSpellings(t *testing.T) {
	a := shape(lit("V "), field(&model.Type{Kind: model.Text}))
	b := shape(lit("V "), field(&model.Type{Kind: model.Decimal}))
	different := map[string]bool{}
	for i := range overlap.Spellings {
		budget := overlap.Budget(100_000)
		f, verdict := budget.Shared(a, b, i)
		require.Equal(t, overlap.Found, verdict)
		require.True(t, accepts(b, f.Lines[0]), f.Lines[0])
		different[f.Lines[0]] = true
	}
	require.Greater(t, len(different), 5)
}

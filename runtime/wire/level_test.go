package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Values that hold others: two types that hold each other, three deep, and one that
// holds itself, two deep, inside of them.
var nestedShapes = []Shape{{
	Block: true,
	Steps: []Step{{Kind: StepOneOf, Nested: 1}},
	Nested: []Nested{
		{Group: 1, Depth: 3, Cases: []Case{
			{Lit: "*", Body: []Step{{Kind: StepLine, Lit: "*"}, {Kind: StepTimes, Count: countsLine(0, "*"), Body: []Step{{Kind: StepOneOf, Nested: 2}}}}},
			{Lit: "+", Body: []Step{{Kind: StepLine, Lit: "+"}}},
		}},
		{Group: 1, Depth: 3, Cases: []Case{
			{Lit: "!", Body: []Step{{Kind: StepLine, Lit: "!"}, {Kind: StepOneOf, Nested: 1}}},
			{Lit: "<", Body: []Step{{Kind: StepOneOf, Nested: 3}}},
			{Lit: "-", Body: []Step{{Kind: StepLine, Lit: "-"}}},
		}},
		{Group: 2, Depth: 2, Cases: []Case{{Lit: "<", Body: []Step{
			{Kind: StepLine, Lit: "<"}, {Kind: StepUntil, Lit: ">", Body: []Step{{Kind: StepOneOf, Nested: 3}}}, {Kind: StepLine, Lit: ">"},
		}}}},
	},
}}

func TestDecoderNested(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"flat", "+a\n", "0 +a"},
		{"three deep", "*2\n!\n+a\n-\n", "0 *2\n!\n+a\n-"},
		{"four deep", "*1\n!\n*1\n-\n", "-1 *1"},
		{"another type", "*2\n<\n<\n>\n<\n>\n>\n!\n+\n", "0 *2\n<\n<\n>\n<\n>\n>\n!\n+"},
		{"three of another type", "*1\n<\n<\n<\n>\n>\n>\n", "-1 *1"},
		{"goes on", "*2\n!\n+a\n", "pending"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cuts := range []func(int) int{whole, bytewise} {
				got := decodeAll(t, anyNewline, nestedShapes, expectSet{0}, []byte(tt.in), cuts, false)
				require.Equal(t, tt.want, got[0])
			}
		})
	}
}

// What is deeper than it may be is refused before more of it comes.
func TestDecoderNestedIsBounded(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, Max: 1 << 20, MaxLine: 1 << 20}
	d := NewDecoder(f, NewDispatch(nestedShapes))
	in := []byte(strings.Repeat("*1\n!\n", 1000))
	frame, _, need, err := d.Next(in[:20], expectSet{0})
	require.NoError(t, err)
	require.Zero(t, need)
	require.Equal(t, NoMessage, frame.Message)
	require.LessOrEqual(t, cap(d.loops), 16)
}

func TestLevels(t *testing.T) {
	r := NewReader([]byte("x"), anyNewline)
	outer, ok := r.Enter(1, 2)
	require.True(t, ok)
	inner, ok := r.Enter(1, 2)
	require.True(t, ok)
	other, ok := r.Enter(2, 1) // of another type
	require.True(t, ok)
	r.Leave(other)
	_, ok = r.Enter(1, 2)
	require.False(t, ok)
	require.EqualError(t, r.Err(), "is nested too deeply")
	r.Leave(inner)
	r.Leave(outer)
	_, ok = r.Enter(1, 2)
	require.False(t, ok, "after an error")

	w := NewWriter(nil, anyNewline)
	outer, ok = w.Enter(1, 1)
	require.True(t, ok)
	w.Leave(outer)
	outer, ok = w.Enter(1, 1)
	require.True(t, ok)
	_, ok = w.Enter(1, 1)
	require.False(t, ok)
	w.Leave(outer)
	require.Error(t, w.Err())
}

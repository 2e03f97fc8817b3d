package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Lists whose items are known by a dash behind a code: two messages of the same
// form, one behind a line, items of two lines, and what may interrupt them.
var whileShapes = []Shape{
	{Block: true, Steps: []Step{dashed, {Kind: StepLine, Lit: ""}}, Check: coded("2")},
	{Block: true, Steps: []Step{dashed, {Kind: StepLine, Lit: ""}}, Check: coded("5")},
	{Prefix: "POINTS", Steps: []Step{{Kind: StepWhile, Lit: "* ", Body: []Step{{Kind: StepLine, Lit: "* "}, {Kind: StepLine, Lit: "="}}}, {Kind: StepLine}}},
	{Prefix: "ACK ", Inside: true},
}

var dashed = Step{Kind: StepWhile, Lead: 3, Lit: "-", Body: line}

// coded accepts frames whose last line begins with class.
func coded(class string) func([]byte) error {
	return func(frame []byte) error {
		if last := string(frame[strings.LastIndex(string(frame), "\n")+1:]); !strings.HasPrefix(last, class) {
			return errCount
		}
		return nil
	}
}

func TestDecoderWhile(t *testing.T) {
	tests := []struct {
		name, in string
		expects  expectSet
		want     []string
	}{
		{"none", "250 x\n", all, []string{"0 250 x"}},
		{"two", "250-a\r\n250-\n250\n", all, []string{"0 250-a\r\n250-\n250"}},
		{"another message", "550-a\n550 b\n250\n", all, []string{"1 550-a\n550 b", "0 250"}},
		{"short lines", "250-a\n2-\n", all, []string{"0 250-a\n2-"}},
		{"neither", "350-a\n350 b\n", all, []string{"-1 350-a", "-1 350 b"}},
		{"not awaited", "250-a\n250 b\n", expectSet{3}, []string{"-1 250-a", "-1 250 b"}},
		{"items of two lines", "POINTS\n* 1\n= * \n* 2\n=\n*\n", nil, []string{"2 POINTS\n* 1\n= * \n* 2\n=\n*"}},
		{"another item", "POINTS\n* 1\n1\n", nil, []string{"-1 POINTS", "-1 * 1", "-1 1"}},
		{"interrupted", "250-a\nACK c\n250 b\n", all, []string{"3 ACK c", "0 250 b"}},
		{"goes on", "250-a\n250-b\n", all, []string{"pending"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cuts := range []func(int) int{whole, bytewise} {
				require.Equal(t, tt.want, decodeAll(t, anyNewline, whileShapes, tt.expects, []byte(tt.in), cuts, false))
			}
		})
	}
}

func TestAtItem(t *testing.T) {
	for _, tt := range []struct {
		frame, text string
		skip        int
		want        bool
	}{
		{"250-a", "-", 3, true},
		{"250-", "-", 3, true},
		{"250 -", "-", 3, false},
		{"250", "-", 3, false},
		{"", "-", 3, false},
		{"* 1", "* ", 0, true},
		{"*1", "* ", 0, false},
		{"2\n5-", "-", 3, false},
		{"2\n\n-", "-", 3, false}, // the next line is another matter
	} {
		r := NewReader([]byte(tt.frame), anyNewline)
		require.Equal(t, tt.want, r.AtItem(tt.skip, tt.text), "%d %q at %q", tt.skip, tt.text, tt.frame)
	}
	r := NewReader([]byte("250-a"), anyNewline)
	r.Lit("x")
	require.Error(t, r.Err())
	require.False(t, r.AtItem(3, "-"), "loops end after an error")
}

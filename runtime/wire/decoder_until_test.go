package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Lists of lines: behind a line, as the first line, of items with counted bytes,
// one in another, and until an empty line; and what may interrupt them.
var untilShapes = []Shape{
	{Prefix: "BEGIN", Steps: []Step{{Kind: StepUntil, Lit: "END ", Body: line}, {Kind: StepLine, Lit: "END "}}},
	{Block: true, Steps: []Step{{Kind: StepUntil, Lit: "OK", Whole: true, Body: line}, {Kind: StepLine, Lit: "OK"}}},
	{Prefix: "GET", Steps: []Step{{Kind: StepUntil, Lit: ".", Whole: true, Body: item}, {Kind: StepLine, Lit: "."}}},
	{Prefix: "TREE", Steps: []Step{
		{Kind: StepUntil, Lit: "END", Whole: true, Body: []Step{
			{Kind: StepLine, Lit: "["}, {Kind: StepUntil, Lit: "]", Body: line}, {Kind: StepLine, Lit: "]"},
		}},
		{Kind: StepLine, Lit: "END"},
	}},
	{Prefix: "HEAD", Whole: true, Steps: []Step{{Kind: StepUntil, Whole: true, Body: line}, {Kind: StepLine}}},
	{Prefix: "ACK ", Inside: true},
}

var line = []Step{{Kind: StepLine}}

var all = expectSet{0, 1, 2, 3, 4, 5}

func TestDecoderUntil(t *testing.T) {
	tests := []struct {
		name, in string
		expects  expectSet
		want     []string
	}{
		{"none", "BEGIN\nEND x\n", all, []string{"0 BEGIN\nEND x"}},
		{"two", "BEGIN\na\r\nEND\nEND x\nENDING\n", expectSet{0}, []string{"0 BEGIN\na\r\nEND\nEND x", "-1 ENDING"}},
		{"first line", "a\nOK \nOK\n", all, []string{"1 a\nOK \nOK"}},
		{"first line, none", "OK\n", all, []string{"1 OK"}},
		{"first line, not awaited", "a\nOK\n", expectSet{0}, []string{"-1 a", "-1 OK"}},
		{"counted", "GET\n$2\n.\n\n$0\n\n.\n", nil, []string{"2 GET\n$2\n.\n\n$0\n\n."}},
		{"nested", "TREE\n[\nEND\n]\n[\n]x\nEND\n", nil, []string{"3 TREE\n[\nEND\n]\n[\n]x\nEND"}},
		{"another item", "TREE\n[\n]\n(\nEND\n", nil, []string{"-1 TREE", "-1 [", "-1 ]", "-1 (", "-1 END"}},
		{"until an empty line", "HEAD\na\n\nHEAD\n\n", nil, []string{"4 HEAD\na\n", "4 HEAD\n"}},
		{"interrupted", "a\nb\nACK c\nOK\n", all, []string{"5 ACK c", "1 OK"}},
		{"interrupted inside", "TREE\n[\nACK c\nBEGIN\nEND \n", all, []string{"5 ACK c", "0 BEGIN\nEND "}},
		{"not interrupted", "BEGIN\nACK c\nEND \n", expectSet{0}, []string{"0 BEGIN\nACK c\nEND "}},
		{"goes on", "BEGIN\nEND", all, []string{"pending"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cuts := range []func(int) int{whole, bytewise} {
				require.Equal(t, tt.want, decodeAll(t, anyNewline, untilShapes, tt.expects, []byte(tt.in), cuts, false))
			}
		})
	}
}

// A list that never ends is a frame that is too large, at once.
func TestDecoderUntilIsBounded(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, Max: 100, MaxLine: 20}
	got := decodeAll(t, f, untilShapes, nil, []byte("BEGIN\n"+strings.Repeat("a\n", 100)), bytewise, false)
	require.Equal(t, []string{"error: a frame is larger than 100 bytes"}, got)
}

func TestEndItem(t *testing.T) {
	for _, tt := range []struct {
		item, text string
		whole, ok  bool
	}{
		{"OK", "OK", true, false},
		{"OKAY", "OK", true, true},
		{"OKAY", "OK", false, false},
		{"ok", "OK", false, true},
		{"", "", true, false},
		{"a", "", true, true},
	} {
		w := NewWriter([]byte("x"), anyNewline)
		w.Lit("first")
		w.Break()
		mark := w.Mark()
		w.Text("item", tt.item)
		w.EndItem("items", mark, tt.text, tt.whole)
		_, err := w.Done()
		require.Equal(t, tt.ok, err == nil, "%q until %q: %v", tt.item, tt.text, err)
	}
}

// An item of several lines is taken for the end by its first.
func TestEndItemOfLines(t *testing.T) {
	w := NewWriter(nil, anyNewline)
	w.Text("item", "OK")
	w.Break()
	w.Text("item", "more")
	w.EndItem("items", 0, "OK", true)
	require.Error(t, w.Err())
}

func TestAtLine(t *testing.T) {
	for _, tt := range []struct {
		frame, text string
		whole, want bool
	}{
		{"OK\nx", "OK", true, true},
		{"OK\r\n", "OK", true, true},
		{"OK", "OK", true, true},
		{"OK 1", "OK", true, false},
		{"OK 1", "OK", false, true},
		{"O", "OK", false, false},
		{"", "", true, true},
		{"\n", "", true, true},
		{"a", "", true, false},
	} {
		r := NewReader([]byte(tt.frame), anyNewline)
		require.Equal(t, tt.want, r.AtLine(tt.text, tt.whole), "%q at %q", tt.text, tt.frame)
	}
	r := NewReader([]byte("x"), anyNewline)
	r.Fail("x", "failed")
	require.True(t, r.AtLine("OK", true), "loops end after an error")
}

func TestBlocksDoNotAllocate(t *testing.T) {
	for _, tt := range []struct {
		shapes []Shape
		stream string
	}{
		{untilShapes, "BEGIN\na\nEND x\na\nACK c\nOK\nTREE\n[\nEND\n]\nEND\n"},
		{oneOfShapes, "!2\n$-1\n$2\n\n\n\nEND\n$1\na\n"},
		{toShapes, "NET 5:a\n:b,,\nTWO\nid 3==<a\n=>\nALL\n1:\n\nEND\n"},
	} {
		d := NewDecoder(anyNewline, NewDispatch(tt.shapes))
		var expects Expecter = all
		stream := []byte(tt.stream)
		requireNoAllocs(t, func() {
			for from, to := 0, 1; to <= len(stream); to++ {
				_, n, _, _ := d.Next(stream[from:to], expects)
				from += n
			}
		})
	}
}

package wire

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDecoder(t *testing.T) {
	small := func(ends ...string) *Framing {
		return &Framing{Ends: ends, SendEnd: ends[0], Max: 40, MaxLine: 20}
	}
	drop := small("\n", "\r\n")
	drop.DropEmpty = true
	both := small("\n", "\r\n")
	tests := []struct {
		name    string
		f       *Framing
		expects expectSet
		in      string
		want    []string
	}{
		{"nothing", both, nil, "", nil},
		{"lines", both, nil, "OK\nhello\r\nOK\r\n", []string{"0 OK", "-1 hello", "0 OK"}},
		{"expected", both, expectSet{mOK}, "OK\n", []string{"0 OK"}},
		{"half a line", both, nil, "OK\nOK", []string{"0 OK", "pending"}},
		{"whole line only", both, nil, "OKAY\n", []string{"-1 OKAY"}},
		{"empty lines are frames", both, nil, "\nOK\n\r\n", []string{"-1 ", "0 OK", "-1 "}},
		{"empty lines dropped", drop, nil, "\n\r\nOK\n\n\n", []string{"0 OK"}},
		{"half an empty line", drop, nil, "\nOK\n\r", []string{"0 OK", "pending"}},
		{"CR is data where a line goes on", both, nil, "a\rb\n", []string{"-1 a\rb"}},
		{"two CR", both, nil, "a\r\r\n", []string{"-1 a\r"}},
		{"LF is data where only CRLF ends", small("\r\n"), nil, "a\nb\rc\r\nd\r\n", []string{"-1 a\nb\rc", "-1 d"}},
		{"CR is data where only LF ends", small("\n"), nil, "a\r\n", []string{"-1 a\r"}},
		{"other terminators", small("##", "|"), nil, "a#b##c|d###e##", []string{"-1 a#b", "-1 c", "-1 d", "-1 #e"}},
		{"one other terminator", small("\x03\x04"), nil, "a\x03\x03\x04b\n\x03\x04", []string{"-1 a\x03", "-1 b\n"}},
		{"NUL as data", both, nil, "a\x00b\n", []string{"-1 a\x00b"}},
		{"longest prefix first", both, nil, "$-1\r\nOK\n", []string{"1 $-1", "0 OK"}},
		{"body", both, nil, "$5\r\na\nb\r\n\r\nOK\n", []string{"2 $5\r\na\nb\r\n", "0 OK"}},
		{"empty body", both, nil, "$0\r\n\r\n", []string{"2 $0\r\n"}},
		{"body without line end", both, nil, "BLOB 3\na\nbBLOB 0\nOK\n", []string{"7 BLOB 3\na\nb", "7 BLOB 0\n", "0 OK"}},
		{"body looks like a message", both, nil, "$4\nOK\n\n\n", []string{"2 $4\nOK\n\n"}},
		{"body that ends in CR", both, nil, "$2\na\r\nOK\n", []string{"2 $2\na\r", "0 OK"}},
		{"half a body", both, nil, "$5\nab", []string{"pending"}},
		{"body without its last line end", both, nil, "$2\nab", []string{"pending"}},
		{"body too long for its count", both, nil, "$2\nabc\nOK\n", []string{"-1 $2", "-1 abc", "0 OK"}},
		{"count that is none", both, nil, "$x\nOK\n", []string{"-1 $x", "0 OK"}},
		{"count with other things behind", both, nil, "$1 2\nOK\n", []string{"-1 $1 2", "0 OK"}},
		{"second candidate", both, nil, "READING 3\nREADING warm\n", []string{"3 READING 3", "4 READING warm"}},
		{"expected one first", both, expectSet{mReadingAny}, "READING 3\n", []string{"4 READING 3"}},
		{"expected one fits not", both, expectSet{mReading}, "READING warm\n", []string{"4 READING warm"}},
		{"block", both, nil, "BEGIN\nname: a\nEND\nOK\n", []string{"6 BEGIN\nname: a\nEND", "0 OK"}},
		{"other block", both, nil, "BEGIN\nname: a\nSTOP\nOK\n", []string{"8 BEGIN\nname: a\nSTOP", "0 OK"}},
		{"block that ends as none", both, nil, "BEGIN\nname: a\nOK\n", []string{"-1 BEGIN", "-1 name: a", "0 OK"}},
		{"block line too short", both, nil, "BEGIN\nna\nOK\n", []string{"-1 BEGIN", "-1 na", "0 OK"}},
		{"longest line", both, nil, "12345678901234567890\r\nOK\n", []string{"-1 12345678901234567890", "0 OK"}},
		{"line too long", both, nil, "123456789012345678901\r\nOK\n", []string{"error: a line is longer than 20 bytes", "0 OK"}},
		{"endless line", both, nil, strings.Repeat("x", 200), []string{"error: a line is longer than 20 bytes"}},
		{"endless line after a body", both, nil, "$1\na" + strings.Repeat("x", 200), []string{
			"error: a line is longer than 20 bytes", "error: a line is longer than 20 bytes",
		}},
		{"largest frame", both, nil, "BLOB 32\n" + strings.Repeat("x", 32) + "OK\n", []string{"7 BLOB 32\n" + strings.Repeat("x", 32), "0 OK"}},
		{"count over max", both, nil, "BLOB 33\nOK\n", []string{"error: a frame is larger than 40 bytes", "0 OK"}},
		{"count of 2^63", both, nil, "$9223372036854775808\r\nOK\n", []string{"error: a frame is larger than 40 bytes", "0 OK"}},
		{"frame too large on its last line", both, nil, "$30\n" + strings.Repeat("x", 30) + "yyyyyyy\nOK\n", []string{
			"error: a frame is larger than 40 bytes", "error: a line is longer than 20 bytes", "0 OK",
		}},
		{"max before a line", both, nil, "$36\n" + strings.Repeat("x", 36) + "\nOK\n", []string{"2 $36\n" + strings.Repeat("x", 36), "0 OK"}},
		{"garbage", both, nil, "\xff\xfe\x00\x01\nOK\n", []string{"-1 \xff\xfe\x00\x01", "0 OK"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := decodeAll(t, tt.f, testShapes, tt.expects, []byte(tt.in), whole, true)
			require.Equal(t, tt.want, got)
			require.Equal(t, got, decodeAll(t, tt.f, testShapes, tt.expects, []byte(tt.in), bytewise, true), "byte by byte")
			for cut := 1; cut < len(tt.in); cut++ {
				at := func(at int) int {
					if at < cut {
						return cut
					}
					return math.MaxInt
				}
				require.Equal(t, got, decodeAll(t, tt.f, testShapes, tt.expects, []byte(tt.in), at, true), "cut at %d", cut)
			}
		})
	}
}

// An error of a line that cannot become a frame comes before the line does.
func TestDecoderRefusesEarly(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 1000, MaxLine: 100}
	for _, in := range []string{
		strings.Repeat("x", 101),
		"$1001\n", "$18446744073709551616\n", "BLOB 993\n",
		"BEGIN\nname: " + strings.Repeat("x", 95),
	} {
		d := NewDecoder(f, NewDispatch(testShapes))
		_, _, _, err := d.Next([]byte(in), nil)
		require.Error(t, err, in)
	}
}

func TestDecoderCountErrors(t *testing.T) {
	count := func(n int, err error) []Shape {
		return []Shape{{Prefix: "$", Steps: []Step{{Kind: StepBytes, Count: func([]byte) (int, error) { return n, err }}}}}
	}
	for _, n := range []int{-1, math.MinInt, math.MaxInt, 4097 - 3} {
		d := NewDecoder(anyNewline, NewDispatch(count(n, nil)))
		_, _, _, err := d.Next([]byte("$x\n"), nil)
		var fe *FrameError
		require.ErrorAs(t, err, &fe, n)
	}
	d := NewDecoder(anyNewline, NewDispatch(count(0, fmt.Errorf("wrapped: %w", &FrameError{Reason: "mine"}))))
	_, _, _, err := d.Next([]byte("$x\n"), nil)
	require.EqualError(t, err, "mine")

	d = NewDecoder(anyNewline, NewDispatch(count(0, errors.New("another message"))))
	frame, _, _, err := d.Next([]byte("$x\n"), nil)
	require.NoError(t, err)
	require.Equal(t, NoMessage, frame.Message)
}

func TestDecoderErrorStays(t *testing.T) {
	d := NewDecoder(tiny, NewDispatch(testShapes))
	buf := []byte("OK\n123456789")
	_, n, _, err := d.Next(buf, nil)
	require.NoError(t, err)
	buf = buf[n:]
	for range 3 {
		_, n, need, err := d.Next(buf, nil)
		require.EqualError(t, err, "a line is longer than 8 bytes")
		require.Zero(t, n)
		require.Zero(t, need)
		require.False(t, d.Pending())
	}
	d.Reset()
	frame, _, _, err := d.Next([]byte("OK\n"), nil)
	require.NoError(t, err)
	require.Equal(t, mOK, frame.Message)
}

// What Resync discards is consumed at once, but for the beginning of a terminator.
func TestDecoderResync(t *testing.T) {
	f := &Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", Max: 8, MaxLine: 8}
	d := NewDecoder(f, NewDispatch(testShapes))
	_, _, _, err := d.Next([]byte("123456789012"), nil)
	require.Error(t, err)
	d.Resync()
	_, n, need, err := d.Next([]byte("123456789012"), nil)
	require.NoError(t, err)
	require.Equal(t, []int{12, 1}, []int{n, need})
	_, n, need, _ = d.Next([]byte("abc\r"), nil)
	require.Equal(t, []int{3, 1}, []int{n, need}, "a CR may be half of the terminator")
	require.False(t, d.Pending())
	frame, n, need, _ := d.Next([]byte("\r\nOK\r\n"), nil)
	require.Equal(t, []int{6, 0}, []int{n, need})
	require.Equal(t, "OK", string(frame.Bytes))

	d.Resync()
	frame, _, _, _ = d.Next([]byte("\rOK\r\nOK\r\n"), nil)
	require.Equal(t, "OK", string(frame.Bytes))
}

func TestDecoderNeed(t *testing.T) {
	d := NewDecoder(&Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", Max: 1 << 20, MaxLine: 100}, NewDispatch(testShapes))
	for _, step := range []struct {
		in   string
		need int
	}{
		{"", 1},
		{"MSG 1", 1},
		{"MSG 1000\r", 1},
		{"MSG 1000\r\n", 1000},
		{"MSG 1000\r\n" + strings.Repeat("x", 900), 100},
		{"MSG 1000\r\n" + strings.Repeat("x", 1000), 1},
		{"MSG 1000\r\n" + strings.Repeat("x", 1000) + "\r", 1},
		{"MSG 1000\r\n" + strings.Repeat("x", 1000) + "\r\n", 0},
	} {
		_, n, need, err := d.Next([]byte(step.in), nil)
		require.NoError(t, err)
		require.Equal(t, step.need, need, "%.20q", step.in)
		require.Equal(t, step.in != "" && need > 0, d.Pending())
		if need == 0 {
			require.Len(t, step.in, n)
		}
	}
}

// A caller that does not keep what was not consumed gets no panic.
func TestDecoderBufferThatShrinks(t *testing.T) {
	d := NewDecoder(anyNewline, NewDispatch(testShapes))
	_, _, need, err := d.Next([]byte("MSG 100\nabcdefgh"), nil)
	require.NoError(t, err)
	require.Equal(t, 92, need)
	frame, n, _, err := d.Next([]byte("OK\n"), nil)
	require.NoError(t, err)
	require.Equal(t, 3, n)
	require.Equal(t, mOK, frame.Message)
}

// A framing that nobody should have still gives no panic, hang or empty frame.
func TestDecoderOddFramings(t *testing.T) {
	for _, f := range []*Framing{
		{},
		{Max: 10},
		{Ends: []string{""}, Max: 10, MaxLine: 10},
		{Ends: []string{"", "\n"}, Max: 10, MaxLine: 100},
		{Ends: []string{"\n"}, Max: math.MaxInt, MaxLine: math.MaxInt},
		{Ends: []string{"\n"}, Max: -1, MaxLine: -1},
	} {
		for _, resync := range []bool{true, false} {
			in := []byte("a\nbcd\nMSG 9\n")
			require.Equal(t, decodeAll(t, f, testShapes, nil, in, whole, resync), decodeAll(t, f, testShapes, nil, in, bytewise, resync))
		}
	}
}

// asked counts how often each message was asked for.
type asked map[int]int

func (a asked) Expects(message int) bool { a[message]++; return false }

// Each candidate is asked for, counted, and checked once, however many pieces
// the frame comes in: no work is done twice.
func TestDecoderTriesOnce(t *testing.T) {
	var counts, checks int
	shapes := []Shape{
		{
			Prefix: "DATA ",
			Steps: []Step{
				{Kind: StepBytes, Count: func(frame []byte) (int, error) {
					counts++
					return strconv.Atoi(strings.TrimSpace(string(frame[5:])))
				}},
				{Kind: StepLine},
			},
			Check: func([]byte) error { checks++; return errors.New("no") },
		},
		{Prefix: "DATA", Check: func([]byte) error { checks++; return nil }},
		{Prefix: "DA", Check: func([]byte) error { checks++; return nil }},
	}
	expects := asked{}
	d := NewDecoder(anyNewline, NewDispatch(shapes))
	in := []byte("DATA 100\n" + strings.Repeat("x", 100) + "\n")
	for i := range in {
		frame, n, need, err := d.Next(in[:i], expects)
		require.NoError(t, err)
		require.Positive(t, need)
		require.Zero(t, n)
		require.Nil(t, frame.Bytes)
	}
	frame, n, _, err := d.Next(in, expects)
	require.NoError(t, err)
	require.Equal(t, 1, frame.Message)
	require.Equal(t, 9, n)
	require.Equal(t, []int{1, 2}, []int{counts, checks})
	require.Equal(t, asked{0: 1, 1: 1, 2: 1}, expects)
}

// What was looked at is not looked at again, so that one byte at a time takes
// linear time: a terminator put where the decoder has been goes unnoticed.
func TestDecoderIsLinear(t *testing.T) {
	f := &Framing{SendEnd: "\n", Max: 64 << 20, MaxLine: 64 << 20}
	for _, ends := range [][]string{{"\n", "\r\n"}, {"\n"}, {"\r\n"}, {"#!", "|"}, {"#!"}} {
		f.Ends = ends
		d := NewDecoder(f, NewDispatch(testShapes))
		in := []byte("OK\n")[:0]
		for range 1000 {
			in = append(in, 'x')
			if n := len(in); n > 8 {
				copy(in[n-8:], ends[0])
			}
			_, _, need, err := d.Next(in, nil)
			require.True(t, err == nil && need == 1, "%q at %d", ends, len(in))
		}
	}
	for _, size := range []int{0, 1, 1000} {
		d := NewDecoder(&Framing{Ends: []string{"\n"}, Max: 1 << 20}, NewDispatch(testShapes))
		in := append(fmt.Appendf(nil, "MSG %d\n", size), make([]byte, size)...)
		for i := range in {
			_, _, need, err := d.Next(in[:i], nil)
			require.True(t, err == nil && need > 0)
		}
		for range 1000 { // the last line, behind the body
			in = append(in, 'x')
			in[len(in)-2] = '\n'
			_, _, need, err := d.Next(in, nil)
			require.True(t, err == nil && need == 1)
			in[len(in)-2] = 'y'
		}
	}
}

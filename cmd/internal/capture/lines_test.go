package capture

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
)

// told are the events of a capture, as text; rows that follow each other are one.
func told(data string, o Options) (out []string, form Form, err error) {
	var info Info
	err = Read(strings.NewReader(data), o, &info, func(e decode.Event) error {
		what := [...]string{"data", "open", "missing", "closed"}[e.Kind]
		at := ""
		if e.At != decode.Untimed {
			at = fmt.Sprint(" ", e.At)
		}
		if e.Kind == decode.Data {
			what = fmt.Sprintf("%q", e.Bytes)
		}
		out = append(out, fmt.Sprintf("%d%s %v %s", e.Conn, at, e.From, what))
		return nil
	})
	return out, info.Form, err
}

func TestLines(t *testing.T) {
	ended := []string{"1 sent closed", "1 received closed"}
	for _, test := range []struct {
		name, in string
		o        Options
		form     Form
		want     []string
	}{
		{"marked lines", "> PING\n< PO NG \n<\n", Options{}, Text, []string{`1 sent "PING\n"`, `1 received "PO NG \n"`, `1 received "\n"`}},
		{"CRLF, and a last line without an end", "> PING\r\n< PONG", Options{}, Text, []string{`1 sent "PING\n"`, `1 received "PONG\n"`}},
		{"marks in lines", "> > x\n< C >> y\n", Options{}, Text, []string{`1 sent "> x\n"`, `1 received "C >> y\n"`}},
		{"remarks", "# a remark\n\n> a\n", Options{}, Text, []string{`1 sent "a\n"`}},
		{"quoted", `>> "a\x00\r\n"` + "\n<< `b`\n", Options{}, Text, []string{`1 sent "a\x00\r\n"`, `1 received "b"`}},
		{"raw bytes", "> a\n\x00\xff", Options{Direction: "sent"}, Text, []string{`1 sent "> a\n\x00\xff"`}},
		{"bare hex", "> 68 65\n6c\n< 0x6F,0x0a\n", Options{}, Hex, []string{`1 sent "he"`, `1 sent "l"`, `1 received "o\n"`}},
		{"hex without marks", "6865 6c\n6c6f\n", Options{Direction: "received"}, Hex, []string{`1 received "hel"`, `1 received "lo"`}},
		{
			"xxd", ">\n00000000: 6865 6c6c 6f20 776f 726c 6421 3031 3233  hello world!0123\n00000010: 0a                                       .\n",
			Options{},
			Hex,
			[]string{`1 sent "hello world!0123"`, `1 sent "\n"`},
		},
		{
			"hexdump", "<\n00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n00000030  61 0a                                             |a.|\n00000032\n",
			Options{},
			Hex,
			[]string{`1 received "` + strings.Repeat(`\x00`, 16) + `"`, `1 received "` + strings.Repeat(`\x00`, 32) + `"`, `1 received "a\n"`},
		},
		{"two dumps", "> 00000000  61 0a  |a.|\n> 00000000  62 0a  |b.|\n", Options{}, Hex, []string{`1 sent "a\n"`, `1 sent "b\n"`}},
		{"text that looks like hex", "> ADD\n< DEAD BEEF\n", Options{Form: Text}, Text, []string{`1 sent "ADD\n"`, `1 received "DEAD BEEF\n"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, form, err := told(test.in, test.o)
			require.NoError(t, err)
			require.Equal(t, test.form, form)
			require.Equal(t, append(test.want, ended...), got)
		})
	}
}

// TestConnections: names and times, a transcript's remarks and dumps, and connections that
// begin again.
func TestConnections(t *testing.T) {
	got, _, err := told(`# mpd
[   0.125] C CONNECT 127.0.0.1:6600
[   0.5] C << 4 bytes  'OK\r\n'
    0000  4f 4b 0d 0a                                      |OK..|
## a section
[   1.0] D >> 3 bytes
    0000  61 62                                            |ab|
    0002  0a                                               |.|
[   1.5] C << (nothing within 1s)
[   2.0] C << EOF (server closed)
[   2.5] C CLOSE
[   3.0] C connect
[   3.0] C >? "x\n"
`, Options{})
	require.NoError(t, err)
	require.Equal(t, []string{
		"1 125ms received open", `1 500ms received "OK\r\n"`, `2 1s sent "ab"`, `2 1s sent "\n"`, "1 2s received closed",
		"1 2.5s sent closed", "1 2.5s received closed", "3 3s received open", `3 3s sent "x\n"`,
		"2 3s sent closed", "2 3s received closed", "3 3s sent closed", "3 3s received closed",
	}, got)
}

func TestPythonsQuotes(t *testing.T) {
	for text, want := range map[string]string{
		`>> 4 bytes  'a\'"\\'`: `a'"\`, `>> 3 bytes  "it'"`: "it'", `>> 3 bytes  '\xff\x00\n'`: "\xff\x00\n", `>> 1 bytes b'\t'`: "\t",
	} {
		got, _, err := told(text, Options{})
		require.NoError(t, err, text)
		require.Equal(t, fmt.Sprintf("1 sent %q", want), got[0])
	}
}

func TestBadLines(t *testing.T) {
	binary := func(decode.Direction) (string, bool) { return "", false }
	for _, test := range []struct {
		name, in string
		o        Options
		want     string
	}{
		{"nothing", "", Options{}, "it is empty"},
		{"no mark", "hello\n", Options{}, "no line has a mark of its direction"},
		{"bytes", "\x00\x01\x02", Options{}, "neither packets nor text"},
		{"a line without a mark", "> a\nb\n", Options{}, "line 2: has no mark"},
		{"bad quotes", ">> \"a\n", Options{}, "line 1: is not quoted as in Go"},
		{"no quotes", ">> a\n", Options{}, "line 1: wants quoted text"},
		{"a count that is wrong", ">> 3 bytes  'ab'\n", Options{}, "line 1: is not 3 bytes"},
		{"a dump that is short", "> a\n>> 3 bytes\n    0000  61 62  |ab|\n> b\n", Options{}, "line 4: 3 bytes were said to come above, and 2 did"},
		{"a dump that is cut", ">> 3 bytes\n    0000  61 62  |ab|\n", Options{}, "3 bytes were said to come above"},
		{"rows that are missing", ">\n00000000: 6162  ab\n00000010: 63  c\n", Options{}, "line 3: is at 0x10, where 0x2 is due"},
		{"no digits", "> 61 6\n", Options{Form: Hex}, "line 1: is no row of hex digits"},
		{"rows before a mark", "6162\n> 61\n", Options{Form: Hex}, "line 1: has no mark"},
		{"a star for too much", ">\n00000000: 6162  ab\n*\n7fffffff0: 63  c\n", Options{Form: Hex}, "line 4: a star stands for more than 1024 MiB"},
		{"text of binary frames", "> hello\n", Options{LineEnd: binary}, "line 1: is text, and frames are binary"},
		{"an endless line", "> " + strings.Repeat("a", longest) + "\n", Options{}, "line 1: is longer than 16 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := told(test.in, test.o)
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

// TestReaderFails: what came before it is given, in every form.
func TestReaderFails(t *testing.T) {
	broken := errors.New("broken")
	for _, o := range []Options{{}, {Direction: "sent"}} {
		n := 0
		text := "> a\n" + strings.Repeat("> 0123456789 abcdef\n", 2000)
		err := Read(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), o, &Info{}, func(decode.Event) error {
			n++
			return nil
		})
		require.ErrorIs(t, err, broken)
		require.Positive(t, n)
	}
}

func TestTimesAreBounded(t *testing.T) {
	got, _, err := told("[99999999999] > a\n[5] > b\n", Options{})
	require.NoError(t, err)
	require.Equal(t, []string{`1 sent "a\n"`, fmt.Sprintf(`1 %v sent "b\n"`, 5*time.Second)}, got[:2])
}

package wire

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	promptLogin = iota
	promptPassword
	promptShell
	promptLine
)

func prompting() *Dispatch {
	return NewDispatch([]Shape{
		promptLogin:    {Prefix: "login: ", Whole: true, Prompt: true},
		promptPassword: {Prefix: "login: password: ", Whole: true, Prompt: true},
		promptShell: {Suffix: "> ", Prompt: true, Check: func(frame []byte) error {
			if bytes.ContainsAny(frame[:len(frame)-2], " ~") {
				return errCount
			}
			return nil
		}},
		promptLine: {Prefix: "~"},
	})
}

// frames cuts a stream that comes in two pieces.
func frames(t *testing.T, f *Framing, in string, split int, expects Expecter) (out []string) {
	t.Helper()
	d := NewDecoder(f, prompting())
	if s, ok := expects.(Skipper); ok {
		d.SkipBy(s)
	}
	var buf []byte
	for _, piece := range []string{in[:split], in[split:]} {
		buf = append(buf, piece...)
		for len(buf) > 0 {
			frame, n, need, err := d.Next(buf, expects)
			if err != nil {
				return append(out, err.Error())
			}
			buf = buf[n:]
			if need > 0 {
				break
			}
			out = append(out, fmt.Sprintf("%d %s", frame.Message, frame.Bytes))
		}
	}
	if d.Pending() {
		out = append(out, "pending")
	}
	return out
}

func TestDecoderPrompts(t *testing.T) {
	f := &Framing{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 100, MaxLine: 20, DropEmpty: true}
	all := expectSet{promptLogin, promptPassword, promptShell}
	for _, test := range []struct {
		name    string
		expects Expecter
		in      string
		want    []string
	}{
		{"as soon as it is there", expectSet{promptLogin}, "login: ", []string{"0 login: "}},
		{"not before", expectSet{promptLogin}, "login:", []string{"pending"}},
		{"only where it is awaited", expectSet{promptShell}, "login: ", []string{"pending"}},
		{"awaited by nobody, it is the line's beginning", nil, "login: x\n", []string{"-1 login: x"}},
		{"what follows it", expectSet{promptLogin}, "login: \r\n~a\nlogin: ", []string{"0 login: ", "3 ~a", "0 login: "}},
		{"with a field", all, "GNET> ~a\nGNET> ", []string{"2 GNET> ", "3 ~a", "2 GNET> "}},
		{"a field that is none", all, "~a> b\n", []string{"3 ~a> b"}},
		{"the first end counts", all, "A> > ", []string{"2 A> ", "2 > "}},
		{"too far for a line", all, "abcdefghijklmnopqrstuvwxyz> ", []string{"a line is longer than 20 bytes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for split := range len(test.in) + 1 {
				require.Equal(t, test.want, frames(t, f, test.in, split, test.expects), "split at %d", split)
			}
		})
	}
}

// TestDecoderPromptsLater: one that came before anybody awaited it is found when
// somebody does.
func TestDecoderPromptsLater(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 100, MaxLine: 100}
	d := NewDecoder(f, prompting())
	for _, expects := range []Expecter{nil, expectSet{promptShell}, expectSet{promptPassword}} {
		_, n, need, err := d.Next([]byte("login: "), expects)
		require.NoError(t, err)
		require.Zero(t, n)
		require.Positive(t, need)
	}
	frame, n, _, err := d.Next([]byte("login: "), expectSet{promptLogin})
	require.NoError(t, err)
	require.Equal(t, 7, n)
	require.Equal(t, promptLogin, frame.Message)
}

// skipping drops lines that begin with a hash.
type skipping struct{}

func (skipping) Expects(int) bool { return true }

func (skipping) Skips(line []byte) bool { return bytes.HasPrefix(line, []byte("#")) }

func TestDecoderSkips(t *testing.T) {
	f := &Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", Max: 100, MaxLine: 100}
	in := "#a\r\n~b\r\nlogin: #c\r\n#d\r\n~e\r\n"
	for split := range len(in) + 1 {
		require.Equal(t, []string{"3 ~b", "0 login: ", "3 ~e"}, frames(t, f, in, split, skipping{}), "split at %d", split)
	}
}

// TestDecoderPromptsAreLinear: a line that drips in is looked at once.
func TestDecoderPromptsAreLinear(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 1 << 20, MaxLine: 1 << 20}
	d := NewDecoder(f, prompting())
	line := bytes.Repeat([]byte(">"), 1<<20)
	for n := 1; n < len(line); n++ {
		if _, consumed, need, err := d.Next(line[:n], expectSet{promptShell}); consumed != 0 || need != 1 || err != nil {
			t.Fatal(n, consumed, need, err)
		}
	}
	require.Equal(t, len(line)-2, d.prompts[0]+d.prompts[1]+d.prompts[2])
}

// TestDecoderPromptsLookAtOneLine: what is behind it is not looked at once for each
// line of a buffer.
func TestDecoderPromptsLookAtOneLine(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 1 << 20, MaxLine: 1 << 20}
	d := NewDecoder(f, prompting())
	for buf := bytes.Repeat([]byte("~\n"), 1000); len(buf) > 0; {
		_, n, need, err := d.Next(buf, expectSet{promptShell})
		require.NoError(t, err)
		require.Zero(t, need)
		require.LessOrEqual(t, d.prompts[0]+d.prompts[1]+d.prompts[2], n)
		buf = buf[n:]
	}
}

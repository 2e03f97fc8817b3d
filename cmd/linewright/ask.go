package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"github.com/linewright/linewright/spec/model"
)

// ask asks the person at the terminal for a parameter; a secret is not echoed.
func (o *terminal) ask(ctx context.Context, f *model.Field) (string, error) {
	in, isFile := o.in.(*os.File)
	if !isFile || !term.IsTerminal(in.Fd()) {
		return "", missing(f)
	}
	text, err := o.answer(ctx, in, f)
	if errors.Is(err, io.EOF) {
		return "", missing(f)
	}
	return text, err
}

// missing says how a parameter can be given that nobody is there to type.
func missing(f *model.Field) error {
	example := f.Name + "=VALUE"
	if f.Secret {
		example = f.Name + "=@FILE"
	}
	return usageError{fmt.Errorf("parameter %s is missing: say --param %s, or set %s%s",
		f.Name, example, parameterVariable, strings.ToUpper(f.Name))}
}

// answer asks, and reads a line until ctx ends, which is somebody's wish and
// needs no words. The echo is off before a secret is asked for, and on again
// whatever happens.
func (o *terminal) answer(ctx context.Context, in *os.File, f *model.Field) (string, error) {
	read := readLine
	if f.Secret {
		before, err := term.MakeRaw(in.Fd())
		if err != nil {
			return "", err
		}
		defer func() {
			_ = term.Restore(in.Fd(), before)
			fmt.Fprintln(o.err)
		}()
		read = readSecret
	}
	fmt.Fprintf(o.err, "%s: ", f.Name)
	type line struct {
		text string
		err  error
	}
	came := make(chan line, 1)
	go func() { // ends with the process, where nothing comes
		text, err := read(in)
		came <- line{text, err}
	}()
	select {
	case l := <-came:
		return l.text, l.err
	case <-ctx.Done():
		return "", errReported
	}
}

// readLine reads one line and not a byte more: what follows is for others.
func readLine(in io.Reader) (string, error) {
	var line []byte
	for b := make([]byte, 1); ; {
		n, err := in.Read(b)
		if n == 1 && b[0] == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		if n == 1 {
			line = append(line, b[0])
		}
		if err != nil {
			return string(line), err
		}
	}
}

// readSecret reads one line from a terminal that shows and edits nothing by
// itself.
func readSecret(in io.Reader) (string, error) {
	const (
		interrupt = 0x03 // Ctrl-C
		end       = 0x04 // Ctrl-D
		backspace = 0x08
		clear     = 0x15 // Ctrl-U
		rubout    = 0x7f
	)
	var line []byte
	for b := make([]byte, 1); ; {
		if _, err := io.ReadFull(in, b); err != nil {
			return "", err
		}
		switch b[0] {
		case '\r', '\n':
			return string(line), nil
		case interrupt:
			return "", errReported
		case end:
			if len(line) == 0 {
				return "", io.EOF
			}
		case clear:
			line = line[:0]
		case backspace, rubout:
			_, n := utf8.DecodeLastRune(line)
			line = line[:len(line)-n]
		default:
			line = append(line, b[0])
		}
	}
}

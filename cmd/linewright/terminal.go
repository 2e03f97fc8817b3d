package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"

	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/spec"
)

// The rules of output, for every command:
//
//   - what was asked for (findings, a diff, the demo's story, help) goes to
//     standard output, everything else to standard error;
//   - a command that has nothing to report prints nothing;
//   - colour is for terminals only, and never with NO_COLOR set;
//   - errors begin with "linewright: ", in lower case, without a full stop;
//   - the exit code is 0 for yes, 1 for findings or stale files, 2 for a wrong
//     command line or failed input or output; a signal in the middle of writing
//     files ends the process as any other would, once they are whole.
const (
	exitOK       = 0
	exitFindings = 1
	exitFailure  = 2
	exitSignal   = 128 // and the signal's number, as shells have it
)

// Errors of commands that have printed already what there is to say.
var (
	errFindings = errors.New("findings")      // the answer is no: exitFindings
	errReported = errors.New("failed before") // exitFailure
)

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader // standard input, for "-"
	taken    bool      // in was read
	out, err io.Writer
	colour   bool // out is a terminal that wants colour
	// interactive: out is a terminal.
	interactive bool
}

// stdio is the process's own.
func stdio() *terminal {
	return &terminal{in: os.Stdin, out: &checkedWriter{w: os.Stdout}, err: os.Stderr, colour: wantsColour(os.Stdout), interactive: term.IsTerminal(os.Stdout.Fd())}
}

// wantsColour: see no-color.org; a dumb terminal says so itself.
func wantsColour(f *os.File) bool {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// checkedWriter remembers that a write failed: a full disk must not look like
// an answer. Commands print without looking; fail looks.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(data []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(data)
	if err != nil {
		c.err = fmt.Errorf("write standard output: %w", reason(err))
	}
	return n, c.err
}

// fail turns a command's error into its exit code, and says what it was.
func (o *terminal) fail(err error) int {
	if out, ok := o.out.(*checkedWriter); ok && out.err != nil {
		err = out.err
	}
	var usage usageError
	var by interruption
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, errReported):
	case errors.As(err, &usage):
		first, place, _ := strings.Cut(err.Error(), "\n")
		o.note("%s", first)
		for line := range strings.Lines(place) { // what of the command line is meant
			fmt.Fprintln(o.err, printable.Line(line))
		}
		fmt.Fprintln(o.err, `Try "linewright --help".`)
	case errors.As(err, &by):
		o.note("%v", err)
		if s, ok := by.signal.(syscall.Signal); ok {
			return exitSignal + int(s)
		}
	default:
		o.note("%v", err)
	}
	return exitFailure
}

// note writes one line to standard error, whatever the names in it are.
func (o *terminal) note(format string, args ...any) {
	fmt.Fprintf(o.err, "linewright: %s\n", printable.Line(fmt.Sprintf(format, args...)))
}

// findings prints what is wrong with documents.
func (o *terminal) findings(format string, findings []spec.Finding) error {
	switch format {
	case "json":
		return spec.WriteJSON(o.out, findings)
	case "github-actions":
		return spec.WriteGitHubActions(o.out, findings)
	case "sarif":
		module, _ := versions()
		return spec.WriteSARIF(o.out, module, ruleTexts(), findings)
	}
	return spec.WriteText(o.out, findings, o.colour)
}

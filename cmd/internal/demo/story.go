package demo

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// story prints what happens, one line a step, with what was bound and what was
// measured.
type story struct {
	out   io.Writer
	start time.Time
}

const columns = "%9s  %-58s %9s %9s\n"

// head is the line above the steps.
func (s *story) head() {
	fmt.Fprintln(s.out)
	fmt.Fprintf(s.out, columns, "time", "", "bound", "measured")
}

// measured is a step that had to happen within bound.
func (s *story) measured(bound, took time.Duration, format string, args ...any) {
	fmt.Fprintf(s.out, columns, s.clock(), fmt.Sprintf(format, args...), pretty(bound), pretty(took))
}

// note is a step without a bound.
func (s *story) note(format string, args ...any) {
	line := fmt.Sprintf(columns, s.clock(), fmt.Sprintf(format, args...), "", "")
	fmt.Fprintln(s.out, strings.TrimRight(line, " \n"))
}

func (s *story) clock() string { return fmt.Sprintf("%.3fs", time.Since(s.start).Seconds()) }

// quote prints a text, indented.
func (s *story) quote(text string) {
	for line := range strings.Lines(text) {
		fmt.Fprint(s.out, "    ", line)
	}
}

// pretty rounds a duration to what a reader wants to see of it.
func pretty(d time.Duration) string {
	switch {
	case d >= 10*time.Millisecond:
		return d.Round(time.Millisecond).String()
	default:
		return d.Round(10 * time.Microsecond).String()
	}
}

package serve

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/linewright/linewright/cmd/internal/printable"
)

// faults lists those that are on or to come, and where.
func (s *server) faults() error {
	on, waiting := s.injector.list()
	open, next := s.conns.list()
	var lines []string
	list := func(where, fault string) {
		lines = append(lines, fmt.Sprintf("%-8s %s\n", where, printable.Line(fault)))
	}
	for _, f := range on {
		list("on", f.String())
	}
	for _, c := range open {
		for _, f := range c.faults {
			list(fmt.Sprintf("conn %d", c.number), f)
		}
	}
	for _, f := range next {
		list("next", f)
	}
	for _, f := range waiting {
		list("to come", f.String())
	}
	if len(lines) == 0 {
		lines = []string{"no faults\n"}
	}
	fmt.Fprint(s.out, strings.Join(lines, ""))
	return nil
}

// connections lists the open ones.
func (s *server) connections() error {
	open, _ := s.conns.list()
	for _, c := range open {
		fmt.Fprintf(s.out, "conn %d  open since %.3fs  commands %d\n", c.number, c.since.Seconds(), c.commands)
	}
	if len(open) == 0 {
		fmt.Fprintln(s.out, "no connections")
	}
	return nil
}

// history lists the last things that happened.
func (s *server) history(rest string) error {
	n := 20
	if rest != "" {
		var err error
		if n, err = strconv.Atoi(rest); err != nil || n < 1 {
			return fmt.Errorf("%q is no number from 1 on", rest)
		}
	}
	h := s.device.History()
	for _, r := range h[max(0, len(h)-n):] {
		fmt.Fprintf(s.out, "%9.3fs  %s\n", r.At.Seconds(), printable.Short(printable.Line(describe(s.protocol, r))))
	}
	return nil
}

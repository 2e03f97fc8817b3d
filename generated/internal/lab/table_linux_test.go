package lab_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

var tableFile = flag.String("table", "", "write what was measured to that file, as Markdown")

// results are the outcomes of this run.
var results collection

func init() { afterwards = append(afterwards, results.write) }

type collection struct {
	mu  sync.Mutex
	all []outcome
}

func (c *collection) add(o outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, o)
}

// write makes what is asked for.
func (c *collection) write() error {
	if len(c.all) == 0 {
		return nil
	}
	return errors.Join(c.writeTables(), c.writeOutcomes())
}

func (c *collection) writeTables() error {
	if *tableFile == "" {
		return nil
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Seconds: measured / bound. READY again: bound %s.\n\n", seconds(redial))
	names := make([]string, 0, len(settings))
	for _, s := range settings {
		names = append(names, s.name)
	}
	c.table(&text, names)
	compared := names[len(names)-1:]
	for _, p := range peers {
		compared = append(compared, p.name)
	}
	fmt.Fprintf(&text, "\nThe peers, watched for %v.\n\n", *peerWatch)
	c.table(&text, compared)
	return os.WriteFile(*tableFile, []byte(text.String()), 0o666)
}

// table has a row for each fault and kind of client, and a column for each
// party, where at least two were measured.
func (c *collection) table(w io.Writer, parties []string) {
	fmt.Fprintf(w, "| fault | client | %s | ready again, at worst | control timer, at worst |\n", strings.Join(parties, " | "))
	fmt.Fprintf(w, "|---|---|%s---|---|\n", strings.Repeat("---|", len(parties)))
	for i := range faults {
		for _, k := range kinds {
			if row, measured := c.row(&faults[i], k, parties); measured > 1 {
				fmt.Fprintf(w, "| %s | %s | %s |\n", faults[i].name, k, strings.Join(row, " | "))
			}
		}
	}
}

func (c *collection) row(f *fault, k kind, parties []string) (cells []string, measured int) {
	var back, late time.Duration
	for _, name := range parties {
		cell := ""
		if o := c.find(f, k, name); o != nil {
			measured++
			cell, back, late = o.cell(), max(back, o.back), max(late, o.late)
		}
		cells = append(cells, cell)
	}
	worst := "–"
	if back > 0 {
		worst = seconds(back)
	}
	return append(cells, worst, fmt.Sprintf("%.1f ms", late.Seconds()*1000)), measured
}

func (c *collection) find(f *fault, k kind, party string) *outcome {
	i := slices.IndexFunc(c.all, func(o outcome) bool { return o.fault == f && o.kind == k && o.party == party })
	if i < 0 {
		return nil
	}
	return &c.all[i]
}

// cell is what was measured, beside what was promised.
func (o *outcome) cell() string {
	text := ""
	switch {
	case o.noticed:
		text = seconds(o.took)
	case !o.lives():
		text = "not noticed"
	case o.answered || o.fault.damage == mute:
		text = "lives"
	default:
		text = "dead, not noticed"
	}
	if o.promise.bound == 0 {
		return text
	}
	text += " / " + seconds(o.promise.bound)
	if o.attempts > 1 {
		text += fmt.Sprintf(" (attempt %d)", o.attempts)
	}
	switch {
	case !o.kept():
		text += " (missed)"
	case !o.settled():
		text += " (too busy)"
	}
	return text
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

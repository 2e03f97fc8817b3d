package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/chart"
	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/machine"
)

// options are what is asked for.
type options struct {
	rounds          int
	rows            string
	suites          []string // none: all
	json, svg, from string   // files
}

func (o *options) run() error {
	if o.from != "" {
		return o.again()
	}
	chosen, err := o.choose()
	if err != nil {
		return err
	}
	// The first interrupt ends it early, and shows what was measured until then.
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	report := o.measure(ctx, chosen)
	fmt.Println("\n" + closing(report) + each(report))
	return errors.Join(o.write(report), verdict(report))
}

// choose gives the suites with the rows that are asked for.
func (o *options) choose() ([]contest.Suite, error) {
	if o.rounds < 1 {
		return nil, errors.New("at least one round is needed")
	}
	for _, name := range o.suites {
		if !slices.ContainsFunc(suites, func(s contest.Suite) bool { return s.Name == name }) {
			return nil, fmt.Errorf("there is no suite %q", name)
		}
	}
	var chosen []contest.Suite
	for _, s := range suites {
		s.Rows = slices.DeleteFunc(slices.Clone(s.Rows), func(r contest.Row) bool { return !strings.Contains(r.Name, o.rows) })
		if len(s.Rows) > 0 && (len(o.suites) == 0 || slices.Contains(o.suites, s.Name)) {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no row's name contains %q", o.rows)
	}
	return chosen, nil
}

// measure runs suites, and prints each when it is done.
func (o *options) measure(ctx context.Context, chosen []contest.Suite) *contest.Report {
	began := time.Now()
	report := &contest.Report{Date: began.UTC().Format(time.RFC3339), Machine: machine.This(), Rounds: o.rounds}
	for i := range chosen {
		from := time.Now()
		results := chosen[i].Results(chosen[i].Run(ctx, o.rounds, progress()))
		results.Seconds = time.Since(from).Seconds()
		results.Print(os.Stdout)
		report.Suites = append(report.Suites, results)
		report.Seconds = time.Since(began).Seconds()
		if report.Interrupted = ctx.Err() != nil; report.Interrupted {
			break
		}
	}
	return report
}

// again prints and draws what was measured before, of all suites or of some.
func (o *options) again() error {
	text, err := os.ReadFile(o.from)
	if err != nil {
		return err
	}
	var report contest.Report
	if err := json.Unmarshal(text, &report); err != nil {
		return fmt.Errorf("%s: %w", o.from, err)
	}
	report.Suites = slices.DeleteFunc(report.Suites, func(s contest.Results) bool {
		return len(o.suites) > 0 && !slices.Contains(o.suites, s.Name)
	})
	for i := range report.Suites {
		report.Suites[i].Print(os.Stdout)
	}
	fmt.Println("\n" + closing(&report))
	return o.write(&report)
}

// closing says where, when and how long.
func closing(r *contest.Report) string {
	date, _, _ := strings.Cut(r.Date, "T")
	text := fmt.Sprintf("Measured on %s: %v. Rounds: %d; %v in all.", date, r.Machine, r.Rounds, took(r.Seconds))
	if r.Interrupted {
		text += " Interrupted: what is missing was not done."
	}
	return text
}

// each says which suite took how long.
func each(r *contest.Report) string {
	if len(r.Suites) < 2 {
		return ""
	}
	var parts []string
	for _, s := range r.Suites {
		parts = append(parts, fmt.Sprintf("%s %v", s.Name, took(s.Seconds)))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func took(seconds float64) time.Duration {
	return time.Duration(seconds * float64(time.Second)).Round(time.Second)
}

// write makes the files that are asked for.
func (o *options) write(r *contest.Report) error {
	var failed error
	if o.json != "" {
		text, err := json.MarshalIndent(r, "", " ")
		failed = errors.Join(err, os.WriteFile(o.json, append(text, '\n'), 0o666))
	}
	if o.svg != "" {
		failed = errors.Join(failed, os.WriteFile(o.svg, chart.SVG(r, closing(r)), 0o666))
	}
	return failed
}

var (
	errFailed      = errors.New("something failed: see above")
	errInterrupted = errors.New("interrupted")
)

// verdict is an error where something went wrong. A target that is missed is no
// error.
func verdict(r *contest.Report) error {
	if r.Interrupted {
		return errInterrupted
	}
	for _, s := range r.Suites {
		if len(s.Failed) > 0 {
			return errFailed
		}
	}
	return nil
}

// progress is where a terminal shows what is being done.
func progress() io.Writer {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return os.Stderr
	}
	return io.Discard
}

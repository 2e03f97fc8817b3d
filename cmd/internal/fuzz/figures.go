package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// figures are what a target did.
type figures struct {
	target  string
	took    time.Duration // of fuzzing alone
	workers int
	execs   int
	fresh   int // inputs that reached something new
	corpus  int // inputs that it knows
	found   bool
}

// What the fuzzer says of itself, over and over; the last word counts.
var (
	progress = regexp.MustCompile(`fuzz: elapsed: (\S+), execs: (\d+) .*new interesting: (\d+) \(total: (\d+)\)`)
	began    = regexp.MustCompile(`now fuzzing with (\d+) workers`)
	// The go command fails so where, on a busy machine, the time was over in the
	// middle of an input. A finding names its input.
	stopped = regexp.MustCompile(`(?m)^--- FAIL: \w+ \([0-9.]+s\)\n    context deadline exceeded\nFAIL$`)
)

// figuresOf reads the fuzzer's output.
func figuresOf(said string) (f figures) {
	if m := began.FindStringSubmatch(said); m != nil {
		f.workers, _ = strconv.Atoi(m[1])
	}
	if all := progress.FindAllStringSubmatch(said, -1); len(all) > 0 {
		last := all[len(all)-1]
		f.took, _ = time.ParseDuration(last[1])
		f.execs, _ = strconv.Atoi(last[2])
		f.fresh, _ = strconv.Atoi(last[3])
		f.corpus, _ = strconv.Atoi(last[4])
	}
	return f
}

// table is what all did, and what it comes to.
func table(all []figures) string {
	var b strings.Builder
	var sum figures
	var processors time.Duration
	findings := "no finding"
	var found []string
	fmt.Fprintf(&b, "\n%-42s %8s %12s %6s %7s\n", "target", "time", "execs", "new", "corpus")
	for _, f := range all {
		fmt.Fprintf(&b, "%-42s %8v %12d %6d %7d", f.target, f.took, f.execs, f.fresh, f.corpus)
		if f.found {
			b.WriteString("  FOUND SOMETHING")
			found = append(found, f.target)
		}
		b.WriteString("\n")
		sum.took += f.took
		sum.execs += f.execs
		sum.fresh += f.fresh
		processors += f.took * time.Duration(f.workers)
	}
	if len(found) > 0 {
		findings = "findings in " + strings.Join(found, ", ")
	}
	fmt.Fprintf(&b, "\n%d targets, %.2f hours (%.2f of all workers), %d execs, %d new inputs: %s\n",
		len(all), sum.took.Hours(), processors.Hours(), sum.execs, sum.fresh, findings)
	return b.String()
}

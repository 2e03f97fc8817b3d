package storm

import (
	"slices"
	"strings"
	"time"

	"github.com/linewright/linewright/runtime/simulate/check"
)

// Minimise looks for a shorter script that breaks the same rule, by leaving
// acts out and by making what is left simpler, as long as that leads on. It
// stops after so much real time, with the best that it has. Each try is a whole
// run: the result is a script that was seen to fail.
func Minimise(script Script, load *Workload, o Options, budget time.Duration) (Script, []check.Violation) {
	m := &minimiser{load: load, o: o, until: time.Now().Add(budget)}
	m.best = Run(script, load, o)
	if len(m.best.Violations) == 0 {
		return script, nil
	}
	m.broken = m.best.Violations[0]
	for before := ""; before != m.best.Script.String(); {
		before = m.best.Script.String()
		m.leaveOut()
		m.simplify()
	}
	return m.best.Script, m.best.Violations
}

type minimiser struct {
	load   *Workload
	o      Options
	until  time.Time
	broken check.Violation
	best   Result
}

// try runs a script, and keeps it where it still fails.
func (m *minimiser) try(acts []Act) bool {
	if time.Now().After(m.until) {
		return false
	}
	r := Run(Script{Seed: m.best.Script.Seed, Acts: acts}, m.load, m.o)
	i := slices.IndexFunc(r.Violations, m.same)
	if i < 0 {
		return false
	}
	r.Violations = r.Violations[i:]
	m.best = r
	return true
}

// same reports whether a violation is of the rule that is looked for; a panic,
// whether it says the same.
func (m *minimiser) same(v check.Violation) bool {
	return v.Rule == m.broken.Rule && (v.Rule != panicked || firstLine(v.Text) == firstLine(m.broken.Text))
}

func firstLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// leaveOut is delta debugging: it leaves out ever smaller parts.
func (m *minimiser) leaveOut() {
	for size := len(m.best.Script.Acts); size > 0; size /= 2 {
		for from := 0; from < len(m.best.Script.Acts); {
			acts := m.best.Script.Acts
			rest := slices.Concat(acts[:from], acts[min(from+size, len(acts)):])
			if !m.try(rest) {
				from += size
			}
		}
	}
}

// simpler make the arguments of an act smaller or rounder. An act that counts
// something goes on to count at least one.
var simpler = []func(*Act){
	func(a *Act) { a.N = min(a.N, 1) },
	func(a *Act) { a.N = max(a.N/2, min(a.N, 1)) },
	func(a *Act) { a.For = a.For.Round(time.Second) },
	func(a *Act) { a.For = a.For.Round(100 * time.Millisecond) },
	func(a *Act) { a.At = a.At.Round(time.Second) },
	func(a *Act) { a.At = a.At.Round(100 * time.Millisecond) },
	func(a *Act) { a.Seed = min(a.Seed, 1) },
	func(a *Act) { a.Who = 0 },
}

// simplify makes each act simpler.
func (m *minimiser) simplify() {
	for i := range m.best.Script.Acts {
		for _, do := range simpler {
			acts := slices.Clone(m.best.Script.Acts)
			if do(&acts[i]); acts[i] != m.best.Script.Acts[i] && inOrder(acts) {
				m.try(acts)
			}
		}
	}
}

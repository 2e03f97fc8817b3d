package storm

import (
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/simulate/check"
)

// Minimise looks for a shorter script that breaks the same rule, by leaving
// acts out and then by making what is left simpler. It stops after so much real
// time, with the best that it has. Each try is a whole run: the result is a
// script that was seen to fail.
func Minimise(script Script, load *Workload, o Options, budget time.Duration) (Script, []check.Violation) {
	m := &minimiser{load: load, o: o, until: time.Now().Add(budget)}
	m.best = Run(script, load, o)
	if len(m.best.Violations) == 0 {
		return script, nil
	}
	m.rule = m.best.Violations[0].Rule
	for before := -1; before != len(m.best.Script.Acts); {
		before = len(m.best.Script.Acts)
		m.leaveOut()
	}
	m.simplify()
	return m.best.Script, m.best.Violations
}

type minimiser struct {
	load  *Workload
	o     Options
	until time.Time
	rule  string
	best  Result
}

// try runs a script, and keeps it where it still fails.
func (m *minimiser) try(acts []Act) bool {
	if time.Now().After(m.until) {
		return false
	}
	r := Run(Script{Seed: m.best.Script.Seed, Acts: acts}, m.load, m.o)
	i := slices.IndexFunc(r.Violations, func(v check.Violation) bool { return v.Rule == m.rule })
	if i < 0 {
		return false
	}
	r.Violations = r.Violations[i:]
	m.best = r
	return true
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

// simplify makes the arguments of each act smaller or rounder.
func (m *minimiser) simplify() {
	for i := range m.best.Script.Acts {
		for _, simpler := range []func(*Act){
			func(a *Act) { a.N = min(a.N, 1) },
			func(a *Act) { a.N /= 2 },
			func(a *Act) { a.For = a.For.Round(time.Second) },
			func(a *Act) { a.For = a.For.Round(100 * time.Millisecond) },
			func(a *Act) { a.At = a.At.Round(time.Second) },
			func(a *Act) { a.At = a.At.Round(100 * time.Millisecond) },
			func(a *Act) { a.Seed = min(a.Seed, 1) },
			func(a *Act) { a.Who = 0 },
		} {
			acts := slices.Clone(m.best.Script.Acts)
			if simpler(&acts[i]); acts[i] != m.best.Script.Acts[i] && inOrder(acts) {
				m.try(acts)
			}
		}
	}
}

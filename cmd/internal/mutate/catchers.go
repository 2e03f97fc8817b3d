package main

import (
	"regexp"
	"slices"
	"strings"
)

// catcher is one run of tests that may notice a fault.
type catcher struct {
	folder string // of the package
	covers string // folders whose faults it can notice
	args   string // of go test, behind the package; "-args …" are the tests' own
}

// catchers are tried in this order: the tests that are named after an invariant,
// the others, and last those that try everything at random, the storms behind
// them. What measures real time is left out, as on a busy machine it can fail
// without any fault.
var catchers = []catcher{
	{"runtime/wire", "runtime/wire", ""},
	{"runtime/backoff", "runtime/backoff", ""},
	{"runtime/session", "runtime/wire runtime/backoff runtime/session", "-run=^TestInvariant"},
	{"runtime/session", "runtime/wire runtime/backoff runtime/session", "-skip=^(TestInvariant|TestChaos)"},
	{"runtime", "runtime/wire runtime/session runtime", "-run=^TestInvariant"},
	{"runtime", "runtime/wire runtime/session runtime", "-skip=^(TestInvariant|TestChaos|TestBoundInRealTime)"},
	{"runtime/session", "runtime/session", "-run=^TestChaos"},
	{"runtime", "runtime/session runtime", "-run=^TestChaos"},
	{"runtime/simulate", "runtime/session", ""},
	{"runtime/simulate/storm/handmade", "runtime/session runtime/backoff", "-run=^TestStorms -args -seeds=150 -patience=0"},
}

// catching are the catchers of faults in a file, of those whose folder matches.
func catching(file string, by *regexp.Regexp) (some []catcher) {
	folder := file[:strings.LastIndexByte(file, '/')]
	for _, c := range catchers {
		if slices.Contains(strings.Fields(c.covers), folder) && by.MatchString(c.folder) {
			some = append(some, c)
		}
	}
	return some
}

package breaking

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Advice is how the document's version should move (semver.org).
type Advice struct {
	Old string `json:"old"`
	New string `json:"new"`
	// Needs is the least part of the version that has to grow: major, minor, patch,
	// or none.
	Needs string `json:"needs"`
	// Least is the lowest version that will do; empty where the new one does.
	Least string `json:"least,omitempty"`
}

// Advise says whether a version has moved as far as its changes ask for. Before 1.0.0,
// what would be major is minor.
func Advise(old, now string, changes []Change) Advice {
	a := Advice{Old: old, New: now, Needs: "none"}
	for _, c := range changes {
		switch {
		case c.Kind == Version:
		case c.Kind == Breaking:
			a.Needs = "major"
		case a.Needs != "major" && (c.Kind == Compatible || c.Kind == Timing):
			a.Needs = "minor"
		case a.Needs == "none":
			a.Needs = "patch"
		}
	}
	was, is := parts(old), parts(now)
	least := was
	switch {
	case a.Needs == "major" && was[0] > 0:
		least = [3]int{was[0] + 1}
	case a.Needs == "major" || a.Needs == "minor":
		least = [3]int{was[0], was[1] + 1}
	case a.Needs == "patch":
		least[2]++
	}
	if less(is, least) {
		a.Least = fmt.Sprintf("%d.%d.%d", least[0], least[1], least[2])
	}
	return a
}

// Change is the advice as a change; ok is false where the version has moved.
func (a Advice) Change() (c Change, ok bool) {
	if a.Least == "" {
		return c, false
	}
	l := &list{}
	l.add(Version, "version", "$.version", model.Pos{}, a.Old, a.New, a.Words())
	return l.changes[0], true
}

// Quiet reports whether there is nothing to be said: nothing has changed, and the version
// has not gone back.
func (a Advice) Quiet() bool { return a.Needs == "none" && a.Least == "" }

// Words says it in a line.
func (a Advice) Words() string {
	needs := fmt.Sprintf("the changes need a %s version after %s", a.Needs, a.Old)
	if a.Needs == "major" && parts(a.Old)[0] == 0 {
		needs = "the changes break something, which before 1.0.0 needs a minor version after " + a.Old
	}
	switch {
	case a.Quiet():
		return "nothing has changed"
	case a.Needs == "none":
		return fmt.Sprintf("%s is before %s: it must become %s or higher; nothing else has changed", a.New, a.Old, a.Least)
	case a.Least == "":
		return fmt.Sprintf("%s is high enough: %s", a.New, needs)
	}
	return fmt.Sprintf("%s must become %s or higher: %s", a.New, a.Least, needs)
}

func parts(version string) (n [3]int) {
	for i, part := range strings.SplitN(version, ".", 3) {
		n[i], _ = strconv.Atoi(part)
	}
	return n
}

func less(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

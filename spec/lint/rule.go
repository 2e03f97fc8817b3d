package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// Rule is one thing that documents should keep to.
type Rule struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Purpose  string `json:"purpose"`
	// Bad and Good are parts of documents: in the first one the rule finds one
	// thing, in the second one nothing.
	Bad  string `json:"bad"`
	Good string `json:"good"`

	check func(*subject) // nil: what is checked are the allowances
}

// rules are all, in the order of the files.
var rules = slices.Concat(livenessRules(), loadRules(), repeatRules(), secretRules(), framingRules(),
	namingRules(), documentationRules(), exampleRules(), allowanceRules())

// Rules are all rules, by id.
func Rules() []Rule {
	all := slices.SortedFunc(slices.Values(rules), func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	for i := range all {
		all[i].Bad, all[i].Good = strings.TrimPrefix(all[i].Bad, "\n"), strings.TrimPrefix(all[i].Good, "\n")
	}
	return all
}

// subject is what the rules look at, and what they have found.
type subject struct {
	name   string
	data   []byte
	p      *model.Protocol
	root   *document.Node
	report *explain.Report

	rule  Rule // whose turn it is
	found []Finding
}

// path is a way through the document: keys, from the root.
type path []string

// at makes a path.
func at(keys ...string) path { return keys }

func (p path) String() string { return "$." + strings.Join(p, ".") }

// place is that of the last key of the path that the document has: a default is where
// it would be written.
func (s *subject) place(p path) model.Pos {
	if e, found := s.root.Nearest(p...); found > 0 {
		return e.Pos
	}
	return s.p.Pos
}

// given reports whether the document says this.
func (s *subject) given(p path) bool {
	_, found := s.root.Nearest(p...)
	return found == len(p)
}

// say adds a finding of the rule whose turn it is.
func (s *subject) say(p path, hint, format string, args ...any) {
	s.add(s.rule, s.place(p), p.String(), hint, fmt.Sprintf(format, args...))
}

func (s *subject) add(r Rule, pos model.Pos, path, hint, message string) {
	l := report.NewList(s.name, s.data)
	l.Add(pos, r.ID, path, message, hint)
	f := l.Sorted()[0]
	f.Severity = r.Severity
	s.found = append(s.found, f)
}

// commands are all that callers and the session send, those made of several included.
func (s *subject) commands() []*model.Command { return slices.Concat(s.p.Commands, s.p.Sequences) }

// public are those that callers send.
func (s *subject) public() (all []*model.Command) {
	for _, c := range s.commands() {
		if !c.Private {
			all = append(all, c)
		}
	}
	return all
}

package spec_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/samples"
)

// TestExamplesOfRules: each rule says why it is there, its bad example breaks it, once,
// and no other, and its good one none.
func TestExamplesOfRules(t *testing.T) {
	for _, r := range spec.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			assert.NotEmpty(t, r.Wrong)
			assert.Regexp(t, `^[A-Z].*\.$`, r.Why)
			assert.NotEmpty(t, r.Good)
			assert.Equal(t, []string{r.ID}, broken(r.ID, r.Bad), "the bad one:\n%s", r.Bad)
			assert.Empty(t, broken(r.ID, r.Good), "the good one:\n%s", r.Good)
		})
	}
}

// broken are the rules that the example of a rule breaks, but those that all messages
// without examples do, which no other rule is about.
func broken(rule, example string) (ids []string) {
	doc := samples.Written(example)
	if first, _ := utf8.DecodeRuneInString(example); !strings.ContainsRune("‹%#", first) { // or it is about the very first bytes
		doc, _ = samples.Whole(doc)
	}
	_, findings := spec.Load("example.yaml", []byte(doc))
	for _, f := range findings {
		if f.Rule != "vector-missing" || rule == f.Rule {
			ids = append(ids, f.Rule)
		}
	}
	if rule == "more-findings" { // there are others, of course
		return slices.Compact(ids)[1:]
	}
	return ids
}

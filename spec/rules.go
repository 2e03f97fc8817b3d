package spec

import (
	_ "embed"
	"sync"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
)

// Rule is one of those that [Load] and the generator go by. What breaks one is an
// error: there is no client of such a document.
type Rule struct {
	ID    string
	Wrong string // what is wrong where it is broken
	Why   string // that is refused, in a sentence
	// Bad and Good are parts of documents: the first breaks this rule, once, and no
	// other; the second keeps all. What cannot be shown, or would be long, is written
	// with ‹ and ›: ‹E9› is a byte, ‹70×[› a text that is there 70 times. A line that
	// ends with "# 20 of these" is there so often, with its number for ‹n›.
	Bad, Good string
}

//go:embed rules.yaml
var rulesText []byte

// Rules are all of them, by id. The list is rules.yaml, of which the reference has its
// table as well; tests hold it to what the code reports, rule by rule.
func Rules() []Rule { return readRules() }

var readRules = sync.OnceValue(func() (all []Rule) {
	findings := report.NewList("rules.yaml", rulesText)
	root := document.Load(rulesText, findings)
	if findings.Len() > 0 {
		panic(findings.Sorted()[0]) // it is a file of this package
	}
	for _, e := range root.Keys {
		text := func(key string) string { return e.Value.Get(key).Value.Value }
		all = append(all, Rule{e.Key, text("wrong"), text("why"), text("bad"), text("good")})
	}
	return all
})

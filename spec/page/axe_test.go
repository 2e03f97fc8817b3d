package page_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// axe is where make deps installs axe-core, the checker of accessibility. Without it
// the tests that need it are skipped.
const axe = "../../bin/npm/node_modules/axe-core/axe.min.js"

// check runs every rule that axe has, those of the highest level, the best practices and
// those on trial too. Two are off: focus-order-semantics would have no focus on what is
// no control; but a table that scrolls needs it, or the keyboard could not scroll it, as
// scrollable-region-focusable demands. And color-contrast asks for less than
// color-contrast-enhanced, which takes as long.
const check = `(async (off, within) => {
  const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, {enabled: !off.includes(rule.ruleId)}]));
  const found = await axe.run(within, {rules, resultTypes: ["violations"], preload: false, iframes: false});
  return JSON.stringify({
    Rules: found.passes.length,
    Violations: found.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes.length + " times, as " + v.nodes[0].html.slice(0, 300) + " " + v.nodes[0].failureSummary),
  });
})(%s, %q)`

// The rules that are off, always and where another page has the same looks.
const (
	neverChecked = `["focus-order-semantics", "color-contrast"]`
	butLooks     = `["focus-order-semantics", "color-contrast", "color-contrast-enhanced", "link-in-text-block", "target-size"]`
)

// contrasted are the vendors whose pages are checked for the contrast and the size of all
// that stands on them, too, which takes longer than all other rules together. Of what looks different, the
// others have nothing that these have not: TestContrastIsChecked.
var contrasted = []string{"clamd", "kiss", "memcached", "modbus", "mqtt", "smtp"}

// TestContrastIsChecked of everything that has a look of its own on any page: colours
// follow from the classes of an element and of those around it.
func TestContrastIsChecked(t *testing.T) {
	checked := map[string]bool{}
	for _, name := range contrasted {
		for _, e := range elements(t, vendor(t, name)) {
			checked[look(e)] = true
		}
	}
	for name := range documents(t) {
		for _, e := range elements(t, vendor(t, name)) {
			require.True(t, checked[look(e)], "%s has %s", name, look(e))
		}
	}
}

// look is what the colours of an element follow from. Which of its classes has a colour
// is the style's to say, so that all count.
func look(e element) string {
	if e.Parent == nil || e.Parent.Type != html.ElementNode {
		return e.Data
	}
	around := ""
	for _, a := range e.Parent.Attr {
		if a.Key == "class" {
			around = a.Val
		}
	}
	return e.Parent.Data + "." + around + " > " + e.Data + "." + e.attrs["class"]
}

func requireAccessible(t *testing.T, p *browser.Page) {
	t.Helper()
	requireRules(t, p, neverChecked, "html")
}

// requireRules runs the rules of axe but for those that are off.
func requireRules(t *testing.T, p *browser.Page, off, within string) {
	t.Helper()
	script, err := os.ReadFile(axe)
	if os.IsNotExist(err) {
		t.Skip("no axe-core: make deps installs it")
	}
	require.NoError(t, err)
	browser.Eval[any](p, string(script)+"; null")
	var found struct {
		Rules      int
		Violations []string
	}
	require.NoError(t, json.Unmarshal([]byte(browser.Await[string](p, fmt.Sprintf(check, off, within))), &found))
	require.Greater(t, found.Rules, 30, "rules that had something to look at")
	require.Empty(t, found.Violations, strings.Join(found.Violations, "\n"))
}

// TestEveryViewIsAccessible: in the dark, on a telephone, as a review.
func TestEveryViewIsAccessible(t *testing.T) {
	alone.Skip(t)
	for _, name := range []string{"acme", "modbus"} {
		t.Run(name+" in the dark", func(t *testing.T) {
			p := browser.Open(t, vendor(t, name), 1280, 900)
			p.Media("", "prefers-color-scheme", "dark")
			requireAccessible(t, p)
		})
		t.Run(name+" on a phone", func(t *testing.T) {
			requireAccessible(t, browser.Open(t, vendor(t, name), phoneWidth, phoneHeight))
		})
	}
	for _, scheme := range []string{"light", "dark"} {
		t.Run("a review, "+scheme, func(t *testing.T) {
			p := browser.Open(t, reviewed(t), 1280, 900)
			p.Media("", "prefers-color-scheme", scheme)
			requireAccessible(t, p)
			browser.Eval[any](p, `document.querySelector("#only").click()`)
			requireAccessible(t, p)
		})
	}
}

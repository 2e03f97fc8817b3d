package page_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
const check = `(async () => {
  const off = ["focus-order-semantics", "color-contrast"];
  const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, {enabled: !off.includes(rule.ruleId)}]));
  const found = await axe.run(document, {rules, resultTypes: ["violations"], preload: false, iframes: false});
  return JSON.stringify({
    Rules: found.passes.length,
    Violations: found.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes.length + " times, as " + v.nodes[0].html.slice(0, 300) + " " + v.nodes[0].failureSummary),
  });
})()`

func requireAccessible(t *testing.T, p *browser.Page) {
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
	require.NoError(t, json.Unmarshal([]byte(browser.Await[string](p, check)), &found))
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

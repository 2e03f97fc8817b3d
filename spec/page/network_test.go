package page_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// TestItAsksForNothing: the file is all that a browser loads, though it is used.
func TestItAsksForNothing(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "qmp"), 1280, 900)
	browser.Eval[any](p, `document.querySelectorAll("a").forEach((a) => a.click())`)
	browser.Eval[any](p, `document.querySelectorAll("button").forEach((b) => { b.focus(); b.click(); })`)
	require.Equal(t, []string{p.Address()}, p.Requests())
}

// TestThePolicyIsInForce: what somebody puts into the page does not run, and reaches
// nobody.
func TestThePolicyIsInForce(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), 1280, 900)
	browser.Eval[any](p, `(() => {
	  window.broken = [];
	  document.addEventListener("securitypolicyviolation", (e) => window.broken.push(e.effectiveDirective));
	  const script = document.createElement("script");
	  script.textContent = "window.ran = true";
	  document.body.append(script);
	  document.body.insertAdjacentHTML("beforeend", '<p id="bad" style="color: rgb(1, 2, 3)" onclick="window.ran = true">x</p><img src="https://example.invalid/x.png">');
	  document.querySelector("#bad").click();
	  fetch("https://example.invalid/").catch(() => {});
	})()`)
	p.Wait(`window.broken.length >= 4`)
	require.ElementsMatch(t, []string{"script-src-elem", "style-src-attr", "script-src-attr", "img-src", "connect-src"}, browser.Eval[[]string](p, `[...new Set(window.broken)]`))
	require.True(t, browser.Eval[bool](p, `window.ran === undefined`))
	require.Equal(t, []string{p.Address()}, p.Requests())
	require.NotEmpty(t, p.Complaints(), "the browser says what it refused")
}

package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// The screen of a small phone, in CSS pixels.
const phoneWidth, phoneHeight = 360, 740

// wider are the elements that reach beyond the right edge of the page, but for what
// stands in a box that scrolls by itself.
const wider = `[...document.querySelectorAll("body *")].filter((e) => {
  if (e.closest(".spoken, .skip") || e.closest("svg") && e.tagName !== "svg") return false;
  const scrolls = e.parentElement.closest(".scroll");
  return !scrolls && e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5;
}).map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40)).slice(0, 5)`

// TestEveryPage of the vendors is accessible, fits a phone, and prints.
func TestEveryPage(t *testing.T) {
	alone.Skip(t)
	for name := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, vendor(t, name), 1280, 900)
			off := butLooks
			if slices.Contains(contrasted, name) {
				off = neverChecked
			}
			requireRules(t, p, off, "html")
			p.Size(phoneWidth, phoneHeight)
			requirePhone(t, p)
			p.Size(sheetWidth, sheetHeight)
			p.Media("print")
			requirePrinted(t, p)
		})
	}
}

// TestSectionsAreFolded on a phone, until somebody wants them.
func TestSectionsAreFolded(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), phoneWidth, phoneHeight)
	require.False(t, browser.Eval[bool](p, `document.querySelector(".toc a").checkVisibility()`))
	p.Do(chromedp.Click(chromedp.CSS(".toc summary")))
	require.True(t, browser.Eval[bool](p, `document.querySelector(".toc a").checkVisibility()`))
}

// requirePhone: nothing but what scrolls by itself is wider than the screen, and all is
// large enough to be read.
func requirePhone(t *testing.T, p *browser.Page) {
	t.Helper()
	require.Empty(t, browser.Eval[[]string](p, wider))
	require.LessOrEqual(t, browser.Eval[int](p, `document.documentElement.scrollWidth`), phoneWidth)
	require.GreaterOrEqual(t, browser.Eval[float64](p, smallest), 11.0, "the smallest text, in pixels")
}

// smallest is the size of the smallest text that is shown, in pixels of the screen.
const smallest = `Math.min(...[...document.querySelectorAll("body *")].filter((e) =>
  e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())).map((e) =>
  parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM ? e.getScreenCTM().a : 1)))`

// TestTheThemeFollowsTheSystem, until somebody says otherwise.
func TestTheThemeFollowsTheSystem(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), 1280, 900)
	background := func() string { return browser.Eval[string](p, `getComputedStyle(document.body).backgroundColor`) }
	light := background()
	p.Media("", "prefers-color-scheme", "dark")
	dark := background()
	require.NotEqual(t, light, dark)
	p.Do(chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, light, background())
	p.Do(chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, dark, background())
	p.Do(chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, "auto", browser.Eval[string](p, `document.querySelector("#theme span").textContent`))
}

// TestNothingMoves for people who do not want it, and nothing moves at all.
func TestNothingMoves(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), 1280, 900)
	for _, wish := range []string{"no-preference", "reduce"} {
		p.Media("", "prefers-reduced-motion", wish)
		require.Empty(t, browser.Eval[[]string](p, `[...document.querySelectorAll("*")].filter((e) => {
		  const s = getComputedStyle(e);
		  return s.animationName !== "none" || s.scrollBehavior === "smooth" || s.transitionDuration.split(",").some((d) => parseFloat(d) > 0);
		}).map((e) => e.tagName)`), wish)
	}
}

// TestItIsReadWithoutScript: all that stands on the page is shown, or unfolds without one, and nothing that
// only a script can do.
func TestItIsReadWithoutScript(t *testing.T) {
	alone.Skip(t)
	old := documents(t)["acme"]
	now := []byte(strings.Replace(string(old), "How bad it is.", "How bad.", 1))
	p := browser.Blank(t, 1280, 900)
	browser.Call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.Show(render(t, now, against(t, old, now)))
	// The browser's own tools may still look.
	require.Empty(t, browser.Eval[[]string](p, `[...document.querySelectorAll("main *, nav a")].filter((e) => !e.checkVisibility() && !e.closest(".piece, #box, #box-plan, details > :not(summary)")).map((e) => e.outerHTML.slice(0, 80))`))
	require.False(t, browser.Eval[bool](p, `document.querySelector("#theme").checkVisibility()`))
	require.False(t, browser.Eval[bool](p, `document.querySelector("#only").checkVisibility()`))
	require.Equal(t, "Theme: auto", browser.Eval[string](p, `document.querySelector("#theme").textContent`))
	require.Contains(t, browser.Eval[string](p, `document.querySelector("#try").innerText`), "It takes a browser that runs the page's script.")
}

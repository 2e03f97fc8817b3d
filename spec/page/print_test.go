package page_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// What a sheet of A4 has room for between Chromium's margins, in CSS pixels.
const (
	sheetWidth  = 717
	sheetHeight = 1043
)

// cut are the boxes of which a part is not seen because it would need to be scrolled.
const cut = `[...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && !e.closest("svg, .spoken") &&
  getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1).map((e) => e.className + " " + e.textContent.trim().slice(0, 40)).slice(0, 5)`

// requirePrinted: nothing is beyond the edge of the sheet, nothing needs to be scrolled,
// and all is there, whatever is folded on the screen.
func requirePrinted(t *testing.T, p *browser.Page) {
	t.Helper()
	require.Empty(t, browser.Eval[[]string](p, printedWider))
	require.Empty(t, browser.Eval[[]string](p, cut))
	require.Empty(t, browser.Eval[[]string](p, unseen))
	require.GreaterOrEqual(t, browser.Eval[float64](p, smallest), 9.0)
}

// printedWider is as wider, but nothing may scroll.
const printedWider = `[...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !e.closest("svg, .spoken") &&
  e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5).map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40)).slice(0, 5)`

// unseen is what is not printed, but for what leads elsewhere on a screen.
const unseen = `[...document.querySelectorAll("main *")].filter((e) => !e.checkVisibility() && !e.closest(".more, .piece .h, #try"))
  .map((e) => e.outerHTML.slice(0, 80)).slice(0, 5)`

// TestItPrintsLight, though the screen is dark, and with the words that are below each
// field's bytes.
func TestItPrintsLight(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, reviewed(t), sheetWidth, sheetHeight)
	p.Do(chromedp.Click(chromedp.CSS("#theme")), chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, "dark", browser.Eval[string](p, `document.documentElement.dataset.theme`))
	p.Media("print", "prefers-color-scheme", "dark")
	require.Equal(t, "rgb(255, 255, 255) rgb(0, 0, 0)", browser.Eval[string](p, `(({backgroundColor, color}) => backgroundColor + " " + color)(getComputedStyle(document.body))`))
	require.Empty(t, browser.Eval[[]string](p, unseen))
	require.True(t, browser.Eval[bool](p, `document.querySelector('[id="messages.alarm"] .piece .n').checkVisibility()`))
	require.False(t, browser.Eval[bool](p, `document.querySelector(".tools").checkVisibility()`))
}

// TestThePDFHasAllSheets that the page needs.
func TestThePDFHasAllSheets(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), sheetWidth, sheetHeight)
	p.Media("print")
	least := int(browser.Eval[float64](p, `document.querySelector("main").getBoundingClientRect().height`) / sheetHeight)
	p.Media("")
	background := true
	made := browser.Ask(p, page.PrintToPDF, page.PrintToPDFParams{PrintBackground: &background, PaperWidth: 8.27, PaperHeight: 11.69})
	require.True(t, bytes.HasPrefix(made.Data, []byte("%PDF")))
	sheets := len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(made.Data, -1))
	require.GreaterOrEqual(t, sheets, least)
	require.LessOrEqual(t, sheets, 2*least, "more sheets than there is to say")
}

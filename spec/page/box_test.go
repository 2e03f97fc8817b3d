package page_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// pasting is a page with something in its box.
type pasting struct {
	t *testing.T
	*browser.Page
}

func openBox(t *testing.T, name string) *pasting {
	t.Helper()
	return &pasting{t, browser.Open(t, vendor(t, name), 1280, 900)}
}

// paste puts text into the box as somebody who was sent by does, and waits until it is read.
func (p *pasting) paste(by, text string) (status string) {
	p.t.Helper()
	browser.Eval[any](p.Page, fmt.Sprintf(`(() => {
		document.querySelector("input[name=box-direction][value=%s]").checked = true;
		const box = document.querySelector("#box-text");
		box.value = %s;
		document.querySelector("#box-taken").textContent = "";
		box.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, by, strconv.Quote(text)))
	browser.Run(p.Page, chromedp.Poll[bool](`document.querySelector("#box-taken").textContent !== ""`))
	return p.text("#box-taken")
}

func (p *pasting) text(selector string) string {
	return browser.Eval[string](p.Page, fmt.Sprintf(`document.querySelector(%q)?.innerText ?? ""`, selector))
}

func TestTheBoxReadsALine(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "acme")
	require.Equal(t, `Taken for text; \r\n was added at its end. One frame: reading.`, p.paste("received", "READING 3 21.50 C"))
	require.Equal(t, "#messages.reading", browser.Eval[string](p.Page, `document.querySelector("#box-frames h3 a").getAttribute("href")`))
	require.Equal(t, "channel|3, value|21.50, unit|celsius", browser.Eval[string](p.Page,
		`[...document.querySelectorAll("#box-frames tbody tr")].map((row) => row.children[0].innerText + "|" + row.children[1].innerText).join(", ")`))

	// Bytes that are looked at say what they are, and light the row here and at the message.
	browser.Eval[any](p.Page, `document.querySelector("#box-frames button.s1").focus()`)
	require.Contains(t, p.text("#box-frames .says"), "channel = 3")
	require.Equal(t, 2, browser.Eval[int](p.Page, `document.querySelectorAll("tr.lit").length`))
	require.Equal(t, "reading", browser.Eval[string](p.Page, `document.querySelector("#messages\\.reading tr.lit").closest(".card").querySelector(".self").innerText`))
}

package page_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// lit are the rows and the pieces that light up, and says what the example says.
const (
	reading = `document.querySelector('[id="messages.reading"] .example')`
	lit     = `[...document.querySelectorAll("tr.lit")].map((row) => row.id).join(" ") + " | " + [...document.querySelectorAll(".piece.lit .t")].map((t) => t.textContent).join(" ")`
	says    = reading + `.querySelector(".says").textContent`
)

// TestBytesAndRowsLightUpTogether, by pointing and by the keyboard.
func TestBytesAndRowsLightUpTogether(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), 1280, 900)
	point := func(piece string) {
		at := browser.Eval[struct{ X, Y float64 }](p, `(() => {
		  const box = `+reading+`.querySelector(`+"`"+piece+"`"+`).getBoundingClientRect();
		  return {X: box.x + 4, Y: box.y + 4};
		})()`)
		p.Do(chromedp.MouseEvent("mouseMoved", at.X, at.Y))
	}
	p.Do(chromedp.ScrollIntoView(chromedp.CSS(`[id="messages.reading"] .example`)))
	all := browser.Eval[string](p, says)
	require.Equal(t, `{channel: 3, value: 21.50, unit: celsius}`, all)
	point(`[data-rows="messages.reading.value"]`)
	require.Equal(t, "value = 21.50 · hex 32 31 2e 35 30", browser.Eval[string](p, says))
	require.Equal(t, "messages.reading.value | 21.50", browser.Eval[string](p, lit))
	point(`.piece`)
	require.Equal(t, "the same in each frame · hex 52 45 41 44 49 4e 47 20", browser.Eval[string](p, says))
	require.Equal(t, " | READING ", browser.Eval[string](p, lit))
	p.Do(chromedp.MouseEvent("mouseMoved", 1, 1))
	require.Equal(t, all, browser.Eval[string](p, says))
	require.Equal(t, " | ", browser.Eval[string](p, lit))

	p.Do(chromedp.Focus(chromedp.CSS(`[id="messages.reading"] .example button`)))
	press := func(keys ...string) {
		for _, key := range keys {
			p.Do(chromedp.KeyEvent(key))
		}
	}
	press(kb.ArrowRight)
	require.Equal(t, "channel = 3 · hex 33", browser.Eval[string](p, says))
	require.Equal(t, "messages.reading.channel | 3", browser.Eval[string](p, lit))
	press(kb.End)
	require.Equal(t, "the end of the frame: LF or CR LF · hex 0a", browser.Eval[string](p, says))
	press(kb.ArrowRight) // there is nothing behind it
	press(kb.ArrowLeft)
	require.Equal(t, "unit = celsius · hex 43", browser.Eval[string](p, says))
	press(kb.Home)
	require.Equal(t, " | READING ", browser.Eval[string](p, lit))
	press(kb.Tab) // one stop an example
	require.Equal(t, all, browser.Eval[string](p, says))
	require.Equal(t, "2", browser.Eval[string](p, `String([...document.querySelectorAll('[id="messages.reading"] .example')].indexOf(document.activeElement.closest(".example")) + 1)`))
}

// TestEachByteIsExplained: each piece of an example that is not refused says what it is.
func TestEachByteIsExplained(t *testing.T) {
	alone.Skip(t)
	for name := range documents(t) {
		pieces := 0
		for _, e := range elements(t, vendor(t, name)) {
			if strings.HasPrefix(e.attrs["class"], "piece") && e.Data == "button" {
				pieces++
				require.NotEmpty(t, e.attrs["data-says"], name)
			}
		}
		require.NotZero(t, pieces, name)
	}
}

// TestLengthsAreToldFromValues, and from values that are there twice.
func TestLengthsAreToldFromValues(t *testing.T) {
	alone.Skip(t)
	const fixed = "no field: the same in each frame, between values, or not read"
	for _, of := range []struct{ vendor, id, shown string }{
		{"redis", "commands.get", fixed + "|length of key.data|" + fixed + "|key.data = \"key\"|the end of the frame: CR LF"},
		{"modbus", "messages.fifo", "length of values|count = 2|values[0] = 440|values[1] = 4740"},
		{"nut", "messages.variables", "ups = \"dummy\"|" + fixed + "|variables[0].ups = \"dummy\""},
	} {
		var all []string
		for _, e := range elements(t, vendor(t, of.vendor)) {
			if e.attrs["id"] != of.id {
				continue
			}
			for piece := range e.Descendants() {
				for _, a := range piece.Attr {
					if a.Key == "data-says" {
						all = append(all, a.Val)
					}
				}
			}
		}
		require.Contains(t, strings.Join(all, "|"), of.shown)
	}
}

// focused is what has the focus: whether it is seen, and by which outline.
const focused = `(() => {
  const e = document.activeElement;
  if (e === document.body) return {};
  const s = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    Name: e.tagName + " " + (e.id || e.textContent.trim().slice(0, 30)),
    Stop: [...document.querySelectorAll("*")].indexOf(e),
    Outline: parseFloat(s.outlineWidth), Style: s.outlineStyle,
    Seen: e.checkVisibility() && (box.height < 300 ? [0.2] : [0.05, 0.5, 0.95]).some((part) => {
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
      const seen = document.elementFromPoint(Math.max(box.left, 0) + 3, top + part * (bottom - top));
      return box.left < innerWidth && top < bottom && seen !== null && (e.contains(seen) || seen.contains(e));
    }),
  };
})()`

// stop is where Tab leads.
type stop struct {
	Name, Style string
	Stop        int
	Outline     float64
	Seen        bool
}

// TestTheKeyboardReachesAll: Tab goes through the whole page in its order, first to the
// link that skips the head; what has the focus is seen, and not below the page's head.
func TestTheKeyboardReachesAll(t *testing.T) {
	alone.Skip(t)
	for _, width := range []int64{1280, phoneWidth} {
		p := browser.Open(t, vendor(t, "acme"), width, 900)
		tabs := browser.Eval[int](p, `[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((e) => e.tabIndex === 0 && e.checkVisibility()).length`)
		require.Greater(t, tabs, 50)
		var before stop
		for i := range tabs {
			p.Do(chromedp.KeyEvent(kb.Tab))
			now := browser.Eval[stop](p, focused)
			if i == 0 {
				require.Equal(t, "A To the content", now.Name)
			}
			require.Greater(t, now.Stop, before.Stop, "%v comes behind %v", now, before)
			require.True(t, now.Seen, "%v", now)
			require.Equal(t, "solid", now.Style, "%v", now)
			require.GreaterOrEqual(t, now.Outline, 2.0, "%v", now)
			before = now
		}
		for range tabs - 1 { // and back, where the page's head may be before what comes in
			p.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
			now := browser.Eval[stop](p, focused)
			require.Less(t, now.Stop, before.Stop, "%v comes before %v", now, before)
			require.True(t, now.Seen, "%v", now)
			before = now
		}
	}
}

// TestTheContentIsReachedAtOnce from the first stop.
func TestTheContentIsReachedAtOnce(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, vendor(t, "acme"), 1280, 900)
	p.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	p.Wait(`document.activeElement.id === "main"`)
	p.Do(chromedp.KeyEvent(kb.Tab))
	require.True(t, browser.Eval[bool](p, `document.activeElement.closest("#answers") !== null`))
}

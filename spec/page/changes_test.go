package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// reviewed is a review of some changes of all kinds.
func reviewed(t testing.TB) []byte {
	t.Helper()
	old := documents(t)["acme"]
	now := []byte(strings.NewReplacer(
		"ALARM {id:uint32}", "ALARM {id:uint16}", `send: "LIMITS {channel:uint8} {low`, `send: "LIMITS {channel:int8} {low`,
		"every: 10s, timeout: 5s", "every: 5s, timeout: 5s", "How bad it is.", "How bad.", "celsius: C,", "celsius: C, kelvin: K,",
		"    reply: label\n    idempotent: true", "    reply: label\n    timeout: 9s\n    idempotent: true",
	).Replace(string(old)))
	return render(t, now, against(t, old, now))
}

// shown are the ids of the cards that are shown.
const shown = `[...document.querySelectorAll(".thing")].filter((card) => card.checkVisibility()).map((card) => card.id).join(" ")`

// TestOnlyWhatChanged is left by the filter of a review.
func TestOnlyWhatChanged(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, reviewed(t), 1280, 900)
	all := browser.Eval[string](p, shown)
	require.Contains(t, all, "messages.reading")
	p.Do(chromedp.Click(chromedp.CSS("#only")))
	require.Equal(t, "commands.set_limits commands.get_name messages.reading messages.alarm", browser.Eval[string](p, shown))
	require.Equal(t, "answers changes session noticing commands messages settings", browser.Eval[string](p, `[...document.querySelectorAll("main > section")].filter((s) => s.checkVisibility()).map((s) => s.id).join(" ")`))
	require.Equal(t, []string{"What does this change break?", "How fast is a dead link noticed?"}, browser.Eval[[]string](p, `[...document.querySelectorAll(".answer h3")].filter((e) => e.checkVisibility()).map((e) => e.textContent)`))
	require.Empty(t, browser.Eval[[]string](p, `[...document.querySelectorAll("#settings tbody tr:not(.changed), #commands .map tbody tr:not(.changed)")].filter((e) => e.checkVisibility()).map((e) => e.id)`))
	p.Do(chromedp.Click(chromedp.CSS("#only")))
	require.Equal(t, all, browser.Eval[string](p, shown))
}

// TestAChangeLeadsToItsThing, which has the change's mark, and is on the screen.
func TestAChangeLeadsToItsThing(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, reviewed(t), 1280, 900)
	links := browser.Eval[[]string](p, `[...document.querySelectorAll("#changes a")].map((a) => a.getAttribute("href").slice(1))`)
	require.Contains(t, links, "messages.alarm.id")
	for i, id := range links {
		browser.Eval[any](p, `scrollTo(0, 0)`)
		browser.Eval[any](p, fmt.Sprintf(`document.querySelectorAll("#changes a")[%d].click()`, i))
		require.True(t, browser.Eval[bool](p, `(() => {
		  const thing = document.querySelector(":target"), box = thing.getBoundingClientRect();
		  const head = document.querySelector(".top").getBoundingClientRect().bottom;
		  return thing.querySelector(".marks, .badge") !== null && box.top >= head - 1 && box.top < innerHeight;
		})()`), id)
	}
}

// TestAReviewAnswersFirstWhatItBreaks.
func TestAReviewAnswersFirstWhatItBreaks(t *testing.T) {
	alone.Skip(t)
	for _, e := range elements(t, reviewed(t)) {
		if e.attrs["class"] == "answer" {
			require.Contains(t, e.text(), "What does this change break?")
			require.Contains(t, e.text(), "changes break something.")
			return
		}
	}
	t.Fatal("no answer")
}

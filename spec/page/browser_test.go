package page_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// TestTheThemeFollowsTheSystem, until somebody says otherwise.
func TestTheThemeFollowsTheSystem(t *testing.T) {
	alone.Skip(t)
	p := browser.Open(t, render(t, documents(t)["acme"], nil), 1280, 900)
	background := func() string { return browser.Eval[string](p, `getComputedStyle(document.body).backgroundColor`) }
	light := background()
	browser.Call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	dark := background()
	require.NotEqual(t, light, dark)
	p.Do(chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, light, background())
	p.Do(chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, dark, background())
	p.Do(chromedp.Click(chromedp.CSS("#theme")))
	require.Equal(t, "auto", browser.Eval[string](p, `document.querySelector("#theme span").textContent`))
}

// TestOnlyWhatChanged is left by the filter of a review.
func TestOnlyWhatChanged(t *testing.T) {
	alone.Skip(t)
	old := documents(t)["acme"]
	now := []byte(strings.Replace(string(old), "How bad it is.", "How bad.", 1))
	p := browser.Open(t, render(t, now, against(t, old, now)), 1280, 900)
	visible := func() string {
		return browser.Eval[string](p, `[...document.querySelectorAll(".thing")].filter((card) => card.offsetParent).map((card) => card.id).join(" ")`)
	}
	require.Contains(t, visible(), "messages.reading")
	p.Do(chromedp.Click(chromedp.CSS("#only")))
	require.Equal(t, "messages.alarm", visible())
	require.True(t, browser.Eval[bool](p, `document.querySelector("#changes").offsetParent !== null`))
	p.Do(chromedp.Click(chromedp.CSS("#only")))
	require.Contains(t, visible(), "messages.reading")
}

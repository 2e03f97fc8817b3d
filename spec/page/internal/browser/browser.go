// Package browser opens a page in a real, headless Chromium, for tests.
//
//	p := browser.Open(t, html, 1280, 900)
//	p.Do(chromedp.Click(chromedp.CSS("#theme")))
//	title := browser.Eval[string](p, "document.title")
//
// A test binary has one browser, and each page is a tab of it. Its TestMain calls [Main].
package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// limit is how long a page may take; far more than it needs, so that a hang is told
// from a slow machine.
const limit = 2 * time.Minute

var process struct {
	once sync.Once
	ctx  context.Context
	err  error
}

// Main runs a package's tests, and ends the browser behind them.
func Main(m *testing.M) {
	code := m.Run()
	if process.ctx != nil {
		_ = chromedp.Cancel(process.ctx)
	}
	os.Exit(code)
}

// start starts the one browser; without one, tests are skipped.
func start(t testing.TB) context.Context {
	t.Helper()
	process.once.Do(launch)
	if errors.Is(process.err, exec.ErrNotFound) {
		t.Skip("no chromium: make deps, as root on Debian, installs it")
	}
	require.NoError(t, process.err)
	return process.ctx
}

// launch starts a browser that asks nobody anything: no updates, no look for a network.
func launch() {
	process.ctx, _ = chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(
		chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true)))
	process.err = chromedp.Do(process.ctx)
}

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
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// limit is how long a page may take; far more than it needs, so that a hang is told
// from a slow machine.
const limit = 2 * time.Minute

// Page is a tab.
type Page struct {
	t   testing.TB
	ctx context.Context

	lock       sync.Mutex
	complaints []string
}

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

// Open shows a page of that size, in CSS pixels. What it complains about on its console
// fails the test.
func Open(t testing.TB, html []byte, width, height int64) *Page {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(file, html, 0o600))
	p := &Page{t: t}
	ctx, closed := chromedp.NewContext(start(t), chromedp.WithListener(p.listen))
	t.Cleanup(closed)
	ctx, cancel := context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	p.ctx = ctx
	t.Cleanup(func() {
		p.lock.Lock()
		defer p.lock.Unlock()
		require.Empty(t, p.complaints, "what the page complains about")
	})
	p.Do(chromedp.EmulateViewport(width, height), chromedp.Navigate("file://"+file))
	return p
}

func (p *Page) listen(event any) {
	p.lock.Lock()
	defer p.lock.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.complaints = append(p.complaints, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, fmt.Sprintf("console.%s %v", e.Type, e.Args))
	}
}

// Do does something on the page.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, steps...))
}

// Call is a command of the browser's own protocol.
func Call[P, R any](p *Page, command cdp.Command[P, R], params P) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	}))
}

// Run is the value of an action: a screenshot's picture, for one.
func Run[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, action)
	require.NoError(p.t, err)
	return v
}

// Eval is the value of an expression of the page's script.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	require.NoError(p.t, err, expression)
	return v
}

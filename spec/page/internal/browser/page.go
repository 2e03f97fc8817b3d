package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Page is a tab.
type Page struct {
	t    testing.TB
	ctx  context.Context
	file string

	lock       sync.Mutex
	complaints []string
	requests   []request
}

// request is one that the page made, or would have made.
type request struct {
	id      network.RequestID
	address string
}

// Open shows a page of that size, in CSS pixels. What it complains about on its console
// fails the test.
func Open(t testing.TB, html []byte, width, height int64) *Page {
	t.Helper()
	p := Blank(t, width, height)
	p.Show(html)
	return p
}

// Blank is a tab with nothing in it yet.
func Blank(t testing.TB, width, height int64) *Page {
	t.Helper()
	p := &Page{t: t, file: filepath.Join(t.TempDir(), "page.html")}
	ctx, closed := chromedp.NewContext(start(t), chromedp.WithListener(p.listen))
	t.Cleanup(closed)
	ctx, cancel := context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	p.ctx = ctx
	t.Cleanup(func() { require.Empty(t, p.Complaints(), "what the page complains about") })
	Call(p, network.Enable, network.EnableParams{})
	p.Size(width, height)
	return p
}

// Show shows a page.
func (p *Page) Show(html []byte) {
	p.t.Helper()
	require.NoError(p.t, os.WriteFile(p.file, html, 0o600))
	p.Do(chromedp.Navigate(p.Address()))
}

// Address is the page's own.
func (p *Page) Address() string { return "file://" + p.file }

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
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, request{e.RequestID, e.Request.URL})
	case *network.EventLoadingFailed:
		if e.BlockedReason == network.BlockedReasonCsp { // it was not made
			p.requests = slices.DeleteFunc(p.requests, func(r request) bool { return r.id == e.RequestID })
		}
	}
}

// Complaints are what the page has complained about so far; they count no more.
func (p *Page) Complaints() []string {
	p.lock.Lock()
	defer p.lock.Unlock()
	all := p.complaints
	p.complaints = nil
	return all
}

// Requests are the addresses that the page has asked for, its own included.
func (p *Page) Requests() (all []string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, r := range p.requests {
		all = append(all, r.address)
	}
	return all
}

// Size makes the window larger or smaller.
func (p *Page) Size(width, height int64) {
	p.t.Helper()
	p.Do(chromedp.EmulateViewport(width, height))
}

// Media shows the page as that medium does (print; empty: the screen), to somebody who
// has wishes: names and their values.
func (p *Page) Media(medium string, wishes ...string) {
	p.t.Helper()
	params := emulation.SetEmulatedMediaParams{Media: medium}
	for i := 0; i < len(wishes); i += 2 {
		params.Features = append(params.Features, &emulation.MediaFeature{Name: wishes[i], Value: wishes[i+1]})
	}
	Call(p, emulation.SetEmulatedMedia, params)
}

// Wait waits until an expression of the page's script is true.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return Eval[bool](p, expression) }, limit/2, limit/4000, expression)
}

// Do does something on the page.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, steps...))
}

// Call is a command of the browser's own protocol.
func Call[P, R any](p *Page, command cdp.Command[P, R], params P) {
	p.t.Helper()
	Ask(p, command, params)
}

// Ask is a command with its answer.
func Ask[P, R any](p *Page, command cdp.Command[P, R], params P) (answer R) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		answer, err = cdp.Call(ctx, t, command, params)
		return err
	}))
	return answer
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

// Await is what the expression's promise comes to.
func Await[T any](p *Page, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(p.t, err)
	return v
}

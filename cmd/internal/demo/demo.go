// Package demo is the story that `linewright demo` tells: a document becomes a
// client, which talks to a fake device over TCP; the device becomes a black
// hole, the client notices, backs off, and is back soon after the device is.
// Each step says what was bound and what was measured.
//
// [Run] is the whole of it. demo.yaml is the document; its heartbeat is quicker
// than a real device's, so that nobody has to wait. story.go prints, act.go is
// what happens.
package demo

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"time"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

//go:embed demo.yaml
var document string

// limit bounds the whole story; it takes about a fifth of it.
const limit = time.Minute

// Run tells the story on out. The error says what did not happen.
func Run(ctx context.Context, out io.Writer) error {
	return run(ctx, out, func(d *device.Device) (string, []runtime.Option, error) {
		addr, err := d.Listen("127.0.0.1:0")
		return addr, nil, err
	})
}

// reach makes a device reachable: the address for the client, and its options.
type reach func(d *device.Device) (addr string, opts []runtime.Option, err error)

func run(ctx context.Context, out io.Writer, reach reach) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	protocol, err := open()
	if err != nil {
		return err
	}
	d := protocol.Device()
	defer d.Close()
	addr, opts, err := reach(d)
	if err != nil {
		return err
	}
	a, err := newAct(ctx, out, protocol, addr, opts)
	if err != nil {
		return err
	}
	defer a.client.Close()
	a.introduce(addr)
	return a.play(ctx, d)
}

// open loads the document, which the tests have shown to be a good one.
func open() (*dynamic.Protocol, error) {
	m, findings := spec.Load("demo.yaml", []byte(document))
	if len(findings) > 0 {
		return nil, fmt.Errorf("demo.yaml has %d findings, the first: %s", len(findings), findings[0].Message)
	}
	return dynamic.Open(m)
}

// bound is the longest that a silent peer stays unnoticed: design.md,
// invariant 3.
func bound(l model.Liveness) time.Duration {
	return l.Probe.Every + time.Duration(l.Probe.Misses)*l.Probe.Timeout
}

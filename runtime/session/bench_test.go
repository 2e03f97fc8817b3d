package session_test

import (
	"testing"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// BenchmarkRoundTrip is what a session takes for a command and its reply.
func BenchmarkRoundTrip(b *testing.B) {
	r := newRig(b, plantest.Acme(plantest.InFlight(8)))
	r.connect()
	r.recv("OK\n")
	call := plantest.Read(r.plan, 1)
	reply := []byte("READING 1 21.5 C\n")
	e, fx := r.s.Epoch(), r.s.Effects()
	b.ReportAllocs()
	for b.Loop() {
		r.s.Submit(r.now, call)
		r.s.Batch(r.now, e)
		r.s.Wrote(r.now, e, nil)
		r.s.Batch(r.now, e)
		r.s.Input(r.now, e, reply)
		if len(fx.Finished) != 1 || call.Message == session.None {
			b.Fatal(call.Err)
		}
		fx.Reset()
	}
}

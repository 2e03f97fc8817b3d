package handmade

import (
	"sync"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Polling is the store with a long poll, which is interrupted for each command.
func Polling() *storm.Workload {
	w := Order()
	w.Name = "polling"
	w.Plan = func(seed uint64) *session.Plan {
		return plantest.Polling(plantest.Also(stubborn), liveness[seed%5])
	}
	serve := w.Serve
	w.Serve = func(f *storm.Fake) {
		serve(f)
		var mu sync.Mutex
		waiting := map[int]*device.Request{}
		f.Handle("idle", func(r *device.Request) {
			mu.Lock()
			defer mu.Unlock()
			waiting[r.Conn] = r
		})
		f.Handle("noidle", func(r *device.Request) {
			mu.Lock()
			defer mu.Unlock()
			if idle := waiting[r.Conn]; idle != nil {
				delete(waiting, r.Conn)
				idle.Reply("*changed")
			}
		})
	}
	w.Ack = "+PONG\r\n"
	return w
}

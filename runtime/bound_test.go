package runtime

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
)

// busyMachine is how late a bare timer may be before a test in real time says
// nothing about the client.
const busyMachine = 50 * time.Millisecond

// descheduled is how long the system may take one of our threads from its
// processor while the control timer runs on another one. Only virtual time can
// judge the bound exactly.
const descheduled = time.Second

// TestBoundInRealTime over TCP, with a peer that goes silent: idle, and while
// 64 callers publish to it. The allowance is 5 ms, and what bare timers in this
// process are late by at the same time.
func TestBoundInRealTime(t *testing.T) {
	const publishers = 64
	for name, busy := range map[string]int{"idle": 0, "publishing": publishers} {
		t.Run(name, func(t *testing.T) {
			plan := plantest.Lasting(plantest.Probing(300*time.Millisecond, 200*time.Millisecond))
			plan.Timeouts.Write, plan.Timeouts.Ready = time.Minute, time.Millisecond
			bound := plantest.Bound(plan)
			r := newRig(t, plan)
			addr, err := r.device.Listen("127.0.0.1:0")
			require.NoError(t, err)
			r.Client, err = New(plan, addr, someone())
			require.NoError(t, err)
			defer r.close()
			r.up()
			for range busy {
				go func() {
					for r.State() == Ready || r.State() == Suspect {
						ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
						_, _ = r.try(ctx, plantest.Pub(plan, "a", make([]byte, 1000)))
						cancel()
					}
				}()
			}
			late := lateness()
			before := time.Now() // the last byte came earlier, or is on its way
			r.device.BlackHole()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			for ch := range r.States(ctx) {
				if ch.To == Backoff {
					require.ErrorIs(t, ch.Err, ErrPeerSilent)
					break
				}
			}
			noticed, control := time.Since(before), late()
			t.Logf("noticed after %v, bound %v, control timer late by %v", noticed, bound, control)
			if control > busyMachine {
				t.Log("this machine is too busy to judge; virtual time does")
				return
			}
			require.Less(t, noticed, bound+5*time.Millisecond+2*control+descheduled)
		})
	}
}

package runtime

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
)

// FuzzConsumers compares a subscription that several loops read with a slice: what
// is held, what is dropped and who gets what are the same, however much a loop has
// taken at once. A frame stays as it is until its loop asks for the next one.
func FuzzConsumers(f *testing.F) {
	f.Add([]byte{50, 60, 0, 70, 80, 90, 0, 1, 100, 4, 0, 1, 1, 1}, uint8(DropOldest))
	for policy := range DropOldest + 3 {
		f.Add([]byte{200, 200, 0, 240, 1, 0, 5, 50, 60, 70, 4, 0, 3, 1, 1, 2}, uint8(policy))
	}
	f.Add(bytes.Repeat([]byte{200, 90, 0, 4, 1, 240}, 40), uint8(DropOldest))
	f.Fuzz(func(t *testing.T, ops []byte, policy uint8) {
		const limit = 1500
		c := subscriber(limit, Overflow(policy%3))
		s := c.Subscribe(Filter{})
		loops := [3]*consumer{{s: s}, {s: s}, {s: s}}
		var yielded [3][2]string // the frame, and what it was
		var model []string
		dropped, ended, used := 0, false, 0
		for i, op := range ops {
			switch n := int(op) % 6; {
			case op >= 12: // a frame comes
				frame := strings.Repeat(string(rune('a'+i%26)), int(op)*int(op)/64)
				c.deliver(arrivals(len(frame), frame))
				for size := len(frame) + ringHeader; !ended && size > 0; {
					switch {
					case used == 0 || used+size <= limit:
						model, used, size = append(model, frame), used+size, 0
					case s.overflow == DropOldest:
						used -= len(model[0]) + ringHeader
						model, dropped = model[1:], dropped+1
					default:
						size, dropped, ended = 0, dropped+1, s.overflow == CloseSubscription
					}
				}
			case n < 3: // a loop goes on
				message, frame, state := loops[n].next()
				want := empty
				switch {
				case len(model) > 0:
					want = held
					require.Equal(t, model[0], string(frame))
					require.Equal(t, len(frame), message)
					used -= len(frame) + ringHeader
					model = model[1:]
				case ended:
					want = over
				}
				require.Equal(t, want, state)
				yielded[n] = [2]string{unsafe.String(unsafe.SliceData(frame), len(frame)), string(frame)}
			default: // a loop ends, and another begins
				loops[n-3].leave()
				loops[n-3] = &consumer{s: s}
			}
			for _, y := range yielded {
				require.Equal(t, y[1], y[0])
			}
			require.EqualValues(t, dropped, s.Dropped())
			require.Equal(t, len(model) == 0, s.empty())
		}
		s.Close()
		for _, l := range loops {
			_, _, state := l.next()
			require.Equal(t, over, state, "what it held is forgotten")
		}
	})
}

// A loop that is busy with a frame keeps only that from the others.
func TestSlowLoopKeepsNothingBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := subscriber(1000, DropOldest)
		s := c.Subscribe(Filter{})
		c.deliver(arrivals(0, "0", "1", "2"))
		busy := make(chan struct{})
		var first, others []string
		var wg sync.WaitGroup
		wg.Go(func() {
			for _, frame := range s.Frames(t.Context()) {
				<-busy
				first = append(first, string(frame))
			}
		})
		synctest.Wait()
		wg.Go(func() {
			for _, frame := range s.Frames(t.Context()) {
				others = append(others, string(frame))
			}
		})
		synctest.Wait()
		c.deliver(arrivals(0, "3", "4"))
		synctest.Wait()
		require.Equal(t, []string{"1", "2", "3", "4"}, others)
		close(busy)
		synctest.Wait()
		require.Equal(t, []string{"0"}, first)
		c.routes().close(ErrClosed)
		wg.Wait()
	})
}

// A frame stays as it was for a loop that is slow with it, and for one that was left
// with it, while others go on.
func TestFramesStayAsTheyAre(t *testing.T) {
	c := subscriber(1000, DropOldest)
	s := c.Subscribe(Filter{})
	takes := func(l *consumer, want string) []byte {
		_, frame, state := l.next()
		require.Equal(t, held, state)
		require.Equal(t, want, string(frame))
		return frame
	}
	left, slow, quick := &consumer{s: s}, &consumer{s: s}, &consumer{s: s}
	c.deliver(arrivals(0, "0", "1", "2"))
	last := takes(left, "0")
	left.leave()
	takes(quick, "1")
	own := takes(slow, "2")
	for i := range 10 {
		frames := []string{strings.Repeat("x", i), strings.Repeat("y", 20)}
		c.deliver(arrivals(0, frames...))
		takes(quick, frames[0])
		if i == 5 {
			own = takes(slow, frames[1])
			continue
		}
		takes(quick, frames[1])
		require.Equal(t, "0", string(last))
		require.Contains(t, []string{"2", strings.Repeat("y", 20)}, string(own))
	}
}

// TestCloseFromTheBody: what the loop has taken at once is forgotten, too.
func TestCloseFromTheBody(t *testing.T) {
	c := subscriber(1000, DropOldest)
	s := c.Subscribe(Filter{})
	c.deliver(arrivals(0, "0", "1", "2"))
	n := 0
	for range s.Frames(t.Context()) {
		n++
		s.Close()
	}
	require.Equal(t, 1, n)
}

// Frames that are dropped while loops read, without the lock, what they have taken
// are dropped or read, in order and as they came.
func TestDroppedWhileTheyAreRead(t *testing.T) {
	const frames = 20_000
	c := subscriber(300, DropOldest)
	s := c.Subscribe(Filter{})
	var mu sync.Mutex
	var got []int
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			last := -1
			for message, frame := range s.Frames(t.Context()) {
				if message <= last || string(frame) != text(message) {
					t.Errorf("%q after %d is not %d", frame, last, message)
				}
				last = message
				mu.Lock()
				got = append(got, message)
				mu.Unlock()
			}
		})
	}
	r := rand.New(rand.NewPCG(1, 2))
	sent := 0
	for sent < frames {
		events := make([]session.Arrival, 1+r.IntN(20))
		for i := range events {
			events[i] = session.Arrival{Message: sent + i, Frame: []byte(text(sent + i))}
		}
		sent += len(events)
		c.deliver(events)
		if r.IntN(4) == 0 {
			runtime.Gosched()
		}
	}
	c.routes().close(ErrClosed)
	wg.Wait()
	slices.Sort(got)
	require.Len(t, slices.Compact(got), sent-int(s.Dropped()), "each once, or dropped")
}

func text(i int) string { return strings.Repeat(fmt.Sprint(i), 1+i%3) }

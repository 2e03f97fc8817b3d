package runtime

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInboxMemoryFollowsWhatArrived(t *testing.T) {
	var in inbox
	for arrived := 0; arrived < 100_000; arrived += 100 {
		room := in.room(64 << 20) // what the peer announces
		require.NotEmpty(t, room)
		in.took(min(100, len(room)))
		require.LessOrEqual(t, len(in.buf), max(2*(in.fill+100), 2*inboxUsual), "after %d bytes", arrived)
		in.done(0)
	}
}

func TestInboxGrowsWhileReadsFillIt(t *testing.T) {
	for _, frame := range []int{1, 7, 71, 100} { // its end is seldom that of a read
		var in inbox
		reads := 0
		for ; len(in.buf) < inboxUsual; reads++ {
			require.Less(t, reads, 10, "frames of %d bytes", frame)
			in.took(len(in.room(1)))
			in.done(in.fill / frame * frame)
		}
		require.GreaterOrEqual(t, reads, 7, "512 B to 64 KiB in doublings")
		in.took(len(in.room(1)))
		in.done(in.fill / frame * frame)
		require.Len(t, in.buf, inboxUsual)
	}
}

func TestInboxShrinks(t *testing.T) {
	var in inbox
	for range 8 {
		n := len(in.room(0))
		in.took(n)
		in.done(n)
	}
	require.Len(t, in.buf, inboxUsual)
	for reads := 0; len(in.buf) > inboxStart; reads++ {
		require.Less(t, reads, 8*inboxPatience)
		in.room(0)
		in.took(10)
		in.done(10)
	}

	for in.fill < 1<<20 { // one large frame
		in.took(len(in.room(1<<20 - in.fill)))
		in.done(0)
	}
	in.done(in.fill)
	require.Len(t, in.buf, inboxUsual, "gone with the frame")
}

// TestInboxKeepsWhatFramesNeed, where they need it again and again: to make it anew for
// each costs more than the frame.
func TestInboxKeepsWhatFramesNeed(t *testing.T) {
	var in inbox
	const frame = inboxUsual + 20
	whole := func() {
		for in.fill < frame {
			in.took(min(frame-in.fill, len(in.room(frame-in.fill))))
			in.done(0)
		}
		in.done(frame)
	}
	for range 10 { // it grows
		whole()
	}
	require.Zero(t, testing.AllocsPerRun(100, whole))
	for range 20 * inboxPatience {
		in.room(10)
		in.took(10)
		in.done(10)
	}
	require.Len(t, in.buf, inboxStart, "forgotten when it was not needed for long")
}

// FuzzInbox: whatever is consumed when, the bytes stay in order.
func FuzzInbox(f *testing.F) {
	f.Add([]byte{255, 0, 255, 0, 255, 255, 3, 3, 200, 255}, uint16(4000))
	f.Fuzz(func(t *testing.T, ops []byte, need uint16) {
		var in inbox
		var model []byte
		next := byte(0)
		for i, op := range ops {
			if i%2 == 0 {
				room := in.room(int(need))
				n := 1 + int(op)*len(room)/256
				n = min(n, len(room))
				for j := range n {
					room[j] = next
					model = append(model, next)
					next++
				}
				require.True(t, bytes.Equal(model, in.took(n)))
				continue
			}
			n := int(op) * in.fill / 255
			in.done(n)
			model = model[n:]
		}
		require.True(t, bytes.Equal(model, in.buf[:in.fill]))
	})
}

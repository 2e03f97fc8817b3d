package runtime

import (
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// overTCP is a client of a device at a real socket, which is READY.
func overTCP(t *testing.T, plan *session.Plan) *rig {
	r := newRig(t, plan)
	addr, err := r.device.Listen("127.0.0.1:0")
	require.NoError(t, err)
	r.Client, err = New(plan, addr, someone(), WithEngine(nil))
	require.NoError(t, err)
	t.Cleanup(r.close)
	r.up()
	return r
}

func (r *rig) alarmNow() alarm {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.alarm
}

// TestTheReaderIsTheAlarm of a link that waits in the poller; the timer is gone, and
// comes back with the link's end.
func TestTheReaderIsTheAlarm(t *testing.T) {
	plan := plantest.Acme()
	plan.Reconnect.Initial, plan.Reconnect.Max = time.Hour, time.Hour
	r := overTCP(t, plan)
	a := r.alarmNow()
	require.True(t, a.linked && a.set)
	require.Nil(t, a.timer)
	require.NoError(t, r.device.Close())
	r.await(Backoff)
	a = r.alarmNow()
	require.True(t, a.set && !a.linked)
	require.NotNil(t, a.timer)
}

// TestAnAlarmThatRangForNothingIsSilent: the read deadline of the login has passed, and
// nothing is due any more. What comes is read all the same.
func TestAnAlarmThatRangForNothingIsSilent(t *testing.T) {
	plan := plantest.Acme()
	plan.Liveness = session.Liveness{}
	plan.Timeouts.Login = 300 * time.Millisecond
	r := overTCP(t, plan)
	for r.alarmNow().set {
		<-time.After(time.Millisecond)
	}
	require.False(t, r.alarmNow().rang)
	r.mustRead(3)
	require.Equal(t, uint64(1), r.Stats().Links)
}

// TestAStrippedConnectionGoesOn: it is the same one for the kernel and the peer.
func TestAStrippedConnectionGoesOn(t *testing.T) {
	ours, theirs := pair(t)
	_, err := theirs.Write([]byte("before"))
	require.NoError(t, err)
	s := newSocket(stripped(ours))
	require.True(t, s.tries())
	require.IsType(t, bare{}, s.raw)
	_, err = ours.Write([]byte("x"))
	require.ErrorIs(t, err, net.ErrClosed, "nobody else has it")

	_, err = theirs.Write([]byte(" and after"))
	require.NoError(t, err)
	in := make([]byte, len("before and after"))
	_, err = io.ReadFull(s.conn(), in)
	require.NoError(t, err)
	require.Equal(t, "before and after", string(in))
	require.NoError(t, s.raw.SetReadDeadline(time.Unix(1, 0)))
	_, err = s.direct.read(&inbox{need: 1})
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)

	n, err := s.try([]byte("last words"))
	require.NoError(t, err)
	require.Equal(t, len("last words"), n)
	require.NoError(t, s.tcp().CloseWrite())
	out, err := io.ReadAll(theirs)
	require.NoError(t, err, "an end in order")
	require.Equal(t, "last words", string(out))
}

// TestAStrippedConnectionIsReset as any other.
func TestAStrippedConnectionIsReset(t *testing.T) {
	ours, theirs := pair(t)
	l := newLink(session.Dial{Epoch: 1, Timeout: time.Minute}, nil)
	l.attach(newSocket(stripped(ours)))
	l.abort()
	<-l.endings().closed.done()
	_, err := io.Copy(io.Discard, theirs)
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

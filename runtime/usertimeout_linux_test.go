package runtime

import (
	"io"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestTheKernelSaysWhyItGaveUp: where the user timeout ends a link while a
// write is stuck, the kernel tells the reason only once, and the other half of
// the link gets EOF, as if the peer had closed it.
func TestTheKernelSaysWhyItGaveUp(t *testing.T) {
	ours, _ := pair(t)
	require.NoError(t, setUserTimeout(ours, 300*time.Millisecond))
	c, err := New(plantest.Acme(), ours.RemoteAddr().String(), someone())
	require.NoError(t, err)
	defer c.Close()
	l := newLink(session.Dial{Epoch: 1, Timeout: time.Minute}, nil)
	l.attach(newSocket(ours))

	_, failed := ours.Write(make([]byte, 64<<20)) // to a peer that does not read
	require.ErrorIs(t, failed, syscall.ETIMEDOUT)
	_, eof := ours.Read(make([]byte, 1))
	require.ErrorIs(t, eof, io.EOF)
	l.users++ // the writer, beside the reader
	c.wrote(l, failed)
	require.ErrorIs(t, l.reason(eof), syscall.ETIMEDOUT)
}

// TestThePeersEndIsTheReason whatever a write says.
func TestThePeersEndIsTheReason(t *testing.T) {
	ours, theirs := pair(t)
	l := newLink(session.Dial{Epoch: 1, Timeout: time.Minute}, nil)
	l.attach(newSocket(ours))
	require.NoError(t, theirs.CloseWrite())
	_, eof := ours.Read(make([]byte, 1))
	l.endings().why = syscall.ETIMEDOUT
	l.endings().unsent.fire()
	require.Equal(t, io.EOF, l.reason(eof))
}

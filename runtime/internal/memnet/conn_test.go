package memnet_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/memnet"
)

var _ net.Conn = (*memnet.Conn)(nil)

// in runs a test in a bubble, on the two ends of a small pipe.
func in(t *testing.T, buffer int, test func(t *testing.T, a, b *memnet.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		a, b := memnet.Pipe(buffer, "client", "device")
		test(t, a, b)
		_ = a.Close()
		_ = b.Close()
	})
}

func read(t *testing.T, c net.Conn, want string) {
	t.Helper()
	buf := make([]byte, 100)
	n, err := c.Read(buf)
	require.NoError(t, err)
	require.Equal(t, want, string(buf[:n]))
}

func TestWriteDoesNotWaitForRead(t *testing.T) {
	in(t, 0, func(t *testing.T, a, b *memnet.Conn) {
		for _, piece := range []string{"one", "two"} {
			n, err := a.Write([]byte(piece))
			require.NoError(t, err)
			require.Equal(t, 3, n)
		}
		require.Equal(t, 6, a.Buffered())
		read(t, b, "one")
		read(t, b, "two")
		require.Equal(t, "client", b.RemoteAddr().String())
	})
}

func TestReadTakesAPieceInParts(t *testing.T) {
	in(t, 0, func(t *testing.T, a, b *memnet.Conn) {
		_, _ = a.Write([]byte("three"))
		buf := make([]byte, 3)
		n, err := b.Read(buf)
		require.NoError(t, err)
		require.Equal(t, "thr", string(buf[:n]))
		read(t, b, "ee")
	})
}

func TestFullBufferBlocksUntilRead(t *testing.T) {
	in(t, 4, func(t *testing.T, a, b *memnet.Conn) {
		start := time.Now()
		go func() {
			time.Sleep(time.Second)
			got, _ := io.ReadAll(io.LimitReader(b, 10))
			_, _ = b.Write(got[8:])
		}()
		n, err := a.Write([]byte("0123456789"))
		require.NoError(t, err)
		require.Equal(t, 10, n)
		require.Equal(t, time.Second, time.Since(start))
		read(t, a, "89")
	})
}

func TestDeadlines(t *testing.T) {
	in(t, 4, func(t *testing.T, a, b *memnet.Conn) {
		start := time.Now()
		require.NoError(t, a.SetDeadline(start.Add(2*time.Second)))
		n, err := a.Write([]byte("012345"))
		require.Equal(t, 4, n)
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		var timeout net.Error
		require.ErrorAs(t, err, &timeout)
		require.True(t, timeout.Timeout())
		require.Equal(t, 2*time.Second, time.Since(start))

		_, err = a.Read(make([]byte, 1))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)

		require.NoError(t, a.SetReadDeadline(time.Time{}))
		_, _ = b.Write([]byte("x"))
		read(t, a, "x")
	})
}

func TestDeadlineMovedWhileReading(t *testing.T) {
	in(t, 0, func(t *testing.T, a, _ *memnet.Conn) {
		start := time.Now()
		_ = a.SetReadDeadline(start.Add(time.Hour))
		time.AfterFunc(time.Second, func() { _ = a.SetReadDeadline(start.Add(3 * time.Second)) })
		_, err := a.Read(make([]byte, 1))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Equal(t, 3*time.Second, time.Since(start))
	})
}

func TestHalfClose(t *testing.T) {
	in(t, 0, func(t *testing.T, a, b *memnet.Conn) {
		_, _ = a.Write([]byte("last"))
		require.NoError(t, a.CloseWrite())
		_, err := a.Write([]byte("more"))
		require.ErrorIs(t, err, syscall.EPIPE)
		read(t, b, "last")
		_, err = b.Read(make([]byte, 1))
		require.Equal(t, io.EOF, err)

		_, err = b.Write([]byte("still"))
		require.NoError(t, err)
		read(t, a, "still")
	})
}

func TestCloseDeliversAndThenEnds(t *testing.T) {
	in(t, 0, func(t *testing.T, a, b *memnet.Conn) {
		_, _ = a.Write([]byte("last"))
		require.NoError(t, a.Close())
		require.ErrorIs(t, a.Close(), net.ErrClosed)
		read(t, b, "last")
		_, err := b.Read(make([]byte, 1))
		require.Equal(t, io.EOF, err)

		_, err = b.Write([]byte("into the void"))
		require.NoError(t, err, "the first write is taken by the kernel")
		_, err = b.Write([]byte("again"))
		require.ErrorIs(t, err, syscall.ECONNRESET)
	})
}

func TestResetDropsWhatIsUnread(t *testing.T) {
	in(t, 0, func(t *testing.T, a, b *memnet.Conn) {
		_, _ = a.Write([]byte("stale command"))
		require.NoError(t, a.SetLinger(0))
		require.NoError(t, a.Close())
		_, err := b.Read(make([]byte, 100))
		require.ErrorIs(t, err, syscall.ECONNRESET)
		_, err = b.Write([]byte("x"))
		require.ErrorIs(t, err, syscall.ECONNRESET)
	})
}

func TestCloseWithUnreadInputResets(t *testing.T) {
	in(t, 0, func(t *testing.T, a, b *memnet.Conn) {
		_, _ = b.Write([]byte("never read"))
		require.NoError(t, a.Close())
		_, err := b.Read(make([]byte, 1))
		require.ErrorIs(t, err, syscall.ECONNRESET)
	})
}

func TestCloseFreesReaderAndWriter(t *testing.T) {
	for name, end := range map[string]func(a, b *memnet.Conn){
		"own close":  func(a, _ *memnet.Conn) { _ = a.Close() },
		"peer reset": func(_, b *memnet.Conn) { _ = b.SetLinger(0); _ = b.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			in(t, 4, func(t *testing.T, a, b *memnet.Conn) {
				errs := make(chan error, 2)
				go func() { _, err := a.Read(make([]byte, 1)); errs <- err }()
				go func() { _, err := a.Write([]byte("too long")); errs <- err }()
				synctest.Wait()
				end(a, b)
				for range 2 {
					err := <-errs
					require.True(t, errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNRESET), "%v", err)
				}
			})
		})
	}
}

func TestEverythingArrives(t *testing.T) {
	in(t, 1000, func(t *testing.T, a, b *memnet.Conn) {
		want := bytes.Repeat([]byte("0123456789abcdef"), 4096)
		var wg sync.WaitGroup
		for _, ends := range [][2]*memnet.Conn{{a, b}, {b, a}} {
			wg.Go(func() {
				for i := 0; i < len(want); i += 777 {
					_, _ = ends[0].Write(want[i:min(i+777, len(want))])
				}
				_ = ends[0].CloseWrite()
			})
			wg.Go(func() {
				got, err := io.ReadAll(ends[1])
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("got %d bytes, %v", len(got), err)
				}
			})
		}
		wg.Wait()
	})
}

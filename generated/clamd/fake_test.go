package clamd_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/clamd"
	"github.com/linewright/linewright/generated/clamd/clamdtest"
)

// connect makes a fake and a client of it; both end with the test.
func connect(t *testing.T) (*clamdtest.Device, *clamd.Client) {
	device := clamdtest.New()
	c, err := device.Dial(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { c.Close(); device.Close() })
	return device, c
}

// TestOnTheWire: byte by byte what is sent.
func TestOnTheWire(t *testing.T) {
	for want, request := range map[string]interface{ AppendFrame([]byte) ([]byte, error) }{
		"zPING\x00":            &clamd.PingRequest{},
		"zSCAN /a b\x00":       &clamd.ScanRequest{Path: "/a b"},
		"zCONTSCAN /a\x00":     &clamd.ScanOnRequest{Path: "/a"},
		"zMULTISCAN /a\x00":    &clamd.ScanParallelRequest{Path: "/a"},
		"zALLMATCHSCAN /a\x00": &clamd.ScanAllMatchesRequest{Path: "/a"},
		"zINSTREAM\x00\x00\x00\x00\x02hi\x00\x00\x00\x00": &clamd.ScanDataRequest{Data: []byte("hi")},
		"zINSTREAM\x00\x00\x00\x00\x00\x00\x00\x00\x00":   &clamd.ScanDataRequest{},
	} {
		got, err := request.AppendFrame(nil)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
}

// TestUntilTheEnd: what came before an error is returned with it.
func TestUntilTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		found, denied := clamd.Found{Path: "/x/a", Signature: "S"}, clamd.Unreadable{Text: "/x/b: Access denied."}
		device.HandleScanOn(func(r *clamdtest.ScanOnRequest) {
			r.ReplyFound(found)
			r.ReplyUnreadable(denied)
			if r.Path == "/wrong" {
				r.ReplyUnknownCommand()
			}
		})
		want := []clamd.ScanOnItem{&found, &denied}
		items, err := c.ScanOn(t.Context(), "/x")
		require.NoError(t, err)
		require.Equal(t, want, items)
		items, err = c.ScanOn(t.Context(), "/wrong")
		var unknown *clamd.UnknownCommand
		require.ErrorAs(t, err, &unknown)
		require.Equal(t, want, items)
	})
}

// TestSilent: a daemon that says nothing is given up when its answer is overdue.
func TestSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		device.HandleScan(func(*clamdtest.ScanRequest) {})
		start := time.Now()
		_, err := c.Scan(t.Context(), "/x")
		require.ErrorIs(t, err, clamd.ErrTimeout)
		require.Equal(t, 5*time.Minute, time.Since(start))
		require.NoError(t, c.Ping(t.Context()))
	})
}

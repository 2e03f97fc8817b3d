package device

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A history is bounded by the bytes of its frames, too, and loses the oldest.
func TestHistoryOfLargeFramesIsBounded(t *testing.T) {
	r := recorder{max: 1000, room: 1000}
	most := 0
	for n := range 500 {
		r.add(Record{Conn: n, Frame: make([]byte, 100)})
		most = max(most, len(r.kept))
		h := r.records()
		require.Equal(t, n, h[len(h)-1].Conn)
		require.Equal(t, n-len(h)+1, h[0].Conn)
		require.GreaterOrEqual(t, len(h), min(n+1, 10))
	}
	require.Equal(t, 20, most)
	r.add(Record{Conn: 500, Frame: make([]byte, 5000)})
	r.add(Record{Conn: 501})
	require.Len(t, r.records(), 1, "a frame without room is the first to go")
}

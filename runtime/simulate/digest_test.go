package simulate

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
)

func TestDigestTellsApart(t *testing.T) {
	seen := map[uint64]bool{}
	for _, a := range []any{
		nil, 1, uint64(2), 0.5, time.Second, session.Ready, "", "a", "ab", "abcdefgh", "abcdefghi",
		[]byte("abcdefgh\x00"), []byte("abcdefgh"), errors.New("x"),
		[]string{"y"},
	} {
		d := newDigest()
		d.any(a)
		d.any("then")
		require.False(t, seen[d.value()], "%v", a)
		seen[d.value()] = true
	}
}

func TestDigestDoesNotChange(t *testing.T) {
	d := newDigest()
	d.text("the same in every process")
	d.bytes([]byte("and on every machine"))
	require.Equal(t, uint64(0x36b4025695a6c7c6), d.value())
}

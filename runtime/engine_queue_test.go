package runtime

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestQueueIsInOrder, whatever clients do: they come, go, and change their turn.
func TestQueueIsInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var q queue
	turns := map[*Client]time.Duration{}
	anyone := func() *Client {
		for c := range turns {
			return c
		}
		return new(Client) // of whom the queue knows nothing
	}
	for range 20_000 {
		switch c := anyone(); r.IntN(5) {
		case 0, 1:
			c = new(Client)
			q.add(c)
			turns[c] = never
		case 2:
			q.remove(c)
			delete(turns, c)
		default:
			at := time.Duration(r.IntN(1000))
			q.set(c, at)
			if _, ok := turns[c]; ok {
				turns[c] = at
			}
		}
		first := never
		for _, at := range turns {
			first = min(first, at)
		}
		require.Equal(t, first, q.first())
		require.Len(t, q, len(turns))
		if len(turns) > 40 {
			clear(turns)
			for len(q) > 0 {
				q.remove(q[len(q)/2].client)
			}
		}
	}
	for i := range q {
		require.EqualValues(t, i+1, q[i].client.alarm.place)
		require.Equal(t, turns[q[i].client], q[i].at)
	}
}

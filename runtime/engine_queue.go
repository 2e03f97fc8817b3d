package runtime

import (
	"math"
	"time"
)

// queue is the clients of an engine, the one that is due next first: a heap, in
// which each has four below it. Every client is in it, for as long as it runs.
type queue []turn

// turn is when a client is due.
type turn struct {
	at     time.Duration
	client *Client
}

// never is the turn of a client that has no deadline now.
const never = time.Duration(math.MaxInt64)

// first is when somebody is due.
func (q queue) first() time.Duration {
	if len(q) == 0 {
		return never
	}
	return q[0].at
}

func (q *queue) add(c *Client) {
	*q = append(*q, turn{})
	q.put(len(*q)-1, turn{never, c})
}

// remove forgets a client; one that it does not have is forgotten already.
func (q *queue) remove(c *Client) {
	at := int(c.alarm.place) - 1
	if at < 0 {
		return
	}
	c.alarm.place = 0
	last := len(*q) - 1
	moved := (*q)[last]
	(*q)[last] = turn{}
	*q = (*q)[:last]
	if at < last {
		q.put(at, moved)
		q.settle(at)
	}
}

// set changes the turn of a client, if it is there.
func (q queue) set(c *Client, at time.Duration) {
	if i := int(c.alarm.place) - 1; i >= 0 {
		q[i].at = at
		q.settle(i)
	}
}

// settle moves a turn that has changed to where it belongs.
func (q queue) settle(i int) {
	t := q[i]
	for i > 0 && q[(i-1)/4].at > t.at {
		q.put(i, q[(i-1)/4])
		i = (i - 1) / 4
	}
	for {
		next := q.soonest(4*i+1, min(4*i+5, len(q)))
		if next == 0 || q[next].at >= t.at {
			break
		}
		q.put(i, q[next])
		i = next
	}
	q.put(i, t)
}

// soonest is the first of those from i to end, 0 where there is none.
func (q queue) soonest(i, end int) (soonest int) {
	for ; i < end; i++ {
		if soonest == 0 || q[i].at < q[soonest].at {
			soonest = i
		}
	}
	return soonest
}

func (q queue) put(i int, t turn) {
	q[i] = t
	t.client.alarm.place = int32(i + 1)
}

package simulate

import (
	"container/heap"
	"time"
)

// agenda holds what is to happen, by time; at one time, in the order of adding.
type agenda struct {
	events events
	added  uint64
}

type event struct {
	at  time.Duration
	seq uint64
	do  func()
}

func (a *agenda) add(at time.Duration, do func()) {
	a.added++
	heap.Push(&a.events, &event{at: at, seq: a.added, do: do})
}

// next takes the first event out, unless it is after end.
func (a *agenda) next(end time.Duration) *event {
	if len(a.events) == 0 || a.events[0].at > end {
		return nil
	}
	return heap.Pop(&a.events).(*event)
}

type events []*event

func (e events) Len() int { return len(e) }

func (e events) Less(i, j int) bool {
	if e[i].at != e[j].at {
		return e[i].at < e[j].at
	}
	return e[i].seq < e[j].seq
}

func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }

func (e *events) Push(x any) { *e = append(*e, x.(*event)) }

func (e *events) Pop() any {
	last := len(*e) - 1
	x := (*e)[last]
	(*e)[last] = nil
	*e = (*e)[:last]
	return x
}

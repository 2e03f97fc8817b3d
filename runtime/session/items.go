package session

import (
	"fmt"
	"iter"
	"unsafe"
)

// maxItems bounds what is kept of the messages before a reply, in bytes.
const maxItems = 16 << 20

// itemSize is what an item takes beside its frame, which may be empty.
const itemSize = int(unsafe.Sizeof(itemEnd{}))

// Items are the messages that came before a reply, in their order.
type Items struct {
	frames []byte // one after the other; reused when the call is reused
	ends   []itemEnd
}

type itemEnd struct{ message, end int }

// All yields each message, an index of the plan, and its frame.
func (i *Items) All() iter.Seq2[int, []byte] {
	return func(yield func(message int, frame []byte) bool) {
		start := 0
		for _, e := range i.ends {
			if !yield(e.message, i.frames[start:e.end:e.end]) {
				return
			}
			start = e.end
		}
	}
}

// Len is how many there are.
func (i *Items) Len() int { return len(i.ends) }

// Clear forgets them, and keeps their memory, up to so many bytes; the frames
// must not be used any more.
func (i *Items) Clear(keep int) {
	i.frames, i.ends = i.frames[:0], i.ends[:0]
	if cap(i.frames)+cap(i.ends)*itemSize > keep {
		*i = Items{}
	}
}

// size is what they take.
func (i *Items) size() int { return len(i.frames) + len(i.ends)*itemSize }

func (i *Items) add(message int, frame []byte) {
	i.frames = append(i.frames, frame...)
	i.ends = append(i.ends, itemEnd{message, len(i.frames)})
}

// collect keeps a message that came before c's reply, which has its time again. Where
// only the end of the link is that reply, and nobody waits for it, it has not.
func (s *Session) collect(c *Call, m int, frame []byte) {
	e := &c.entry
	if e.timeout > 0 && e.deadline != 0 && !(e.abandoned && s.plan.Commands[c.Command].untilClosed()) {
		e.deadline = s.now.Mono + e.timeout
	}
	if e.role != forCaller || e.abandoned {
		return
	}
	if c.Items.size()+len(frame)+itemSize > maxItems {
		err := fmt.Errorf("%w: more than %d bytes before the reply to %s", ErrProtocol, maxItems, s.plan.Commands[c.Command].Name)
		s.land(c)
		s.finishError(c, Unknown, err)
		s.lose(err)
		return
	}
	c.Items.add(m, frame)
}

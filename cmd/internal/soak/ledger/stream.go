package ledger

import (
	"fmt"
	"sync"
)

// Stream is the events of one client: numbered from 1 on each connection by
// the device, and seen by the one consumer.
type Stream struct {
	book *Book
	name string

	mu    sync.Mutex
	conns map[int]*sent // from the one that was seen last
	conn  int           // of the event that was seen last
	n     int           // its number

	seen     uint64
	missing  uint64 // between two that were seen, without the device's doing
	silenced uint64 // lost by a fault of the device
	cut      uint64 // at the end of a connection: lost with it, or dropped by the client
	beside   uint64 // events without a number: they may be among the dropped ones
}

// sent is what a device sent on one connection.
type sent struct {
	last int   // the newest number
	lost []int // those that a fault of the device dropped
}

// never is the number of events that nobody may see, and of a connection that
// never comes.
const never = 1 << 30

// Events are the sums of a [Stream].
type Events struct {
	Seen     uint64 // by the consumer
	Silenced uint64 // dropped by a fault of the device
	Cut      uint64 // behind the last that was seen of a connection
	Missing  uint64 // from between
}

// NewStream makes a stream that writes into a book, under a client's name.
func NewStream(book *Book, name string) *Stream {
	return &Stream{book: book, name: name, conns: map[int]*sent{}}
}

// Sent gives the number of the next event that the device sends on a
// connection; one that the client has left gets a number that nobody may see.
func (s *Stream) Sent(conn int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if conn < s.conn { // the client has left it
		s.cut++
		return never
	}
	c := s.on(conn)
	c.last++
	return c.last
}

// Lost says that a fault of the device dropped an event on its way out.
func (s *Stream) Lost(conn, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if conn >= s.conn {
		c := s.on(conn)
		c.lost = append(c.lost, n)
	}
}

// Beside says that the device sent what the client may take for an event, and
// that has no number.
func (s *Stream) Beside() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beside++
}

// Saw says that the consumer got an event; dropped is how many the client says
// that it had no room for, asked after it.
func (s *Stream) Saw(conn, n int, dropped uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	good := (conn > s.conn || conn == s.conn && n > s.n) && n <= s.on(conn).last
	s.book.Check(EventsInOrder, good, func() string {
		return fmt.Sprintf("%s: event %d of connection %d (which has %d) came after %d of %d",
			s.name, n, conn, s.on(conn).last, s.n, s.conn)
	})
	if !good {
		return
	}
	s.leave(conn)
	s.missing += uint64(n - s.n - 1 - s.silence(conn, s.n, n))
	s.n = n
	s.book.Check(EventsExplained, s.missing <= dropped, func() string {
		return fmt.Sprintf("%s: %d events are missing before %d of connection %d; the client dropped %d",
			s.name, s.missing, n, conn, dropped)
	})
}

// Whole reports whether all that was sent on the connection that is open now is
// accounted for: seen, lost by the device, or dropped by the client.
func (s *Stream) Whole(open int, dropped uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.missing+s.tail(open) <= dropped
}

// Close judges the end of a stream whose last connection was well: nothing is
// missing but what the client dropped, and it did not drop more than is missing.
func (s *Stream) Close(open int, dropped uint64) Events {
	s.mu.Lock()
	defer s.mu.Unlock()
	tail := s.tail(open)
	s.leave(never)
	cut := s.cut - tail
	s.book.Check(EventsExplained, s.missing+tail <= dropped && dropped <= s.missing+tail+cut+s.beside, func() string {
		return fmt.Sprintf("%s: %d events are missing, %d at the very end, %d were cut off, %d had no number; the client dropped %d",
			s.name, s.missing, tail, cut, s.beside, dropped)
	})
	return Events{Seen: s.seen, Silenced: s.silenced, Cut: cut, Missing: s.missing + tail}
}

// tail is how much is missing at the end of the open connection.
func (s *Stream) tail(open int) uint64 {
	if open < s.conn {
		return 0
	}
	return s.rest(open)
}

// leave goes on to a connection: nothing more comes of those before it.
func (s *Stream) leave(conn int) {
	if conn == s.conn {
		return
	}
	for old := range s.conns {
		if old < conn {
			s.cut += s.rest(old)
			s.silenced += uint64(len(s.conns[old].lost))
			delete(s.conns, old)
		}
	}
	s.conn, s.n = conn, 0
}

// rest is how many events of a connection come behind the last that was seen.
func (s *Stream) rest(conn int) uint64 {
	from := 0
	if conn == s.conn {
		from = s.n
	}
	last := s.on(conn).last
	return uint64(last - from - s.silence(conn, from, last+1))
}

// silence is how many events between two the device dropped.
func (s *Stream) silence(conn, after, before int) (n int) {
	for _, lost := range s.on(conn).lost {
		if lost > after && lost < before {
			n++
		}
	}
	return n
}

func (s *Stream) on(conn int) *sent {
	if s.conns[conn] == nil {
		s.conns[conn] = &sent{}
	}
	return s.conns[conn]
}

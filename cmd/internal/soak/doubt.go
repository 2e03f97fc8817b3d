package main

// doubtful is which clients' replies may be another command's, because they
// came twice on their connection. The witness's lock guards it.
type doubtful struct {
	all    bool            // of every connection that opens now
	newest map[*member]int // the connection of each
	last   map[*member]int // its newest one that was in doubt
}

func newDoubtful() doubtful {
	return doubtful{newest: map[*member]int{}, last: map[*member]int{}}
}

// login notes a connection: it ends the doubt, where it is not in doubt itself.
// One that a fault held back may be older than the client's newest.
func (d *doubtful) login(l *link) {
	d.newest[l.member] = max(d.newest[l.member], l.conn)
	switch {
	case d.all:
		d.begin(l)
	case l.conn > d.last[l.member]:
		l.member.account.Sure()
	}
}

// begin: replies come twice on a connection. What its client has left is no
// matter to it.
func (d *doubtful) begin(l *link) {
	l.doubles = true
	if l.conn == d.newest[l.member] {
		d.last[l.member] = l.conn
		l.member.account.Doubt()
	}
}

// doubt says that replies are about to come twice, on a connection or, with 0,
// on all.
func (w *witness) doubt(conn int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = w.all || conn == 0
	for _, l := range w.links {
		if conn == 0 || conn == l.conn {
			w.begin(l)
		}
	}
}

// sure says that they do so no more. It returns the connections on which they
// did, and which the device must end.
func (w *witness) sure() (conns []int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = false
	for _, l := range w.links {
		if l.doubles {
			conns = append(conns, l.conn)
		}
	}
	return conns
}

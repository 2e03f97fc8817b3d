package wire

// self is the frame of a message that says itself how far it goes: which it is
// is told by its first bytes, and its steps go through all of it.
func (d *Decoder) self(b []byte, expects Expecter) (f Frame, n, need int, err error) {
	if !d.frame.begun {
		tree := d.dispatch
		if tree.undecided(b) {
			return Frame{}, 0, 1, nil
		}
		d.candidates = d.candidates[:0]
		for node := tree.find(b); node >= 0; node = tree.nodes[node].up {
			for _, m := range tree.nodes[node].here {
				d.candidate(m, expects)
			}
		}
		d.begin(0)
		d.frame.begun = true
	}
	f, n, need, err = d.try(b, expects)
	switch {
	case err != nil || need > 0:
	case f.Message == NoMessage:
		err = errNoShape
	default:
		err = d.f.Valid(f.Bytes)
	}
	return f, n, need, err
}

// undecided reports whether more bytes could lead further down the tree.
func (d *Dispatch) undecided(b []byte) bool {
	at, rest := int32(0), alias(b)
	for {
		node := &d.nodes[at]
		if rest == "" {
			return len(node.next) > 0
		}
		edge := node.edge(rest[0])
		if edge < 0 {
			return false
		}
		at = node.next[edge]
		label := d.nodes[at].label
		n := min(len(label), len(rest))
		switch {
		case label[:n] != rest[:n]:
			return false
		case n < len(label):
			return true
		}
		rest = rest[n:]
	}
}

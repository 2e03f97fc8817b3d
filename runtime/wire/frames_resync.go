package wire

// several is Next for frames of several kinds.
func (d *Decoder) several(buf []byte, expects Expecter) (f Frame, consumed, need int, err error) {
	skipped, need := d.skipLeft(buf)
	if need > 0 {
		return Frame{}, skipped, need, nil
	}
	f, consumed, need, err = d.kinds.next(buf[skipped:], expects)
	return f, skipped + consumed, need, err
}

// discard looks for where to go on after a frame that failed. One that a terminator
// ends does so, or where its own start marker comes again, which is not in it.
// Others have no end that can be found: then it is where a kind of frame begins
// that something tells, or behind a terminator of the kind that may begin with
// anything.
func (k *kinds) discard(b []byte, expects Expecter) (consumed int, more bool) {
	start, open := "", (*Decoder)(nil)
	switch d := k.current; {
	case d == nil || d.f.Packet != nil && d.f.Packet.Extent != ExtentEnds:
		open = k.open(expects)
	case d.f.Packet == nil:
		return d.discard(b)
	case d.f.Packet.Starts == "" || d.collapse:
		return d.discardEnds(b)
	default:
		start, open = d.f.Packet.Starts, d
	}
	for i := range b {
		begins, part := k.begins(b[i:], start, expects)
		end, partOfEnd := open.endsHere(b[i:])
		switch first := i == 0 && !k.started; {
		case end > 0:
			return i + end, false
		case first: // what failed begins here
		case begins:
			return i, false
		case part, partOfEnd:
			k.started = true
			return i, true
		}
	}
	k.started = k.started || len(b) > 0
	return len(b), true
}

// begins reports whether a frame begins here: with start, or if that is empty, of
// any kind that something tells; part: more bytes may say so.
func (k *kinds) begins(b []byte, start string, expects Expecter) (begins, part bool) {
	if start != "" {
		n := min(len(start), len(b))
		return string(b[:n]) == start, string(b[:n]) == start[:n]
	}
	d, need := k.choose(b, expects)
	return d != nil && d.f.Prefix != "", need > 0
}

// open is the kind that there is now whose frames may begin with anything; nil
// where there is none.
func (k *kinds) open(expects Expecter) *Decoder {
	for _, d := range k.decoders {
		if d.f.Prefix == "" && possible(d.f.In, expects) {
			return d
		}
	}
	return nil
}

// endsHere is the length of the terminator of d's frames that b begins with; part:
// more bytes may complete one.
func (d *Decoder) endsHere(b []byte) (width int, part bool) {
	if d == nil {
		return 0, false
	}
	ends := d.f.Ends
	if d.f.Packet != nil {
		ends = d.f.Packet.Ends
	}
	for _, end := range ends {
		if n := min(len(end), len(b)); string(b[:n]) == end[:n] {
			if n == len(end) {
				return n, false
			}
			part = true
		}
	}
	return 0, part
}

// failed is the decoder of the frame that failed; nil where its kind is not known.
func (d *Decoder) failed() *Decoder {
	if d.kinds != nil {
		return d.kinds.current
	}
	return d
}

// extent is how long the frame is that failed, where that is known by itself.
func (d *Decoder) extent() int {
	if d == nil || d.f.Packet == nil || d.f.Packet.Extent == ExtentEnds {
		return 0
	}
	return d.frame.end
}

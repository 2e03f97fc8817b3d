package wire

// Which message a frame is: candidates are tried in turn, the likeliest first.

type candidate struct {
	message  int32
	expected bool
}

// choose finds the candidates of the first line.
func (d *Decoder) choose(b []byte, expects Expecter) {
	at := d.frame.first
	d.candidates, d.inside = d.candidates[:0], d.inside[:0]
	for _, m := range d.dispatch.inside {
		if expects != nil && expects.Expects(int(m)) {
			d.inside = append(d.inside, m)
		}
	}
	if len(d.dispatch.objects.list) > 0 {
		d.objects(&d.dispatch.objects, b[:at], expects)
	}
	for node := d.dispatch.find(b[:at]); node >= 0; node = d.dispatch.nodes[node].up {
		for _, m := range d.dispatch.nodes[node].here {
			shape := &d.dispatch.shapes[m]
			if shape.Whole && len(shape.Prefix) != at {
				continue
			}
			if shape.Block && shape.Prefix == "" && (expects == nil || !expects.Expects(int(m))) {
				continue // any line could begin it
			}
			d.candidate(m, expects)
		}
	}
	d.begin(0)
}

// candidate adds a message that the frame may be, if it may come now.
func (d *Decoder) candidate(m int32, expects Expecter) {
	if !possible(d.dispatch.shapes[m].In, expects) {
		return
	}
	expected := expects != nil && expects.Expects(int(m))
	d.candidates = append(d.candidates, candidate{m, expected})
}

// begin sets the steps to those of the candidate whose turn it is.
func (d *Decoder) begin(turn int) {
	f := &d.frame
	d.loops = d.loops[:0]
	f.turn, f.step, f.bytes, f.sought = turn, 0, 0, 0
	f.at, f.scanned, f.end = f.after, f.after, f.first
	if turn < 2*len(d.candidates) && d.dispatch.shapes[d.whose(turn).message].Block {
		f.at, f.scanned = 0, 0
	}
}

// whose turn it is, of two rounds.
func (d *Decoder) whose(turn int) *candidate {
	if n := len(d.candidates); turn >= n {
		turn -= n
	}
	return &d.candidates[turn]
}

// try goes through the candidates: awaited ones in the first round, the others
// in the second.
func (d *Decoder) try(b []byte, expects Expecter) (f Frame, consumed, need int, err error) {
	count := len(d.candidates)
	for ; d.frame.turn < 2*count; d.begin(d.frame.turn + 1) {
		c := d.whose(d.frame.turn)
		if c.expected != (d.frame.turn < count) {
			continue
		}
		shape := &d.dispatch.shapes[c.message]
		if len(shape.Steps) > 0 {
			fits, need, err := d.run(b, shape)
			if need > 0 || err != nil {
				return Frame{}, 0, need, err
			}
			if !fits {
				continue
			}
			if m := d.frame.inside; m > 0 {
				return Frame{Message: int(m - 1), Bytes: b[d.frame.begins:d.frame.end:d.frame.end]}, d.frame.at, 0, nil
			}
		}
		frame := b[:d.frame.end:d.frame.end]
		if !shape.fits(frame) {
			continue
		}
		if c.expected && count > 1 && !takes(expects, c.message, frame) {
			c.expected = false
			continue
		}
		if shape.Object && d.ambiguous(d.frame.turn%count, frame) {
			break
		}
		return Frame{Message: int(c.message), Bytes: frame}, d.frame.at, 0, nil
	}
	line := b[:d.frame.first:d.frame.first]
	return Frame{Message: NoMessage, Bytes: line}, d.frame.after, 0, nil
}

// takes reports whether an awaited message is for somebody; one that is alone
// need not say so.
func takes(expects Expecter, message int32, frame []byte) bool {
	chooser, ok := expects.(Chooser)
	return !ok || chooser.Takes(int(message), frame)
}

package wire

import "bytes"

// object looks for the end of a frame that is a JSON object: at, with width 0;
// 0 where more bytes are needed.
func (d *Decoder) object(b []byte) (at, width int, err error) {
	within := b[:min(len(b), d.max)]
	if d.frame.scanned == 0 {
		d.brace = jsonEnd{}
	}
	n, why := d.brace.scan(within[min(d.frame.scanned, len(within)):])
	switch {
	case why != "":
		return 0, 0, &FrameError{Reason: why}
	case n > 0:
		return d.frame.scanned + n, 0, nil
	case len(b) > d.max:
		return 0, 0, d.tooLarge()
	}
	d.frame.scanned = len(within)
	return 0, 0, nil
}

// objects adds the messages whose marks the line meets, if it is a JSON object.
func (d *Decoder) objects(line []byte, expects Expecter) {
	o := &d.dispatch.objects
	if !o.read(line, d.met) {
		return
	}
	for _, m := range o.list {
		if o.are(m, d.met) {
			d.candidate(m, expects)
		}
	}
}

// ambiguous reports whether another message fits an object just as the current
// candidate does: as expected, and as specific.
func (d *Decoder) ambiguous(frame []byte) bool {
	turn := d.frame.turn % len(d.candidates)
	c := d.candidates[turn]
	for _, other := range d.candidates[turn+1:] {
		shape := &d.dispatch.shapes[other.message]
		if shape.Object && other.expected == c.expected && d.dispatch.objects.rivals(c.message, other.message) && shape.fits(frame) {
			return true
		}
	}
	return false
}

// discardObject looks for the end of what Resync discards where objects end
// themselves: a line's end, as there is none inside a JSON string.
func discardObject(b []byte) (consumed int, more bool) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1, false
	}
	return len(b), true
}

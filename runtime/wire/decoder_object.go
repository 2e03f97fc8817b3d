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

// objects adds the messages whose marks the text meets, if it is a JSON object.
func (d *Decoder) objects(o *objects, text []byte, expects Expecter) {
	met := d.met[:len(o.tree.marks)]
	if !o.read(text, met) {
		return
	}
	for _, m := range o.list {
		if o.are(m, met) {
			d.candidate(m, expects)
		}
	}
}

// ambiguous reports whether another message fits an object just as the candidate
// with that number does: as expected, and as specific, also by what is around it.
func (d *Decoder) ambiguous(turn int, frame []byte) bool {
	c := d.candidates[turn]
	own := &d.dispatch.shapes[c.message]
	for _, other := range d.candidates[turn+1:] {
		shape := &d.dispatch.shapes[other.message]
		if shape.Object && shape.Head == own.Head && shape.Mask == own.Mask && other.expected == c.expected && d.dispatch.objects.rivals(c.message, other.message) && shape.fits(frame) {
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

package wire

import "strings"

// packet is Next for frames that are packets: the whole content is cut out,
// and then is one of the messages or none.
func (d *Decoder) packet(buf []byte, expects Expecter) (f Frame, consumed, need int, err error) {
	consumed, need = d.skip(buf)
	if need > 0 {
		return Frame{}, consumed, need, nil
	}
	if len(buf)-consumed < d.frame.seen {
		d.frame = partial{} // not what was there before: begin again
	}
	for {
		b := buf[consumed:]
		var n int
		if d.f.Packet.Extent == ExtentSelf {
			f, n, need, err = d.self(b, expects)
		} else {
			f, n, need, err = d.whole(b, expects)
		}
		if need > 0 || err != nil {
			break
		}
		d.frame = partial{}
		consumed += n
		if len(f.Bytes) > 0 || !d.dropEmpty {
			return f, consumed, 0, nil
		}
		if d.one {
			d.dropped = true
			return Frame{}, consumed, 0, nil
		}
	}
	d.frame.seen = len(buf) - consumed
	d.err = err
	return Frame{}, consumed, need, err
}

// whole cuts out a frame, looks at what a reader does not look at, and finds
// its message.
func (d *Decoder) whole(b []byte, expects Expecter) (f Frame, n, need int, err error) {
	content, n, need, err := d.cut(b)
	if need > 0 || err != nil {
		return Frame{}, 0, need, err
	}
	if len(content) == 0 && d.dropEmpty {
		return Frame{}, n, 0, nil
	}
	d.frame.end = n // all of it is known, so that it can be skipped
	if err := d.f.Valid(content); err != nil {
		return Frame{}, 0, 0, err
	}
	return d.message(content, expects), n, 0, nil
}

// cut finds the content of the frame that b begins, in its first n bytes.
func (d *Decoder) cut(b []byte) (content []byte, n, need int, err error) {
	p := d.f.Packet
	lead := 0
	if p.Starts != "" && !d.collapse {
		lead = len(p.Starts)
		have := min(lead, len(b))
		if string(b[:have]) != p.Starts[:have] {
			return nil, 0, 0, errStart
		}
		if have < lead {
			return nil, 0, lead - have, nil
		}
	}
	if p.Extent == ExtentEnds {
		return d.cutEnds(b, lead)
	}
	total := p.Fixed
	if p.Extent == ExtentCount {
		if total, need, err = p.Size.total(b[lead:]); need > 0 || err != nil {
			return nil, 0, need, err
		}
	}
	d.frame.end = lead + total
	if total > d.max {
		return nil, 0, 0, d.tooLarge()
	}
	if need = lead + total - len(b); need > 0 {
		return nil, 0, need, nil
	}
	return b[lead : lead+total : lead+total], lead + total, 0, nil
}

// cutEnds finds the terminator of content that begins at lead, and takes the
// escapes out.
func (d *Decoder) cutEnds(b []byte, lead int) (content []byte, n, need int, err error) {
	at, width, bad := d.packetEnd(b, lead)
	most := d.max
	if d.f.Packet.Escape != nil {
		most *= 2 // each byte may be escaped
	}
	switch {
	case bad && d.frame.scanned-lead <= most:
		return nil, 0, 0, errEscape
	case bad || width == 0 && len(b)-lead > most+d.widest || width > 0 && at-lead > most:
		return nil, 0, 0, d.tooLarge()
	case width == 0:
		return nil, 0, 1, nil
	}
	content = b[lead:at:at]
	if e := d.f.Packet.Escape; e != nil && strings.IndexByte(alias(content), e.Byte) >= 0 {
		if content, ok := d.unwrap(e, content); ok {
			return d.measured(content, at+width)
		}
		d.frame.end = at + width
		return nil, 0, 0, errEscape
	}
	return d.measured(content, at+width)
}

// maxContent bounds the room that is kept for content without escapes.
const maxContent = 64 << 10

// unwrap takes the escapes out of a frame, into room of its own: those that came
// before it out of the same bytes may still be in use.
func (d *Decoder) unwrap(e *Escape, raw []byte) (content []byte, ok bool) {
	if d.anew {
		if d.content, d.anew = d.content[:0], false; cap(d.content) > maxContent {
			d.content = nil
		}
	}
	from := len(d.content)
	if d.content, ok = e.unwrap(d.content, raw); !ok {
		d.content = d.content[:from]
		return nil, false
	}
	return d.content[from:len(d.content):len(d.content)], true
}

// measured is content that is not too large, in the first n bytes.
func (d *Decoder) measured(content []byte, n int) (_ []byte, consumed, need int, err error) {
	if len(content) > d.max {
		return nil, 0, 0, d.tooLarge()
	}
	return content, n, 0, nil
}

// packetEnd finds the terminator, and remembers how far it looked.
func (d *Decoder) packetEnd(b []byte, lead int) (at, width int, bad bool) {
	p, scanned := d.f.Packet, &d.frame.scanned
	if p.Escape != nil && p.Escape.Double {
		at, width, *scanned, bad = p.doubledEnd(b, max(lead, *scanned))
		return at, width, bad
	}
	start := max(lead, *scanned-d.widest+1)
	at, width = p.end(b[min(start, len(b)):])
	*scanned = len(b)
	return start + at, width, false
}

// message finds which message the content is: awaited ones are tried first.
func (d *Decoder) message(content []byte, expects Expecter) Frame {
	d.candidates = d.candidates[:0]
	width := d.f.Packet.loose(content)
	for i := range d.dispatch.groups {
		d.candidatesOf(&d.dispatch.groups[i], content, width, expects)
	}
	for _, awaited := range [2]bool{true, false} {
		for i := range d.candidates {
			c := &d.candidates[i]
			shape := &d.dispatch.shapes[c.message]
			if c.expected != awaited || !shape.fits(content) {
				continue
			}
			if shape.Object && d.ambiguous(i, content) {
				return Frame{Message: NoMessage, Bytes: content}
			}
			if awaited && len(d.candidates) > 1 && !takes(expects, c.message, content) {
				c.expected = false
				continue
			}
			return Frame{Message: int(c.message), Bytes: content}
		}
	}
	return Frame{Message: NoMessage, Bytes: content}
}

// candidatesOf adds the messages of a group that the content may be. loose is the
// width of a count that has no fixed one.
func (d *Decoder) candidatesOf(g *group, content []byte, loose int, expects Expecter) {
	p := d.f.Packet
	if !g.matches(content, p.Size.At, loose) {
		return
	}
	body := content[min(p.Head+loose, len(content)):]
	if len(g.tree.objects.list) > 0 {
		d.objects(&g.tree.objects, body[:max(0, len(body)-p.Tail)], expects)
	}
	for node := g.tree.find(body); node >= 0; node = g.tree.nodes[node].up {
		for _, m := range g.tree.nodes[node].here {
			shape := &d.dispatch.shapes[m]
			if shape.Whole && len(shape.Prefix) != len(body)-p.Tail {
				continue
			}
			d.candidate(m, expects)
		}
	}
}

// loose is the width of the content's count, if that is not fixed, or 0.
func (p *Packet) loose(content []byte) int {
	if p.Extent != ExtentCount || p.Size.Width > 0 {
		return 0
	}
	_, n := p.Size.Form.scan(content[p.Size.At:], 0)
	return max(n, 0)
}

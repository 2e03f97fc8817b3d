package wire

import "strings"

// Resync goes on after an error: everything up to and including the next
// terminator, from the start of the frame that failed, is discarded. Packets
// with a start marker go on at the next one, those with neither at the next byte;
// where there are several kinds of frames, what failed may end as its kind does, or
// it is at what one of them begins with.
func (d *Decoder) Resync() {
	failed := d.failed()
	d.Reset()
	d.discarding = true
	if d.kinds != nil {
		d.kinds.current, d.kinds.discarding = failed, true
	}
}

// Drop goes on after an error: a packet whose extent is known is skipped, else
// it is Resync.
func (d *Decoder) Drop() {
	left := d.failed().extent()
	if left == 0 {
		d.Resync()
		return
	}
	d.Reset()
	d.left = left
}

// Skip discards what Resync or Drop said, at the start of buf, and nothing else; Next does
// so by itself. need > 0: it goes on in what comes behind buf.
func (d *Decoder) Skip(buf []byte, expects Expecter) (consumed, need int) {
	switch {
	case d.kinds != nil:
		if consumed, need = d.skipLeft(buf); need > 0 {
			return consumed, need
		}
		n, more := d.kinds.skip(buf[consumed:], expects)
		return consumed + n, more
	case d.f.Packet != nil:
		return d.skip(buf)
	case d.discarding:
		if consumed, d.discarding = d.discard(buf); d.discarding {
			need = 1
		}
	}
	return consumed, need
}

// skipLeft discards what Drop said.
func (d *Decoder) skipLeft(buf []byte) (consumed, need int) {
	consumed = min(d.left, len(buf))
	d.left -= consumed
	return consumed, d.left
}

// skip discards what Drop and Resync said; need is 0 where that is done.
func (d *Decoder) skip(buf []byte) (consumed, need int) {
	if consumed, need = d.skipLeft(buf); need > 0 {
		return consumed, need
	}
	if d.discarding {
		n, more := d.discardPacket(buf[consumed:])
		if consumed += n; more {
			return consumed, 1
		}
		d.discarding = false
	}
	return consumed, 0
}

// discardPacket looks for where the next frame may begin: at a start marker, or
// else behind a terminator. Where there are neither, it is the next byte.
func (d *Decoder) discardPacket(b []byte) (consumed int, more bool) {
	p := d.f.Packet
	switch {
	case p.Starts != "" && !d.collapse:
		return d.discardToStart(b, p.Starts)
	case p.Extent != ExtentEnds:
		return min(1, len(b)), len(b) == 0
	}
	return d.discardEnds(b)
}

// discardEnds discards up to and including the next terminator.
func (d *Decoder) discardEnds(b []byte) (consumed int, more bool) {
	p := d.f.Packet
	if at, width := p.end(b); width > 0 {
		return at + width, false
	}
	return len(b) - d.partOf(b, p.Ends...), true
}

// discardToStart discards at least one byte, the first of the frame that failed.
func (d *Decoder) discardToStart(b []byte, start string) (consumed int, more bool) {
	from := 1
	if d.started {
		from = 0
	}
	if len(b) < from {
		return 0, true
	}
	if i := strings.Index(alias(b[from:]), start); i >= 0 {
		d.started = false
		return from + i, false
	}
	d.started = true
	return max(from, len(b)-d.partOf(b[from:], start)), true
}

// partOf is how long the beginning of a marker is in which b ends.
func (d *Decoder) partOf(b []byte, markers ...string) int {
	longest := 0
	for _, marker := range markers {
		for n := min(len(marker)-1, len(b)); n > longest; n-- {
			if strings.HasSuffix(alias(b), marker[:n]) {
				longest = n
			}
		}
	}
	return longest
}

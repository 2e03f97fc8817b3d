package wire

import "strings"

// prompt looks for an awaited message that is complete without a line end, at the
// start of the buffer. The longest prefix is tried first.
func (d *Decoder) prompt(b []byte, expects Expecter) (f Frame, consumed int, ok bool) {
	if expects == nil {
		return Frame{}, 0, false
	}
	if d.frame.seen == 0 {
		clear(d.prompts)
	}
	for i, m := range d.dispatch.prompts {
		shape := &d.dispatch.shapes[m]
		end := d.promptEnd(b, shape, &d.prompts[i])
		if end == 0 || !expects.Expects(int(m)) {
			continue
		}
		frame := b[:end:end]
		if shape.Check == nil || shape.Check(frame) == nil {
			return Frame{Message: int(m), Bytes: frame}, end, true
		}
	}
	return Frame{}, 0, false
}

// promptEnd is where the prompt ends in b, after the first occurrence of its last
// text behind its first, on the same line; 0: that has not come, or b is another
// thing.
func (d *Decoder) promptEnd(b []byte, s *Shape, scanned *int) int {
	if len(b) < len(s.Prefix) || string(b[:len(s.Prefix)]) != s.Prefix {
		return 0
	}
	if s.Whole {
		return len(s.Prefix)
	}
	limit, _ := d.limit(0)
	line := b[:min(len(b), limit)]
	if at, width := d.terminator(b[:min(len(b), limit+d.widest)], 0); width > 0 {
		line = line[:min(at, limit)] // the lines behind are not looked at once for each
	}
	from := max(len(s.Prefix), *scanned)
	if from >= len(line) {
		return 0
	}
	i := strings.Index(alias(line[from:]), s.Suffix)
	if i < 0 {
		*scanned = max(len(s.Prefix), len(line)-len(s.Suffix)+1)
		return 0
	}
	return from + i + len(s.Suffix)
}

package wire

import "strings"

// to is a step that ends behind the literal after a field, on the same line. What
// was looked at once is not looked at again.
func (d *Decoder) to(b []byte, step *Step) (fits bool, need int, err error) {
	f := &d.frame
	from := f.at + step.Lead
	limit, tooLong := d.limit(f.at)
	limit -= step.Lead
	start := min(max(from, f.sought-max(len(step.Lit), d.widest)+1), len(b))
	end, width := d.f.lineEnd(b[start:])
	stop := strings.Index(alias(b[start:start+end]), step.Lit)
	switch {
	case stop >= 0 && start+stop-from <= limit:
		f.at = start + stop + len(step.Lit)
		f.end, f.scanned = f.at, f.at
		f.step++
		return true, 0, nil
	case stop < 0 && width > 0 && start+end-from <= limit:
		return false, 0, nil // the line ends before
	case stop >= 0, width > 0, len(b)-from > limit+max(len(step.Lit), d.widest):
		return false, 0, tooLong(d)
	}
	f.sought = len(b)
	return true, 1, nil
}

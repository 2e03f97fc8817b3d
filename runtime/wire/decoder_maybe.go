package wire

// maybe goes into a step's body where its text comes next, at the beginning of a
// line; else there is nothing of it. Counts in it are found in all that came before,
// as the body is no item of a list.
func (d *Decoder) maybe(b []byte, step *Step) (need int) {
	f := &d.frame
	rest := b[min(f.at, len(b)):]
	n := min(len(step.Lit), len(rest))
	switch {
	case string(rest[:n]) != step.Lit[:n]:
		f.step++
	case n < len(step.Lit):
		return 1 // a line follows in any case, and ends later than here
	default:
		d.loops = append(d.loops, loop{body: step.Body, back: f.step, left: 1, from: d.origin()})
		f.step = 0
	}
	return 0
}

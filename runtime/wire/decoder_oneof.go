package wire

// Case is one of the ways in which a StepOneOf goes on: where the next bytes are
// Lit.
type Case struct {
	Lit  string
	Body []Step
}

// oneOf goes into the first case whose text comes next. That it is too large for
// the frame is for the case's own steps to say, when it is known which it is.
func (d *Decoder) oneOf(b []byte, step *Step) (fits bool, need int, err error) {
	f := &d.frame
	rest := b[min(f.at, len(b)):]
	for i := range step.Cases {
		c := &step.Cases[i]
		n := min(len(c.Lit), len(rest))
		if string(rest[:n]) != c.Lit[:n] {
			continue
		}
		if n < len(c.Lit) {
			return true, 1, nil
		}
		d.loops = append(d.loops, loop{body: c.Body, back: f.step, left: 1, from: f.at})
		f.step = 0
		return true, 0, nil
	}
	return false, 0, nil
}

package wire

// Case is one of the ways in which a StepOneOf goes on: where the next bytes are
// Lit.
type Case struct {
	Lit  string
	Body []Step
}

// oneOf goes into the first case whose text comes next.
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
			return d.more(len(c.Lit) - n)
		}
		d.loops = append(d.loops, loop{body: c.Body, back: f.step, left: 1, from: f.at})
		f.step = 0
		return true, 0, nil
	}
	return false, 0, nil
}

// more asks for one more byte at least, unless the frame is too large with it.
func (d *Decoder) more(n int) (fits bool, need int, err error) {
	if n > d.max-d.frame.at {
		return false, 0, d.tooLarge()
	}
	return true, 1, nil
}

package wire

// until begins a repetition of a StepUntil's body, or ends the step where the
// line that ends it comes next. That line is tested first; it is not consumed.
func (d *Decoder) until(b []byte, step *Step) (fits bool, need int, err error) {
	f := &d.frame
	at, width, err := d.line(b, f.at)
	switch {
	case err != nil:
		return false, 0, err
	case width == 0:
		return true, 1, nil
	case step.ends(b[f.at:at]):
		f.step++
		return true, 0, nil
	case d.interrupted(b[f.at:at:at]):
		f.end, f.at = at, at+width
		return true, 0, nil
	}
	d.loops = append(d.loops, loop{body: step.Body, back: f.step, from: f.at, until: true})
	f.step = 0
	return true, 0, nil
}

// ends reports whether line is the one that ends a StepUntil.
func (s *Step) ends(line []byte) bool {
	if s.Whole {
		return string(line) == s.Lit
	}
	return len(line) >= len(s.Lit) && string(line[:len(s.Lit)]) == s.Lit
}

// interrupted looks for a message that may come inside of a block, and is
// awaited.
func (d *Decoder) interrupted(line []byte) bool {
	for _, m := range d.inside {
		shape := &d.dispatch.shapes[m]
		if len(line) < len(shape.Prefix) || string(line[:len(shape.Prefix)]) != shape.Prefix ||
			shape.Whole && len(line) > len(shape.Prefix) {
			continue
		}
		if shape.Check == nil || shape.Check(line) == nil {
			d.frame.inside, d.frame.begins = m+1, d.frame.at
			return true
		}
	}
	return false
}

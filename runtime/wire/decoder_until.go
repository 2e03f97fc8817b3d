package wire

// until begins a repetition of the body of a StepUntil or a StepWhile, or ends the
// step where the line that ends it comes next. That line is not consumed. A
// StepUntil tests it first; in a StepWhile it is what is no item.
func (d *Decoder) until(b []byte, step *Step) (fits bool, need int, err error) {
	f := &d.frame
	at, width, err := d.line(b, f.at)
	switch {
	case err != nil:
		return false, 0, err
	case width == 0:
		return true, 1, nil
	case step.Kind == StepUntil && step.is(b[f.at:at]):
		f.step++
		return true, 0, nil
	case step.Kind == StepWhile && step.goesOn(b[f.at:at]):
	case d.interrupted(b[f.at:at:at]):
		f.end, f.at = at, at+width
		return true, 0, nil
	case step.Kind == StepWhile:
		f.step++
		return true, 0, nil
	}
	d.loops = append(d.loops, loop{body: step.Body, back: f.step, from: f.at, until: true})
	f.step = 0
	return true, 0, nil
}

// is reports whether line is the one of a StepLine, or that ends a StepUntil.
func (s *Step) is(line []byte) bool {
	if s.Whole {
		return string(line) == s.Lit
	}
	return len(line) >= len(s.Lit) && string(line[:len(s.Lit)]) == s.Lit
}

// goesOn reports whether line is the first of an item of a StepWhile.
func (s *Step) goesOn(line []byte) bool { return behind(line, s.Lead, s.Lit) }

// behind reports whether b has text behind skip bytes.
func behind(b []byte, skip int, text string) bool {
	end := skip + len(text)
	return len(b) >= end && string(b[skip:end]) == text
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

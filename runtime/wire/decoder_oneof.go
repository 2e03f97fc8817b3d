package wire

// Case is one of the ways in which a StepOneOf goes on: where the next bytes are
// Lit.
type Case struct {
	Lit  string
	Body []Step
}

// Nested is a type with several forms whose values may hold others of it: Depth of
// them may be in each other, those of other types of its Group counted.
type Nested struct {
	Cases        []Case
	Group, Depth int
}

// oneOf goes into the first case whose text comes next. That it is too large for
// the frame is for the case's own steps to say, when it is known which it is.
func (d *Decoder) oneOf(b []byte, shape *Shape, step *Step) (fits bool, need int, err error) {
	f := &d.frame
	cases, level := step.Cases, Level{}
	if step.Nested > 0 {
		t := &shape.Nested[step.Nested-1]
		cases = t.Cases
		if level = d.level().enter(t.Group); int(level.n) > t.Depth {
			return false, 0, nil
		}
	}
	rest := b[min(f.at, len(b)):]
	for i := range cases {
		c := &cases[i]
		n := min(len(c.Lit), len(rest))
		if string(rest[:n]) != c.Lit[:n] {
			continue
		}
		if n < len(c.Lit) {
			return true, 1, nil
		}
		d.loops = append(d.loops, loop{body: c.Body, back: f.step, left: 1, from: f.at, level: level})
		f.step = 0
		return true, 0, nil
	}
	return false, 0, nil
}

// level is that of the innermost value of a type that may hold itself.
func (d *Decoder) level() Level {
	for i := len(d.loops) - 1; i >= 0; i-- {
		if l := d.loops[i].level; l.n > 0 {
			return l
		}
	}
	return Level{}
}

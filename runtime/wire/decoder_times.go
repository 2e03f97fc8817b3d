package wire

// loop is a StepTimes or a StepUntil that is being repeated.
type loop struct {
	body  []Step
	back  int  // its own place among the steps around it
	left  int  // repetitions that have not ended
	until bool // … which nobody knows: its step decides again after each
	from  int  // where this repetition began
	level Level
}

// steps are those of the innermost loop, or the shape's.
func (d *Decoder) steps(shape *Shape) []Step {
	if n := len(d.loops); n > 0 {
		return d.loops[n-1].body
	}
	return shape.Steps
}

// origin is where the part of the frame begins that a count is found in.
func (d *Decoder) origin() int {
	if n := len(d.loops); n > 0 {
		return d.loops[n-1].from
	}
	return 0
}

// times begins a loop. More repetitions than a frame has bytes are refused at
// once, as each is a line at least.
func (d *Decoder) times(b []byte, step *Step) (fits bool, err error) {
	f := &d.frame
	n, err := step.Count(b[d.origin():f.at:f.at])
	switch {
	case err != nil:
		return false, frameError(err)
	case n < 0:
		return false, errCount
	case n > d.max-f.at:
		return false, d.tooLarge()
	case n == 0 || len(step.Body) == 0:
		f.step++
		return true, nil
	}
	d.loops = append(d.loops, loop{body: step.Body, back: f.step, left: n, from: f.at})
	f.step = 0
	return true, nil
}

// again ends a repetition of the innermost loop, and the loop with its last.
func (d *Decoder) again() {
	l := &d.loops[len(d.loops)-1]
	if l.left--; l.left > 0 {
		l.from, d.frame.step = d.frame.at, 0
		return
	}
	d.frame.step = l.back
	if !l.until {
		d.frame.step++
	}
	d.loops = d.loops[:len(d.loops)-1]
}

// part begins a part that may be absent, if it is there: a loop of one repetition,
// in which counts are found as around it.
func (d *Decoder) part(b []byte, step *Step) (fits bool, err error) {
	f, from := &d.frame, d.origin()
	n, err := step.Count(b[from:f.at:f.at])
	switch {
	case err != nil:
		return false, frameError(err)
	case n == 0 || len(step.Body) == 0:
		f.step++
		return true, nil
	}
	d.loops = append(d.loops, loop{body: step.Body, back: f.step, left: 1, from: from})
	f.step = 0
	return true, nil
}

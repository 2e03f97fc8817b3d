package wire

import "bytes"

// Nearly every frame is there as a whole when Next is called, consists of lines that
// LF or CRLF ends, counted bytes between them perhaps, and can be one message only.
// It is taken in one pass, which leaves nothing behind in the decoder. All others,
// those with an error too, are for the steps that resume, from their beginning.

// passes reports whether there may be such frames in the stream.
func (d *Decoder) passes() bool {
	return d.newlines && d.other == nil && len(d.dispatch.objects.list) == 0 && len(d.prompts) == 0
}

// pass takes such a frame from the start of b, if it is one.
func (d *Decoder) pass(b []byte) (f Frame, consumed int, ok bool) {
	end, next := d.passLine(b, 0)
	if next == 0 || end == 0 && d.f.DropEmpty {
		return Frame{}, 0, false
	}
	m := d.dispatch.only(b[:end])
	if m < 0 {
		return Frame{}, 0, false
	}
	shape := &d.dispatch.shapes[m]
	if len(shape.Steps) > 0 {
		if end, next = d.passSteps(b, shape.Steps, next); next == 0 {
			return Frame{}, 0, false
		}
	}
	frame := b[:end:end]
	if !shape.fits(frame) {
		return Frame{}, 0, false
	}
	return Frame{Message: int(m), Bytes: frame}, next, true
}

// passLine finds the end of the line that begins at from, and of its terminator; 0
// where there is none, or none that may be.
func (d *Decoder) passLine(b []byte, from int) (end, next int) {
	i := bytes.IndexByte(b[from:], '\n')
	end = from + i
	switch next = end + 1; {
	case i < 0:
		return 0, 0
	case i > 0 && d.crlf && b[end-1] == '\r':
		end--
	case !d.lf:
		return 0, 0
	}
	if end-from > d.maxLine || end > d.max {
		return 0, 0
	}
	return end, next
}

// passSteps finds the end of the frame whose first line ends at.
func (d *Decoder) passSteps(b []byte, steps []Step, at int) (end, next int) {
	for i := range steps {
		step := &steps[i]
		if step.Kind == StepBytes {
			end = d.passBytes(b, step, at)
			if at = end; at == 0 {
				return 0, 0
			}
			continue
		}
		if end, next = d.passLine(b, at); next == 0 || !step.is(b[at:end]) {
			return 0, 0
		}
		at = next
	}
	return end, at
}

// passBytes is where counted bytes end; 0 where they do not, or may not.
func (d *Decoder) passBytes(b []byte, step *Step, at int) (end int) {
	from, most := at+step.Lead, min(len(b), d.max)
	if from > most {
		return 0
	}
	n, err := step.count(b[:from:from])
	if err != nil || n < 0 || n > most-from {
		return 0
	}
	return from + n
}

// only is the message that line alone tells; -1 where it tells none, or several, or
// one that takes more than a pass.
func (d *Dispatch) only(line []byte) int32 {
	node := d.find(line)
	if node < 0 {
		return -1
	}
	m := d.nodes[node].only
	if m >= 0 && d.shapes[m].Whole && len(d.shapes[m].Prefix) != len(line) {
		return -1
	}
	return m
}

// alone is the message of the node where no other can be there, too, and a pass can
// find its end; else -1.
func (d *Dispatch) alone(node *dispatchNode) int32 {
	if len(node.here) != 1 || node.up >= 0 {
		return -1
	}
	shape := &d.shapes[node.here[0]]
	if shape.Block || len(shape.In) > 0 {
		return -1
	}
	for i := range shape.Steps {
		if kind := shape.Steps[i].Kind; kind != StepBytes && kind != StepLine {
			return -1
		}
	}
	return node.here[0]
}

package wire

import "errors"

// counted is a step of bytes. Their number is asked for once, and refused
// before they arrive where there would be too many.
func (d *Decoder) counted(b []byte, step *Step) (fits bool, need int, err error) {
	f := &d.frame
	if f.bytes == 0 {
		from := f.at + step.Lead
		if from > d.max {
			return false, 0, d.tooLarge()
		}
		if len(b) < from {
			return true, from - len(b), nil
		}
		n, err := step.count(b[d.origin():from:from])
		switch {
		case err != nil:
			return false, 0, frameError(err)
		case n < 0:
			return false, 0, errCount
		case n > d.max-from:
			return false, 0, d.tooLarge()
		}
		f.bytes = from + n
	}
	if len(b) < f.bytes {
		return true, f.bytes - len(b), nil
	}
	f.end, f.at, f.scanned, f.bytes = f.bytes, f.bytes, f.bytes, 0
	f.step++
	return true, 0, nil
}

// frameError is err where it says that no frame can come of this; any other
// error says that it is another message.
func frameError(err error) error {
	var bad *FrameError
	if errors.As(err, &bad) {
		return bad
	}
	return nil
}

package wire

// varint is a step of a number of seven bits a byte.
func (d *Decoder) varint(b []byte) (fits bool, need int) {
	f := &d.frame
	if f.at >= len(b) {
		return true, 1
	}
	_, n := scanVarint(b[f.at:])
	switch {
	case n < 0:
		return true, 1
	case n == 0:
		return false, 0
	}
	f.end, f.at, f.scanned = f.at+n, f.at+n, f.at+n
	f.step++
	return true, 0
}

package wire

import "math"

// Counted ends the reading of a count, for [Step.Count]: the count, or the
// reader's error. What no int holds is math.MaxInt, which a [Decoder] refuses at
// once as a frame that is too large.
func (r *Reader) Counted(n uint64) (int, error) {
	if err := r.Err(); err != nil {
		return 0, err
	}
	return int(min(n, math.MaxInt)), nil
}

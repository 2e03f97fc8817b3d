package wire

import "math"

// Counted ends the reading of a count, for [Step.Count]: the count and a fixed
// number of bytes more, or the reader's error. What no int holds is
// math.MaxInt, which a [Decoder] refuses at once as a frame that is too large.
func (r *Reader) Counted(n uint64, more int) (int, error) {
	if err := r.Err(); err != nil {
		return 0, err
	}
	if n > math.MaxInt-uint64(more) {
		return math.MaxInt, nil
	}
	return int(n) + more, nil
}

// Within reads a counted field's n bytes as a value of another kind than bytes
// or text: read gets a Reader over just them, and must use all of them.
func (r *Reader) Within(field string, n uint64, read func(r *Reader)) {
	inner := NewReader(r.Bytes(field, n), r.f)
	if r.err != nil {
		return
	}
	read(&inner)
	if err := inner.Done(); err != nil {
		r.Fail(field, inner.err.Reason)
	}
}

// Measure is how many bytes write writes, for a count that precedes a field
// whose length does not follow from its value. It fails in w's name where
// write fails.
func (w *Writer) Measure(field string, write func(w *Writer)) int {
	inner := NewWriter(nil, w.f)
	write(&inner)
	b, err := inner.Done()
	w.Nest(field, err)
	return len(b)
}

package capture

import "bytes"

// hex is what follows a mark: a row, or nothing, and then rows without marks follow.
func (r *reader) hex(rest string) error {
	if rest == "" {
		return nil
	}
	return r.unmarked(rest)
}

// unmarked is a row of the direction of the one before.
func (r *reader) unmarked(text string) error {
	row, ok := parseRow(text)
	switch {
	case !ok:
		return failure(r.line, "is no row of hex digits")
	case !r.known:
		return failure(r.line, "has no mark of its direction, > sent or < received, and none is above")
	}
	if !r.block.open || row.offset == 0 {
		r.block = block{open: true, want: -1}
	}
	return r.row(row)
}

// maxRepeat bounds what a star stands for, in bytes.
const maxRepeat = 1 << 30

// row takes a row of the current block.
func (r *reader) row(row row) error {
	b := &r.block
	if row.repeat {
		b.repeat = len(b.last) > 0
		return nil
	}
	if b.repeat && row.offset >= 0 {
		if err := r.again(row.offset); err != nil {
			return err
		}
	}
	b.repeat = false
	if row.offset >= 0 && row.offset != b.have {
		return failure(r.line, "is at %#x, where %#x is due: rows are missing", row.offset, b.have)
	}
	b.have += int64(len(row.bytes))
	b.last = row.bytes
	if len(row.bytes) == 0 {
		return nil
	}
	return r.data(row.bytes)
}

// again gives the row before, until an offset.
func (r *reader) again(until int64) error {
	b := &r.block
	if until-b.have > maxRepeat {
		return failure(r.line, "a star stands for more than %d MiB", maxRepeat>>20)
	}
	many := bytes.Repeat(b.last, max(1, peeked/len(b.last)))
	for b.have < until {
		n := min(until-b.have, int64(len(many)))
		if err := r.data(many[:n]); err != nil {
			return err
		}
		b.have += n
	}
	return nil
}

// endBlock ends a dump, which must have been whole.
func (r *reader) endBlock() error {
	b := r.block
	r.block = block{}
	if b.open && b.want >= 0 && b.have != int64(b.want) {
		return failure(r.line, "%d bytes were said to come above, and %d did", b.want, b.have)
	}
	return nil
}

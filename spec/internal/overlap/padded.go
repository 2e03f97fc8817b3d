package overlap

import (
	"math/big"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// padded reads a value that is filled up, mostly with blanks: on the left for
// numbers, on the right for text. The states stand for how much is left to read, so that
// there are only a few for each character.
func (b *builder) padded(from int, t *model.Type) int {
	if t.Width > maxFixed {
		return b.until(from, b.text(), nil)
	}
	to := b.add()
	switch t.Elem.Kind {
	case model.Text:
		b.leftAligned(from, to, t, b.text())
	case model.Word:
		b.leftAligned(from, to, t, b.text().And(byteset.Range(0x21, 0xff)))
	default:
		b.rightAligned(from, to, t)
	}
	return to
}

// filler is what fills a value up.
func filler(t *model.Type) byteset.Set { return byteset.Range(t.Filler(), t.Filler()) }

// leftAligned reads characters of the set, at least one, and then what fills up.
func (b *builder) leftAligned(from, to int, t *model.Type, set byteset.Set) {
	width := t.Width
	blanks := make([]int, width) // with so many left
	blanks[0] = to
	for left := 1; left < width; left++ {
		blanks[left] = b.add()
		b.read(blanks[left], filler(t), blanks[left-1])
	}
	for left := width - 1; left >= 0; left-- {
		from = b.one(from, set)
		b.skip(from, blanks[left])
	}
}

// rightAligned reads what fills up and then a number.
func (b *builder) rightAligned(from, to int, t *model.Type) {
	plain := b.exact(to, t.Width, t.Elem, false)
	var minus []int
	if t.Elem.Kind != model.Uint {
		minus = b.exact(to, t.Width, t.Elem, true)
	}
	for left := t.Width; left > 0; left-- {
		b.skip(from, plain[left])
		if minus != nil && left > 1 {
			b.read(from, byteset.Of("-"), minus[left-1])
		}
		from = b.one(from, filler(t))
	}
}

// exact gives the states from which a number of just so many characters is
// read, up to width; minus: its sign has been read.
func (b *builder) exact(to, width int, t *model.Type, minus bool) []int {
	low, high, whole := bounds(t)
	if !whole {
		return b.exactDecimal(to, width)
	}
	if minus {
		low, high = new(big.Int), low.Neg(low)
	}
	digits := len(high.String())
	starts := make([]int, width+1)
	for n := 1; n <= width; n++ {
		starts[n] = b.add()
		if n > digits {
			b.read(starts[n], byteset.Of("0"), starts[n-1])
		} else {
			b.wide(starts[n], to, low, high, n, 10)
		}
	}
	return starts
}

// exactDecimal is exact for decimals, whatever their range: digits, or digits
// on both sides of a point.
func (b *builder) exactDecimal(to, width int) []int {
	starts, before, behind := make([]int, width+1), make([]int, width+1), make([]int, width+1)
	before[0], behind[0] = to, to
	for n := 1; n <= width; n++ {
		starts[n], before[n], behind[n] = b.add(), b.add(), b.add()
		b.read(starts[n], digit, before[n-1])
		b.read(before[n], digit, before[n-1])
		b.read(behind[n], digit, behind[n-1])
		if n > 1 {
			b.read(before[n], byteset.Of("."), behind[n-1])
		}
	}
	return starts
}

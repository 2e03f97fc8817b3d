package overlap

import (
	"math/big"
	"strings"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// bounds are the least and the greatest integer of a type; not ok for types of
// other numbers.
func bounds(t *model.Type) (low, high *big.Int, ok bool) {
	one := big.NewInt(1)
	power := func(base int64, n int) *big.Int {
		return new(big.Int).Exp(big.NewInt(base), big.NewInt(int64(n)), nil)
	}
	low = new(big.Int)
	switch t.Kind {
	case model.Uint:
		high = power(2, t.Bits)
	case model.Int:
		high = power(2, t.Bits-1)
		low.Neg(high)
	case model.Digits:
		high = power(10, t.Width)
	case model.Hex:
		high = power(16, t.Width)
	default:
		return nil, nil, false
	}
	high.Sub(high, one)
	if t.Range != nil {
		if n, isInt := new(big.Int).SetString(t.Range.Min, 10); isInt && n.Cmp(low) > 0 {
			low = n
		}
		if n, isInt := new(big.Int).SetString(t.Range.Max, 10); isInt && n.Cmp(high) < 0 {
			high = n
		}
	}
	return low, high, true
}

// integer reads an integer between low and high, with any zeros before it; one
// of a signed type may be -0.
func (b *builder) integer(from int, low, high *big.Int, signed bool) int {
	to := b.add()
	if signed && low.Sign() <= 0 {
		limit := new(big.Int).Neg(low)
		least := new(big.Int)
		if high.Sign() < 0 {
			least.Neg(high)
		}
		b.natural(b.lit(from, "-"), to, least, limit)
	}
	if high.Sign() >= 0 {
		least := new(big.Int)
		if low.Sign() > 0 {
			least = low
		}
		b.natural(from, to, least, high)
	}
	return to
}

// natural reads low to high, one length after the other.
func (b *builder) natural(from, to int, low, high *big.Int) {
	from = b.star(from, func(from int) int { return b.lit(from, "0") })
	first, last := low.String(), high.String()
	for n := len(first); n <= len(last); n++ {
		lo, hi := "1"+strings.Repeat("0", n-1), strings.Repeat("9", n)
		if n == len(first) {
			lo = first
		}
		if n == len(last) {
			hi = last
		}
		b.between(from, to, lo, hi, 10)
	}
}

// wide reads low to high in exactly n digits, where any number of them has so
// few.
func (b *builder) wide(from, to int, low, high *big.Int, n, base int) {
	least, most := low.Text(base), high.Text(base)
	if low.Sign() < 0 {
		least = "0"
	}
	if high.Sign() < 0 || len(least) > n {
		return
	}
	if len(most) > n {
		most = strings.Repeat(strings.ToLower(big.NewInt(int64(base-1)).Text(base)), n)
	}
	b.between(from, to, strings.Repeat("0", n-len(least))+least, strings.Repeat("0", n-len(most))+most, base)
}

// between reads what lies between two numbers of the same length.
func (b *builder) between(from, to int, low, high string, base int) {
	if low == "" {
		b.skip(from, to)
		return
	}
	first, last := value(low[0]), value(high[0])
	if strings.Trim(low, "0") == "" && strings.Trim(high, string(symbol(base-1))) == "" {
		for range low {
			from = b.one(from, symbols(0, base-1))
		}
		b.skip(from, to)
		return
	}
	if first == last {
		b.between(b.one(from, symbols(first, first)), to, low[1:], high[1:], base)
		return
	}
	rest := len(low) - 1
	zeros, nines := strings.Repeat("0", rest), strings.Repeat(string(symbol(base-1)), rest)
	b.between(b.one(from, symbols(first, first)), to, low[1:], nines, base)
	if first+1 < last {
		b.between(b.one(from, symbols(first+1, last-1)), to, zeros, nines, base)
	}
	b.between(b.one(from, symbols(last, last)), to, zeros, high[1:], base)
}

func symbol(v int) byte { return "0123456789abcdef"[v] }

func value(c byte) int { return strings.IndexByte("0123456789abcdef", c) }

// symbols are the digits of first to last, in either case.
func symbols(first, last int) byteset.Set {
	var s byteset.Set
	for v := first; v <= last; v++ {
		s.Add(symbol(v))
		if v > 9 {
			s.Add(symbol(v) - 'a' + 'A')
		}
	}
	return s
}

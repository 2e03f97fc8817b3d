package wire

import "math"

// Big writes an unsigned number in n bytes, 1 to 8, the highest first.
func (w *Writer) Big(field string, v uint64, n int) { w.number(field, v, n, NumberBig) }

// Little writes an unsigned number in n bytes, 1 to 8, the lowest first.
func (w *Writer) Little(field string, v uint64, n int) { w.number(field, v, n, NumberLittle) }

// BigInt is Big for a number in two's complement.
func (w *Writer) BigInt(field string, v int64, n int) { w.signed(field, v, n, NumberBig) }

// LittleInt is Little for a number in two's complement.
func (w *Writer) LittleInt(field string, v int64, n int) { w.signed(field, v, n, NumberLittle) }

// BigFloat writes a number of IEEE 754 in n bytes, 4 or 8, the highest first;
// four hold the nearest one that they can, and none that is beyond them.
func (w *Writer) BigFloat(field string, v float64, n int) { w.float(field, v, n, NumberBig) }

// LittleFloat is BigFloat with the lowest byte first.
func (w *Writer) LittleFloat(field string, v float64, n int) { w.float(field, v, n, NumberLittle) }

// Varint writes a number of at most bits, 1 to 64, seven bits a byte, the lowest
// first.
func (w *Writer) Varint(field string, v uint64, bits int) {
	if v>>uint(bits) != 0 {
		w.Fail(field, "does not fit "+itoa(bits)+" bits")
		return
	}
	w.b = NumberVarint.append(w.b, v)
}

// Bits writes a number in n bits, 1 to 64, the highest of a byte first. Fields of
// bits fill whole bytes together.
func (w *Writer) Bits(field string, v uint64, n int) {
	if v>>uint(n) != 0 {
		w.Fail(field, "does not fit "+itoa(n)+" bits")
		return
	}
	for left := n; left > 0; {
		if w.bits == 0 {
			w.b = append(w.b, 0)
		}
		take := min(8-w.bits, left)
		left -= take
		w.bits += take
		part := byte(v>>left) & (0xff >> (8 - take))
		w.b[len(w.b)-1] |= part << (8 - w.bits)
		w.bits &= 7
	}
}

// BitsInt is Bits for a number in two's complement.
func (w *Writer) BitsInt(field string, v int64, n int) {
	if !fitsInt(v, n) {
		w.Fail(field, "does not fit "+itoa(n)+" bits")
		return
	}
	w.Bits(field, uint64(v)&(math.MaxUint64>>(64-n)), n)
}

// Size leaves room for the count of the frame, which End writes.
func (w *Writer) Size() { w.zeros(w.f.Packet.Size.Width) }

// Sum leaves room for the checksum of the frame, which End writes.
func (w *Writer) Sum() { w.zeros(w.f.Packet.Sum.Width) }

// Const writes bits that the layout holds for this message.
func (w *Writer) Const(v uint64, bits int) { w.Bits(PartLiteral, v, bits) }

func (w *Writer) zeros(n int) {
	for range n {
		w.b = append(w.b, 0)
	}
}

func (w *Writer) number(field string, v uint64, n int, form Number) {
	if n < 8 && v>>uint(8*n) != 0 {
		w.Fail(field, "does not fit "+itoa(8*n)+" bits")
		return
	}
	at := len(w.b)
	w.zeros(n)
	form.put(w.b[at:], v)
}

func (w *Writer) signed(field string, v int64, n int, form Number) {
	if !fitsInt(v, 8*n) {
		w.Fail(field, "does not fit "+itoa(8*n)+" bits")
		return
	}
	w.number(field, uint64(v)&(math.MaxUint64>>(64-8*n)), n, form)
}

func (w *Writer) float(field string, v float64, n int, form Number) {
	if n == 8 {
		w.number(field, math.Float64bits(v), n, form)
		return
	}
	short := float32(v)
	if math.IsInf(float64(short), 0) && !math.IsInf(v, 0) {
		w.Fail(field, "does not fit 32 bits")
		return
	}
	w.number(field, uint64(math.Float32bits(short)), n, form)
}

package wire

import (
	"math/bits"
	"sync"
)

// Checksum is an algorithm of the catalogue; see [ChecksumNamed].
type Checksum uint8

// ChecksumNamed finds an algorithm by its name: sums by those of [Checksums],
// CRCs by their name in the RevEng catalogue (CRC-16/MODBUS).
func ChecksumNamed(name string) (Checksum, bool) {
	for i := range catalogue {
		if catalogue[i].name == name {
			return Checksum(i), true
		}
	}
	return 0, false
}

// Checksums are the names of all algorithms.
func Checksums() []string {
	names := make([]string, len(catalogue))
	for i := range catalogue {
		names[i] = catalogue[i].name
	}
	return names
}

// String is the algorithm's name.
func (c Checksum) String() string { return catalogue[c].name }

// Bits is how wide the sums are.
func (c Checksum) Bits() int { return catalogue[c].width }

// Of is the checksum of b.
func (c Checksum) Of(b []byte) uint32 {
	a := &catalogue[c]
	if a.sum != nil {
		return a.sum(b)
	}
	return a.crc(b)
}

// CRC is what makes a cyclic redundancy check, as the catalogue has it: the polynomial
// with its highest bit first. Bytes and sums are reflected both or neither.
type CRC struct {
	Width      int
	Poly, Init uint32
	Reflected  bool
	XorOut     uint32
}

// CRC says how the algorithm computes, for who must do it elsewhere; ok is false
// for plain sums.
func (c Checksum) CRC() (of CRC, ok bool) {
	a := &catalogue[c]
	return CRC{Width: a.width, Poly: a.poly, Init: a.init, Reflected: a.reflected, XorOut: a.xorout}, a.sum == nil
}

// algorithm is a plain sum, or the parameters of a CRC, as the catalogue has
// them: the polynomial with its highest bit first.
type algorithm struct {
	name      string
	sum       func(b []byte) uint32
	width     int
	poly      uint32
	init      uint32
	reflected bool // both ways, as in every CRC here
	xorout    uint32
	check     uint32 // of "123456789"

	once  sync.Once
	table [256]uint32
}

// crc goes through b by a table. A register that is not reflected is kept at
// the upper end of 32 bits, so that all widths are alike.
func (a *algorithm) crc(b []byte) uint32 {
	a.once.Do(a.prepare)
	if a.reflected {
		crc := bits.Reverse32(a.init << a.up())
		for _, c := range b {
			crc = crc>>8 ^ a.table[byte(crc)^c]
		}
		return crc ^ a.xorout
	}
	crc := a.init << a.up()
	for _, c := range b {
		crc = crc<<8 ^ a.table[byte(crc>>24)^c]
	}
	return crc>>a.up() ^ a.xorout
}

func (a *algorithm) up() int { return 32 - a.width }

func (a *algorithm) prepare() {
	poly := a.poly << a.up()
	for i := range a.table {
		v := uint32(i)
		if a.reflected {
			v = bits.Reverse32(v)
		} else {
			v <<= 24
		}
		for range 8 {
			carry := v >> 31
			v = v<<1 ^ poly*carry
		}
		if a.reflected {
			v = bits.Reverse32(v)
		}
		a.table[i] = v
	}
}

// The plain sums.

func sum8(b []byte) uint32 { return sum16(b) & 0xff }

func sum16(b []byte) (sum uint32) {
	for _, c := range b {
		sum += uint32(c)
	}
	return sum & 0xffff
}

// sum8Negative makes the sum of all bytes and itself zero.
func sum8Negative(b []byte) uint32 { return -sum8(b) & 0xff }

func sum8Inverted(b []byte) uint32 { return ^sum8(b) & 0xff }

func sum16Negative(b []byte) uint32 { return -sum16(b) & 0xffff }

func xor8(b []byte) (sum uint32) {
	for _, c := range b {
		sum ^= uint32(c)
	}
	return sum
}

// fletcher16 is that of RFC 1146, with sums modulo 255.
func fletcher16(b []byte) uint32 {
	var low, high uint32
	for _, c := range b {
		low = (low + uint32(c)) % 255
		high = (high + low) % 255
	}
	return high<<8 | low
}

// entry is a CRC of the catalogue.
func entry(width int, name string, poly, init uint32, reflected bool, xorout, check uint32) algorithm {
	return algorithm{name: name, width: width, poly: poly, init: init, reflected: reflected, xorout: xorout, check: check}
}

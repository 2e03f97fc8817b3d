package limit

import (
	"math"
	"unsafe"
)

// Reading is a line of three fields, parsed by hand:
//
//	READING 117 -1234567.250 degrees celsius
type Reading struct {
	Channel uint8
	Coef    int64
	Scale   uint8
	Unit    string // shares the line's memory
}

// Parse does what one would write for just this line, with all that must be
// looked at: ranges, an overflow, bytes that are no text.
func (r *Reading) Parse(line []byte) bool {
	const prefix = "READING "
	if len(line) < len(prefix) || string(line[:len(prefix)]) != prefix {
		return false
	}
	i := len(prefix)
	channel, start := uint(0), i
	for ; i < len(line) && line[i]-'0' <= 9; i++ {
		if channel = channel*10 + uint(line[i]-'0'); channel > math.MaxUint8 {
			return false
		}
	}
	if i == start || i == len(line) || line[i] != ' ' {
		return false
	}
	i++
	minus := i < len(line) && line[i] == '-'
	if minus {
		i++
	}
	start = i
	coef, point := int64(0), -1
	for ; i < len(line) && line[i] != ' '; i++ {
		switch digit := line[i] - '0'; {
		case digit <= 9 && coef <= (math.MaxInt64-9)/10:
			coef = coef*10 + int64(digit)
		case line[i] == '.' && point < 0 && i > start:
			point = i
		default:
			return false
		}
	}
	if i == start || i == len(line) || point == i-1 {
		return false
	}
	if minus {
		coef = -coef
	}
	unit := line[i+1:]
	for _, c := range unit {
		if c == 0 || c == '\n' || c == '\r' || c >= 0x80 {
			return false
		}
	}
	r.Channel, r.Coef, r.Scale = uint8(channel), coef, 0
	if point >= 0 {
		r.Scale = uint8(i - point - 1)
	}
	r.Unit = unsafe.String(unsafe.SliceData(unit), len(unit))
	return true
}

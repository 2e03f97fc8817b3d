package simulate

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// digest mixes words into one, the same in every process. It tells histories
// apart; it is no cryptographic hash.
type digest struct{ sum uint64 }

func newDigest() digest { return digest{0x9e3779b97f4a7c15} }

func (d *digest) word(w uint64) {
	d.sum = bits.RotateLeft64(d.sum^w*0xff51afd7ed558ccd, 29) * 0xc4ceb9fe1a85ec53
}

func (d *digest) bytes(b []byte) {
	d.word(uint64(len(b)))
	for ; len(b) >= 8; b = b[8:] {
		d.word(binary.LittleEndian.Uint64(b))
	}
	var rest uint64
	for i, c := range b {
		rest |= uint64(c) << (8 * i)
	}
	d.word(rest)
}

func (d *digest) text(s string) {
	d.word(uint64(len(s)))
	var w uint64
	for i := range len(s) {
		w = w<<8 | uint64(s[i])
		if i%8 == 7 {
			d.word(w)
		}
	}
	d.word(w)
}

// any mixes in what a trace's format takes.
func (d *digest) any(a any) {
	switch a := a.(type) {
	case nil:
		d.word(0)
	case int:
		d.word(uint64(a))
	case uint64:
		d.word(a)
	case float64:
		d.word(math.Float64bits(a))
	case time.Duration:
		d.word(uint64(a))
	case session.State:
		d.word(uint64(a))
	case string:
		d.text(a)
	case []byte:
		d.bytes(a)
	case error:
		d.text(a.Error())
	default:
		d.text(fmt.Sprint(a))
	}
}

func (d *digest) value() uint64 { return d.sum ^ d.sum>>32 }

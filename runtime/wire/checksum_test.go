package wire

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
)

// The check value of an algorithm is its sum of "123456789".
func TestChecksums(t *testing.T) {
	seen := map[string]bool{}
	for i := range catalogue {
		c, a := Checksum(i), &catalogue[i]
		require.Falsef(t, seen[a.name], "%s is there twice", a.name)
		seen[a.name] = true
		require.Equalf(t, a.check, c.Of([]byte("123456789")), "%s", a.name)
		found, ok := ChecksumNamed(a.name)
		require.True(t, ok)
		require.Equal(t, c, found)
		require.LessOrEqual(t, uint64(c.Of([]byte{0xff, 0, 1})), uint64(1)<<c.Bits()-1)
	}
	_, ok := ChecksumNamed("CRC-16/NONE")
	require.False(t, ok)
}

// What CRC tells is enough to compute the same, bit by bit.
func TestCRCsTellHowTheyCompute(t *testing.T) {
	for i := range catalogue {
		of, ok := Checksum(i).CRC()
		require.Equal(t, catalogue[i].sum == nil, ok)
		if !ok {
			continue
		}
		v := of.Init
		for _, c := range []byte("123456789") {
			for bit := range 8 {
				in := c >> (7 - bit) & 1
				if of.Reflected {
					in = c >> bit & 1
				}
				carry := v >> (of.Width - 1) & 1
				v = uint32(uint64(v)<<1&(1<<of.Width-1)) ^ of.Poly*(carry^uint32(in))
			}
		}
		if of.Reflected {
			v = bits.Reverse32(v) >> (32 - of.Width)
		}
		require.Equalf(t, catalogue[i].check, v^of.XorOut, "%s", catalogue[i].name)
	}
}

func BenchmarkChecksum(b *testing.B) {
	frame := make([]byte, 256)
	for _, name := range []string{"sum8", "xor8", "CRC-8/SMBUS", "CRC-16/MODBUS", "CRC-32/ISO-HDLC"} {
		c, _ := ChecksumNamed(name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(256)
			for b.Loop() {
				c.Of(frame)
			}
		})
	}
}

package wire

import (
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

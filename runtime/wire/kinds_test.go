package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is no frame ends as others of its kind do; then any kind may come.
func TestKindsEndAsTheirKindDoes(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, Max: 9, Others: []Framing{*packetFramings["sentence"]}}
	f.Others[0].Prefix = "$"
	for in, want := range map[string][]string{
		"$A*40\r\na\n":            {"error: a checksum is wrong", "-1 a"},
		"0123456789\n$A*41\r\n":   {"error: a line is longer than 9 bytes", "-1 $A*41"},
		"$A*4\r\n$A*40\n$A*41\n":  {"error: a checksum is wrong", "error: a checksum is wrong", "-1 $A*41"},
		"0123456789\r0123\na\n$A": {"error: a line is longer than 9 bytes", "-1 a", "pending"},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equal(t, want, decodeAll(t, f, nil, nil, []byte(in), cuts, true), "%q", in)
		}
	}
}

package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A frame that delimits itself may have a checksum behind it, which is verified.
func TestSelfDelimitingFramesAreVerified(t *testing.T) {
	sum, _ := ChecksumNamed("xor8")
	f := &Framing{Max: 12, Packet: &Packet{Extent: ExtentSelf, Head: 1, Tail: 1, Sum: &Sum{Algorithm: sum, At: -1, To: -1, Width: 1}}}
	shapes := []Shape{{Prefix: "P", Steps: []Step{{Kind: StepTo, Lead: 1, Lit: ";"}, {Kind: StepBytes, Lead: 1}}}}
	for in, want := range map[string][]string{
		"Pa;\x0aPb;\x09": {"0 Pa;\n", "0 Pb;\t"},
		"Pa;\x0bPb;\x09": {"error: a checksum is wrong"},
		"Pa;":            {"pending"},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equalf(t, want, decodeAll(t, f, shapes, nil, []byte(in), cuts, false), "%q", in)
		}
	}
}

package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A part that may be absent: counts in it are found from the frame's beginning.
func TestPartsThatMayBeAbsent(t *testing.T) {
	at := func(i int) func([]byte) (int, error) {
		return func(b []byte) (int, error) { return int(b[i]), nil }
	}
	last := func(b []byte) (int, error) { return int(b[len(b)-1]), nil }
	f := &Framing{Max: 12, Packet: &Packet{Extent: ExtentSelf}}
	shapes := []Shape{{Prefix: "P", Steps: []Step{
		{Kind: StepBytes, Lead: 3}, // P, whether there is a part, whether there is one in it
		{Kind: StepPart, Count: at(1), Body: []Step{
			{Kind: StepBytes, Lead: 1, Count: last},
			{Kind: StepPart, Count: at(2), Body: []Step{{Kind: StepBytes, Lead: 1}}},
		}},
		{Kind: StepTo, Lit: "\x00"},
	}}}
	for in, want := range map[string][]string{
		"P\x00\x00x\x00":                 {"0 P\x00\x00x\x00"},
		"P\x00\x01x\x00":                 {"0 P\x00\x01x\x00"},
		"P\x01\x00\x02abx\x00":           {"0 P\x01\x00\x02abx\x00"},
		"P\x01\x01\x02abc\x00P\x00\x00x": {"0 P\x01\x01\x02abc\x00", "pending"},
		"P\x01\x00\x20":                  {"error: a frame is larger than 12 bytes"},
		"P\x00\x00xxxxxxxxxxxxxxxxxxxx":  {"error: a frame is larger than 12 bytes"},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equalf(t, want, decodeAll(t, f, shapes, nil, []byte(in), cuts, false), "%q", in)
		}
	}
}

package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Lines that need not be there, on the message's level and in items; counts in
// them and behind them.
var maybeShapes = []Shape{
	{Prefix: "ONE", Steps: []Step{
		{Kind: StepMaybe, Lit: "NOTE ", Body: []Step{{Lit: "NOTE "}, {Lit: "-"}}},
		{Kind: StepMaybe, Lit: "DATA ", Body: []Step{{Kind: StepTo, Lead: 5, Lit: ":"}, {Kind: StepBytes, Count: countLast}, {}}},
		{Lit: "END"},
	}},
	{Prefix: "ALL", Steps: []Step{
		{Kind: StepUntil, Lit: "OK", Whole: true, Body: []Step{{Lit: "+"}, {Kind: StepMaybe, Lit: "DATA ", Body: []Step{{Kind: StepTo, Lead: 5, Lit: ":"}, {Kind: StepBytes, Count: countLast}, {}}}}},
		{Lit: "OK"},
	}},
}

// countLast reads the digit before the last byte.
func countLast(frame []byte) (int, error) { return int(frame[len(frame)-2] - '0'), nil }

func TestDecoderMaybe(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"none", "ONE\nEND\n", []string{"0 ONE\nEND"}},
		{"first", "ONE\nNOTE x\n-\nEND\n", []string{"0 ONE\nNOTE x\n-\nEND"}},
		{"second", "ONE\nDATA 3:\na\n\nEND\n", []string{"0 ONE\nDATA 3:\na\n\nEND"}},
		{"both", "ONE\nNOTE \n-\nDATA 0:\nEND\nONE\nEND\n", []string{"0 ONE\nNOTE \n-\nDATA 0:\nEND", "0 ONE\nEND"}},
		{"other order", "ONE\nDATA 0:\nNOTE \n", []string{"-1 ONE", "-1 DATA 0:", "-1 NOTE "}},
		{"not all of it", "ONE\nNOTE x\nEND\n", []string{"-1 ONE", "-1 NOTE x", "-1 END"}},
		{"a beginning of it", "ONE\nNOT\n", []string{"-1 ONE", "-1 NOT"}},
		{"items", "ALL\n+\n+\nDATA 1:x\n+\nOK\n", []string{"1 ALL\n+\n+\nDATA 1:x\n+\nOK"}},
		{"goes on", "ONE\nNOT", []string{"pending"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cuts := range []func(int) int{whole, bytewise} {
				require.Equal(t, tt.want, decodeAll(t, anyNewline, maybeShapes, nil, []byte(tt.in), cuts, false))
			}
		})
	}
}

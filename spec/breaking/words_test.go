package breaking

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInWords(t *testing.T) {
	for value, want := range map[string]string{
		"90s": "1 min 30 s", "1m": "1 min", "500ms": "500 ms", "24h": "1 d", "15840": "15,840", "512B": "512 bytes", "4KiB": "4 KiB",
		"1500B": "1,500 bytes", "50%": "50%", "1.5": "1.5", "nothing": "nothing", "2000ms": "2 s", "{attempts: 5000, elapsed: 90m}": "{attempts: 5,000, elapsed: 1 h 30 min}",
		"{id: field_5s}": "{id: field_5s}",
	} {
		require.Equal(t, want, inWords(value))
	}
	a, b := both("60001ms", "60002ms")
	require.NotEqual(t, a, b, "a small difference is one, too")
}

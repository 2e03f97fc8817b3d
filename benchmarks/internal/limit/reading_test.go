package limit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReading(t *testing.T) {
	for line, want := range map[string]Reading{
		"READING 117 -1234567.250 degrees celsius": {117, -1234567250, 3, "degrees celsius"},
		"READING 0 0 ":                   {0, 0, 0, ""},
		"READING 255 21.5 V":             {255, 215, 1, "V"},
		"READING 1 -7 x  y":              {1, -7, 0, "x  y"},
		"READING 1 922337203685477579 V": {1, 922337203685477579, 0, "V"},
	} {
		var r Reading
		require.True(t, r.Parse([]byte(line)), line)
		require.Equal(t, want, r, line)
	}
	for _, line := range []string{
		"", "READING", "READING ", "READING 1", "READING 1 ", "READING 1 2", "READING 256 1 V", "READING  1 V", "READING x 1 V",
		"READING 1 - V", "READING 1 . V", "READING 1 1. V", "READING 1 .5 V", "READING 1 1.2.3 V", "READING 1 1e3 V",
		"READING 1 92233720368547758070 V", "READING 1 1 V\n", "READING 1 1 \x00", "READING 1 1 °C", "reading 1 1 V",
	} {
		require.False(t, new(Reading).Parse([]byte(line)), "%q", line)
	}
}

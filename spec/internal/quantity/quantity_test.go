package quantity

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestQuantities(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Second: "1s", time.Minute: "1m", 90 * time.Second: "90s", 24 * time.Hour: "24h", 90 * time.Minute: "90m",
		1500 * time.Millisecond: "1500ms", 500 * time.Microsecond: "0.5ms", 3: "0.000003ms",
	} {
		require.Equal(t, want, Duration(d))
	}
	for bytes, want := range map[int]string{1: "1B", 1024: "1KiB", 1500: "1500B", 1 << 20: "1MiB", 1 << 30: "1GiB", 1<<20 + 1024: "1025KiB"} {
		require.Equal(t, want, Size(bytes))
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 15840: "15,840", 1234567: "1,234,567", -100: "-100", -1000: "-1,000"} {
		require.Equal(t, want, Count(n))
	}
}

// TestWhatIsWrittenIsRead: each quantity is in its form, and says what it was.
func TestWhatIsWrittenIsRead(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		d := time.Duration(1+r.Int64N(1<<r.IntN(20))) * []time.Duration{1, time.Millisecond, time.Second, time.Minute}[r.IntN(4)]
		require.Regexp(t, DurationForm, Duration(d))
		parsed, err := time.ParseDuration(Duration(d))
		require.NoError(t, err)
		require.Equal(t, d, parsed)
		require.Regexp(t, SizeForm, Size(1+r.IntN(1<<30)))
	}
}

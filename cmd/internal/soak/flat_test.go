package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// samplesOf are samples whose goroutines are these.
func samplesOf(goroutines ...int) (list []sample) {
	for i, n := range goroutines {
		list = append(list, sample{resources: resources{goroutines: n}, at: time.Duration(i) * time.Second})
	}
	return list
}

func TestTrends(t *testing.T) {
	for _, c := range []struct {
		name    string
		samples []sample
		flat    bool
	}{
		{"flat", samplesOf(1, 5, 100, 102, 100, 102, 100, 102), true},
		{"the first quarter does not count", samplesOf(1, 1, 100, 100, 100, 100, 100, 100), true},
		{"grows by a tenth and two", samplesOf(0, 0, 100, 100, 0, 0, 112, 112), true},
		{"grows by more", samplesOf(0, 0, 100, 100, 0, 0, 113, 113), false},
		{"one peak", samplesOf(0, 0, 0, 100, 100, 100, 0, 0, 0, 100, 100, 900), true},
		{"shrinks", samplesOf(0, 0, 100, 100, 0, 0, 1, 1), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var book ledger.Book
			judgeTrends(&book, trends(c.samples))
			require.Equal(t, c.flat, book.Clean(), "%v", book.Violations())
		})
	}
	require.Empty(t, trends(samplesOf(1, 2, 3)))
}

func TestEveryQuantityIsJudged(t *testing.T) {
	const mega = 1 << 20
	grown := resources{heapInUse: 120 * mega, heapLive: 120 * mega, resident: 120 * mega, goroutines: 120, descriptors: 120}
	flat := resources{heapInUse: 100 * mega, heapLive: 100 * mega, resident: 100 * mega, goroutines: 100, descriptors: 100}
	var book ledger.Book
	judgeTrends(&book, trends([]sample{{}, {resources: flat}, {}, {resources: grown}}))
	require.Equal(t, uint64(len(quantities)), book.Broken(ledger.Flat), "%v", book.Violations())
}

func TestWhatIsLeft(t *testing.T) {
	before := resources{goroutines: 3, descriptors: 9, heapLive: 1 << 20}
	for _, c := range []struct {
		after  resources
		broken uint64
	}{
		{before, 0},
		{resources{goroutines: 2, descriptors: 8, heapLive: 1<<20 + spare + 10*goroutine}, 0},
		{resources{goroutines: 4, descriptors: 9, heapLive: 1 << 20}, 1},
		{resources{goroutines: 3, descriptors: 10, heapLive: 1 << 20}, 1},
		{resources{goroutines: 3, descriptors: 9, heapLive: 1<<20 + spare + 10*goroutine + 1}, 1},
	} {
		var book ledger.Book
		judgeEnd(&book, before, c.after, 10)
		require.Equal(t, c.broken, book.Broken(ledger.NothingLeft), "%v", book.Violations())
	}
}

func TestMeasure(t *testing.T) {
	r := measure(true)
	require.Positive(t, r.goroutines)
	require.Positive(t, r.heapInUse)
	require.Positive(t, r.heapLive)
	require.LessOrEqual(t, r.heapLive, r.heapInUse+spare)
}

func TestMoments(t *testing.T) {
	require.Equal(t, 10*time.Second, settings{duration: time.Hour}.moment(10*time.Second))
	require.Equal(t, time.Second, settings{duration: shrink / 10}.moment(10*time.Second))
	require.Equal(t, time.Millisecond, settings{duration: time.Millisecond}.moment(time.Second))
}

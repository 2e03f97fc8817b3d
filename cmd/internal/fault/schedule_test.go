package fault

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func parsed(t *testing.T, text string) Fault {
	t.Helper()
	f, err := acme.Parse(text)
	require.NoError(t, err)
	return f
}

// play advances from one due time to the next, up to an end.
func play(s *Schedule, end time.Duration) string {
	var b strings.Builder
	for at := s.Next(); at <= end; at = s.Next() {
		write(&b, at, s.Advance(at, 0))
	}
	return b.String()
}

func write(b *strings.Builder, at time.Duration, changes []Change) {
	for _, c := range changes {
		word := "ends"
		if c.Begins {
			word = "begins"
		}
		fmt.Fprintf(b, "%v %v %s\n", at, c.Fault, word)
	}
}

func TestScheduleByTime(t *testing.T) {
	s := NewSchedule(1)
	for _, text := range []string{"silence", "black-hole@10s+5s", "reset@12s", "delay=1s+2s"} {
		s.Add(0, 0, parsed(t, text))
	}
	require.Equal(t, `0s silence begins
0s delay=1s+2s begins
2s delay=1s+2s ends
10s black-hole@10s+5s begins
12s reset@12s begins
15s black-hole@10s+5s ends
`, play(s, time.Hour))
	require.Equal(t, Never, s.Next())
	require.Equal(t, "[silence]", fmt.Sprint(s.Active()))

	s.Add(time.Hour, 0, parsed(t, "drip=1s@1m"))
	require.Equal(t, time.Hour+time.Minute, s.Next(), "what is added later counts from there")
	require.Equal(t, "[drip=1s@1m]", fmt.Sprint(s.Waiting()))
	s.Heal(time.Hour)
	require.Empty(t, s.Active())
	require.Len(t, s.Waiting(), 1)
}

// A step that comes late finds all that it missed, in order.
func TestScheduleCatchesUp(t *testing.T) {
	s := NewSchedule(1)
	s.Add(0, 0, parsed(t, "silence@1s+1s"))
	s.Add(0, 0, parsed(t, "black-hole@1500ms"))
	var b strings.Builder
	write(&b, 9*time.Second, s.Advance(9*time.Second, 0))
	require.Equal(t, "9s silence@1s+1s begins\n9s black-hole@1500ms begins\n9s silence@1s+1s ends\n", b.String())
}

func TestScheduleByCount(t *testing.T) {
	s := NewSchedule(1)
	s.Add(0, 0, parsed(t, "reset#3"))
	s.Add(0, 0, parsed(t, "silence#2+1s"))
	require.Equal(t, Never, s.Next())
	require.Empty(t, s.Advance(time.Second, 1))
	require.Len(t, s.Advance(2*time.Second, 2), 1)
	require.Equal(t, 3*time.Second, s.Next())
	var b strings.Builder
	write(&b, 4*time.Second, s.Advance(4*time.Second, 3))
	require.Equal(t, "4s silence#2+1s ends\n4s reset#3 begins\n", b.String())
	require.Empty(t, s.Advance(5*time.Second, 3), "once")
	require.Empty(t, s.Advance(5*time.Second, 4))
	require.Empty(t, s.Waiting())

	s.Add(6*time.Second, 4, parsed(t, "reset#1"))
	require.Empty(t, s.Advance(6*time.Second, 4), "it counts from where it was added")
	require.Len(t, s.Waiting(), 1)
	require.Len(t, s.Advance(7*time.Second, 5), 1)
	require.Empty(t, s.Waiting())
}

// The same seed gives the same times, whatever else is there; the mean is kept.
func TestScheduleAtRandom(t *testing.T) {
	run := func(seed uint64, others ...string) string {
		s := NewSchedule(seed)
		s.Add(0, 0, parsed(t, "reset~1m"))
		for _, text := range others {
			s.Add(0, 0, parsed(t, text))
		}
		var resets []string
		for line := range strings.Lines(play(s, 10*time.Hour)) {
			if strings.Contains(line, "reset") {
				resets = append(resets, line)
			}
		}
		return strings.Join(resets, "")
	}
	require.Equal(t, run(1), run(1, "silence@1s+1s", "close~10s"))
	require.NotEqual(t, run(1), run(2))
	n := strings.Count(run(1), "\n")
	require.InDelta(t, 600, n, 100, "once a minute")

	s := NewSchedule(1)
	s.Add(0, 0, parsed(t, "reset~1m"))
	first := s.Next()
	s = NewSchedule(1)
	s.Add(0, 0, parsed(t, "close~10h"))
	s.Add(0, 0, parsed(t, "reset~1m"))
	require.NotEqual(t, first, s.Next(), "two faults do not follow the same chances")

	s = NewSchedule(1)
	s.Add(0, 0, parsed(t, "silence~1m+5s"))
	var on time.Duration
	for _, line := range strings.Split(strings.TrimSpace(play(s, 100*time.Hour)), "\n") {
		at, err := time.ParseDuration(strings.Fields(line)[0])
		require.NoError(t, err)
		if strings.HasSuffix(line, "begins") {
			on = at
		} else {
			require.Equal(t, 5*time.Second, at-on)
		}
	}
}

func TestHealBringsRandomFaultsAgain(t *testing.T) {
	s := NewSchedule(1)
	s.Add(0, 0, parsed(t, "silence~1m+1h"))
	at := s.Next()
	require.Len(t, s.Advance(at, 0), 1)
	s.Heal(at + time.Second)
	require.Empty(t, s.Active())
	require.Less(t, s.Next(), at+time.Hour, "it begins again before it would have ended")
}

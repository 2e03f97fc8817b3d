package explain

import (
	"time"

	"github.com/linewright/linewright/runtime/backoff"
	"github.com/linewright/linewright/spec/model"
)

// Schedule is when a client dials again.
type Schedule struct {
	Steps []Delay `json:"steps"` // the last one is repeated
	// StableAfter: a link that was ready for so long makes the schedule begin anew.
	StableAfter Seconds `json:"stable_after_s"`
	// Refused is when a client dials again that was refused, which is not lost: null:
	// it stops.
	Refused        Seconds `json:"refused_s"`
	GiveUpAttempts int     `json:"give_up_attempts"` // 0: never
	GiveUpElapsed  Seconds `json:"give_up_elapsed_s"`
}

// Delay is one step: the delay after so many failures is somewhere in it, evenly.
type Delay struct {
	Failures int     `json:"failures"`
	Shortest Seconds `json:"shortest_s"`
	Longest  Seconds `json:"longest_s"`
}

// maxSteps bounds the printed steps: a factor may be close to 1.
const maxSteps = 64

func schedule(p *model.Protocol) Schedule {
	r, delays := p.Reconnect, delaysOf(p)
	s := Schedule{StableAfter: Seconds(r.StableAfter), Refused: Never, GiveUpAttempts: r.GiveUpAttempts, GiveUpElapsed: Never}
	if r.Refused > 0 {
		s.Refused = Seconds(r.Refused)
	}
	if r.GiveUpElapsed > 0 {
		s.GiveUpElapsed = Seconds(r.GiveUpElapsed)
	}
	last := time.Duration(-1)
	for n := 0; n < maxSteps && delays.Base(n) != last; n++ {
		lo, hi := delays.Range(n)
		s.Steps = append(s.Steps, Delay{n, Seconds(lo), Seconds(hi)})
		last = hi
	}
	return s
}

func delaysOf(p *model.Protocol) backoff.Schedule {
	r := p.Reconnect
	return backoff.Schedule{Initial: r.Initial, Factor: r.Factor, Max: r.Max, Jitter: r.Jitter}
}

package check

import (
	"cmp"
	"slices"
	"time"
)

const (
	batchMax = 256 << 10 // of one batch, in bytes; a larger frame goes alone
	readMax  = 32 << 10  // of one read
)

// memory: nothing grows with what the peer or the callers do.
func memory(j *judge) {
	largest := 0
	for _, k := range j.c.Calls {
		largest = max(largest, k.Bytes)
	}
	p := j.c.Peak
	if at, n := j.crowd(); j.c.MaxWaiting > 0 && n > j.c.MaxWaiting+j.Plan.InFlight {
		j.report(at, "%d calls at once; %d at most may be", n, j.c.MaxWaiting+j.Plan.InFlight)
	}
	if most := max(j.Plan.Framing.Max, j.Plan.Framing.MaxLine) + readMax; p.Held > most {
		j.report(0, "%d received bytes were held; %d at most may be", p.Held, most)
	}
	if most := max(batchMax, largest); p.Batch > most {
		j.report(0, "a batch of %d bytes; %d at most may be", p.Batch, most)
	}
	if at, n := j.detached(); n > 2*batchMax+largest {
		j.report(at, "%d bytes of commands that nobody waits for; %d at most may be", n, 2*batchMax+largest)
	}
}

// crowd is the most calls that there were at once: each from when the session
// had it until it ended or, where nothing answers it, was handed over.
func (j *judge) crowd() (at time.Duration, most int) {
	var steps []step
	for _, k := range j.c.Calls {
		end := k.FinishedMono
		if len(k.Handed) > 0 && len(j.Plan.Commands[k.Command].Replies) == 0 {
			end = k.Handed[0].Mono
		}
		if k.Told && end > k.SubmittedMono {
			steps = append(steps, step{k.SubmittedMono, 1}, step{end, -1})
		}
	}
	return peak(steps)
}

// detached is the most that was queued, in bytes, of calls whose callers had gone.
func (j *judge) detached() (at time.Duration, most int) {
	var steps []step
	for _, k := range j.c.Calls {
		if k.Detached {
			steps = append(steps, step{k.Submitted, k.Bytes}, step{k.Finished, -k.Bytes})
		}
	}
	return peak(steps)
}

// step is a quantity that grows or shrinks at a time.
type step struct {
	at time.Duration
	by int
}

// peak is the most that steps come to. Of one moment, those that shrink it come
// first.
func peak(steps []step) (at time.Duration, most int) {
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) })
	n := 0
	for _, s := range steps {
		if n += s.by; n > most {
			at, most = s.at, n
		}
	}
	return at, most
}

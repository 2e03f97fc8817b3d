package check

import (
	"maps"
	"slices"
	"time"
)

// ask is all that was asked and seen under one ID.
type ask struct {
	calls []*Call
	seen  []Seen
}

// asks gathers the calls of all clients, and what the device saw of them.
func (j *judge) asks() map[string]*ask {
	all := map[string]*ask{}
	get := func(id string) *ask {
		if all[id] == nil {
			all[id] = &ask{}
		}
		return all[id]
	}
	for _, c := range j.Clients {
		for _, k := range c.Calls {
			if k.ID != "" {
				get(k.ID).calls = append(get(k.ID).calls, k)
			}
		}
	}
	for _, s := range j.Seen {
		if s.ID != "" && s.came() {
			get(s.ID).seen = append(get(s.ID).seen, s)
		}
	}
	return all
}

// fates compares what callers were told with what the device saw.
func fates(j *judge) {
	if j.i > 0 {
		return // the first client stands for all: a device does not tell them apart
	}
	nameless := map[int]bool{} // commands of which calls are not told apart
	for _, c := range j.Clients {
		for _, k := range c.Calls {
			nameless[k.Command] = nameless[k.Command] || k.ID == ""
		}
	}
	asks := j.asks()
	for _, id := range slices.Sorted(maps.Keys(asks)) {
		if a := asks[id]; len(a.calls) > 0 || !nameless[a.seen[0].Command] {
			j.judgeAsk(id, a)
		}
	}
}

func (j *judge) judgeAsk(id string, a *ask) {
	may, must, lasts := 0, 0, false
	var at time.Duration
	for _, k := range a.calls {
		command := &j.Plan.Commands[k.Command]
		lasts = lasts || command.Lasting
		at = max(at, k.Finished)
		if k.Outcome != NotSent {
			may++
			if command.Idempotent {
				may++
			}
		}
		if k.Outcome == Replied || k.Outcome == Failed {
			must++
		}
	}
	switch n := len(a.seen); {
	case len(a.calls) == 0:
		j.report(a.seen[0].At, "the device saw %s, and nobody asked it", id)
	case n > 0 && may == 0:
		j.report(at, "%s was not sent, they said, and the device saw it at %v", id, a.seen[0].At)
	case n > may && !lasts:
		j.report(at, "%s was executed %d times; %d at most may be", id, n, may)
	case n < must && (len(a.calls) == 1 || !j.Doubles):
		j.report(at, "%s was answered %d times, and executed %d times", id, must, n)
	case len(a.calls) == 1 && n == 2 && a.seen[0].Conn == a.seen[1].Conn && !lasts:
		j.report(at, "%s was executed twice on connection %d", id, a.seen[0].Conn)
	}
}

// handOvers: what was handed over is not called not sent, what was not is, and
// only idempotent commands are handed over again, on another link. A lasting
// command whose caller has gone may be left to the replay.
func handOvers(j *judge) {
	for _, k := range j.c.Calls {
		if !k.Told {
			continue
		}
		n, replayed := len(k.Handed), k.Detached && j.Plan.Commands[k.Command].Lasting
		switch {
		case n > 0 && k.Outcome == NotSent:
			j.report(k.Finished, "%s was handed over, and is said to be not sent", j.name(k))
		case n == 0 && k.Outcome == Unknown:
			j.report(k.Finished, "%s was never handed over, and its fate is said to be unknown", j.name(k))
		case n == 0 && k.Outcome != Open && k.Outcome < NotSent && !replayed:
			j.report(k.Finished, "%s succeeded, and was never handed over", j.name(k))
		case n > 2 || n == 2 && !j.Plan.Commands[k.Command].Idempotent:
			j.report(k.Finished, "%s was handed over %d times", j.name(k), n)
		case n == 2 && k.Handed[0].Epoch == k.Handed[1].Epoch:
			j.report(k.Finished, "%s was handed over twice on link %d", j.name(k), k.Handed[0].Epoch)
		}
	}
}

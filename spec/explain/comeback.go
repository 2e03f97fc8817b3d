package explain

import (
	"math"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/backoff"
	"github.com/linewright/linewright/spec/model"
)

// Comeback is how long after the end of an outage a client is ready again, but for the
// time that connecting and logging in take.
type Comeback struct {
	Outage Seconds `json:"outage_s"`
	// Silent: the network drops everything, and the client must notice first; else
	// the device is down, and dials are refused at once.
	Silent bool    `json:"silent"`
	Median Seconds `json:"median_s"`
	P95    Seconds `json:"p95_s"`
	Worst  Seconds `json:"worst_s"` // that can be, simulated or not
	// GivesUp is the part of the clients that have stopped trying.
	GivesUp float64 `json:"gives_up"`
}

// outages are those that are looked at.
var outages = []time.Duration{time.Second, time.Minute, time.Hour}

// defaultSamples is what zero [Options.Samples] mean.
const defaultSamples = 2_000

func comebacks(p *model.Protocol, o Options) (all []Comeback) {
	if p.Endpoint.PerCommand {
		return nil // there is nothing to come back to
	}
	for _, silent := range []bool{false, true} {
		for _, length := range outages {
			all = append(all, comeback(p, o, length, silent))
		}
	}
	return all
}

func comeback(p *model.Protocol, o Options, length time.Duration, silent bool) Comeback {
	plan, random := plan(p), chance(o.Seed)
	c := Comeback{Outage: Seconds(length), Silent: silent, Worst: worstComeback(p, length, silent)}
	earliest, latest, notices := time.Duration(0), time.Duration(0), true
	if silent {
		if earliest, latest, notices = noticed(p); !notices {
			c.Median, c.P95 = Never, Never
			return c
		}
	}
	var waits []time.Duration
	some := affordable(o.Samples, delaysOf(p), outage{length: length}, 0)
	for range some {
		out := outage{length: length, silent: silent}
		out.noticed = latest - time.Duration(random.Float64()*float64(latest-earliest))
		if silent && survives(out) {
			waits = append(waits, 0)
			continue
		}
		if s := simulate(plan, random.Uint64(), out, func(time.Duration) {}); s.back >= 0 {
			waits = append(waits, s.back-length)
		}
	}
	c.GivesUp = 1 - float64(len(waits))/float64(some)
	if len(waits) == 0 {
		c.Median, c.P95 = Never, Never
		return c
	}
	slices.Sort(waits)
	c.Median = Seconds(waits[len(waits)/2])
	c.P95 = Seconds(waits[len(waits)*95/100])
	return c
}

// survives reports whether the link outlives the outage. What TCP sends again it sends
// at intervals that double, so that a link goes on at the latest after as long again.
func survives(o outage) bool { return o.noticed > 2*o.length }

// noticed is when a client notices that the network drops everything: evenly between
// the two, as the outage may begin at any point of the heartbeat's cycle. ok is false
// where nothing notices.
func noticed(p *model.Protocol) (earliest, latest time.Duration, ok bool) {
	w := watches(p)[0]
	idle := w.idle()
	if idle.Worst == Never {
		return 0, 0, false
	}
	earliest, latest = time.Duration(idle.Typical), time.Duration(idle.Worst)
	if w.probe != nil {
		earliest = max(0, latest-w.probe.Every)
	}
	return earliest, latest, true
}

// worstComeback is no matter of chance: as many failed dials as the outage has room
// for, one of which began just before its end, and then the longest delay.
func worstComeback(p *model.Protocol, length time.Duration, silent bool) Seconds {
	r, delays := p.Reconnect, delaysOf(p)
	var failing, earliest, latest time.Duration
	if silent {
		var ok bool
		if earliest, latest, ok = noticed(p); !ok {
			return Never
		}
		failing = p.Timeouts.Connect
	}
	failed := failedDials(delays, length-earliest, failing)
	worst := delays.Base(failed)
	if failed > 0 {
		worst += failing
	}
	if earliest <= 2*length { // it may be noticed, and after the outage at that
		worst = max(worst, latest-length+delays.Base(0))
	} else {
		worst = 0
	}
	if r.GiveUpAttempts > 0 && failed >= r.GiveUpAttempts || r.GiveUpElapsed > 0 && length+worst >= r.GiveUpElapsed {
		return Never
	}
	return Seconds(worst)
}

// failedDials is how many dials have begun and failed at most within a time, where each
// delay is the shortest; more than matter are not counted.
func failedDials(delays backoff.Schedule, within, failing time.Duration) (n int) {
	longest := delays.Base(math.MaxInt)
	for at := time.Duration(0); n < 1_000_000; n++ {
		lo, hi := delays.Range(n)
		if at += lo; at >= within {
			return n
		}
		if hi == longest && lo == 0 {
			return math.MaxInt
		}
		at += failing
	}
	return n
}

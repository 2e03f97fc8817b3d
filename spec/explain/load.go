package explain

import (
	"slices"
	"time"

	"github.com/linewright/linewright/spec/model"
)

// Load is what a device sees that went down with all its clients connected, and comes
// back: they lose it at the same moment, which is the worst.
type Load struct {
	Clients int `json:"clients"`
	// Device is how many clients the document says that the device serves at once;
	// 0: it says nothing.
	Device   int       `json:"device_clients"`
	Restarts []Restart `json:"restarts"`
}

// Restart is one such outage.
type Restart struct {
	Outage Seconds `json:"outage_s"`
	// Refused is the most dials in any second while it is down.
	Refused int `json:"refused_peak_per_s"`
	// Peak is the most connections in any second from then on; Back99 and Back are
	// when 99 % and all of the clients that try are back, from the outage's end.
	Peak   int     `json:"peak_per_s"`
	Back99 Seconds `json:"back_99_s"`
	Back   Seconds `json:"back_all_s"`
	// GaveUp is how many have stopped trying.
	GaveUp int `json:"gave_up"`
	// Simulated is how many clients were simulated, where all would have been too
	// many dials; the numbers are for all.
	Simulated int `json:"simulated"`
	// PerSecond are the connections in each second from the outage's end.
	PerSecond []int `json:"per_second"`
}

// restarts are the outages of a device that are looked at; the first is one that is
// over before any client dials.
var restarts = []time.Duration{0, time.Second, time.Minute, time.Hour}

func load(p *model.Protocol, o Options) Load {
	l := Load{Clients: o.Clients, Device: p.Endpoint.Clients}
	if p.Endpoint.PerCommand {
		return l
	}
	for _, length := range restarts {
		l.Restarts = append(l.Restarts, restart(p, o, length))
	}
	return l
}

// grain is how finely dials are counted that a device refuses while it is down.
const grain = 100 * time.Millisecond

func restart(p *model.Protocol, o Options, length time.Duration) Restart {
	plan, random := plan(p), chance(o.Seed)
	refused := make([]int32, length/grain+1)
	var back []time.Duration
	some := affordable(o.Clients, delaysOf(p), outage{length: length}, 0)
	all := func(n int) int { return n * o.Clients / some }
	for range some {
		s := simulate(plan, random.Uint64(), outage{length: length}, func(at time.Duration) {
			if at < length {
				refused[at/grain]++
			}
		})
		if s.back >= 0 {
			back = append(back, s.back-length)
		}
	}
	slices.Sort(back)
	r := Restart{
		Outage: Seconds(length), Refused: all(busiest(refused)), Peak: all(densest(back)),
		GaveUp: all(some - len(back)), Simulated: some,
	}
	if len(back) > 0 {
		r.Back99, r.Back = Seconds(back[(len(back)-1)*99/100]), Seconds(back[len(back)-1])
		for _, n := range perSecond(back) {
			r.PerSecond = append(r.PerSecond, all(n))
		}
	}
	return r
}

// busiest is the most in any second.
func busiest(grains []int32) (most int) {
	const second = int(time.Second / grain)
	n := 0
	for i, count := range grains {
		n += int(count)
		if i >= second {
			n -= int(grains[i-second])
		}
		most = max(most, n)
	}
	return most
}

// densest is the most of the sorted times within a second of each other.
func densest(times []time.Duration) (most int) {
	first := 0
	for i, t := range times {
		for t-times[first] >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

func perSecond(times []time.Duration) []int {
	counts := make([]int, times[len(times)-1]/time.Second+1)
	for _, t := range times {
		counts[t/time.Second]++
	}
	return counts
}

// RestartOf is what a device sees that was down for so long, and nothing else of the
// report.
func RestartOf(p *model.Protocol, o Options, length time.Duration) Restart {
	return restart(p, o, length)
}

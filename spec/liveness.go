package spec

import (
	"slices"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// maxMisses is more unanswered probes than any link is worth.
const maxMisses = 100

// liveness reads how a dead peer is noticed. The commands of probe and beat
// are resolved later, with all others.
func (l *loader) liveness(v value) {
	life := &l.p.Liveness
	v.mapping("liveness, as in {detect_within: 15s, probe: {send: ping, every: 10s, timeout: 5s}}",
		need("detect_within", duration(&life.DetectWithin)),
		may("probe", l.probe),
		may("beat", l.beat),
		may("silence", duration(&life.Silence)),
		may("life", ackOnly(&life.AckOnly)),
		may("keepalive", l.keepAlive),
		may("user_timeout", duration(&life.UserTimeout)),
	)
}

// livenessIncomplete reports whether a number is missing, wrong or not read, so
// that comparing the others would only repeat it.
func (l *loader) livenessIncomplete(v value) bool {
	life := &l.p.Liveness
	probes, beats := life.Probes(), life.Beats()
	return life.DetectWithin == 0 || v.Get("probe") != nil && len(probes) == 0 || v.Get("beat") != nil && len(beats) == 0 ||
		slices.ContainsFunc(probes, func(p *model.Probe) bool { return p.Every == 0 || p.Timeout == 0 || p.Misses == 0 }) ||
		slices.ContainsFunc(beats, func(b *model.Beat) bool { return b.Every == 0 })
}

// probe reads the heartbeats that the server acknowledges: one, or one for each
// mode.
func (l *loader) probe(v value) {
	into := &l.p.Liveness.Probe
	l.heartbeats(v, "probe", func(v value, part *heartbeatPart) (in *[]int) {
		p := &model.Probe{}
		misses, when := 1, "idle"
		isMap := v.mapping("a probe, as in {send: ping, every: 10s, timeout: 5s}",
			need("send", later(&part.send)),
			may("with", later(&part.with)),
			need("every", interval(&p.Every, &p.Told, &part.from)),
			need("timeout", duration(&p.Timeout)),
			may("misses", integer(&misses, 1, maxMisses)),
			may("when", word(&when, "idle", "always")),
			may("in", l.inModes(&p.In)),
		)
		if !isMap {
			return nil
		}
		p.Misses, p.Always = misses, when == "always"
		*into, into, part.probe = p, &p.Else, p
		l.parts.probes = append(l.parts.probes, *part)
		return &p.In
	})
}

// beat reads the heartbeats that the server does not answer.
func (l *loader) beat(v value) {
	into := &l.p.Liveness.Beat
	l.heartbeats(v, "beat", func(v value, part *heartbeatPart) (in *[]int) {
		b := &model.Beat{}
		isMap := v.mapping("a beat, as in {send: ping, every: 10s}",
			need("send", later(&part.send)),
			may("with", later(&part.with)),
			need("every", interval(&b.Every, &b.Told, &part.from)),
			may("in", l.inModes(&b.In)),
		)
		if !isMap {
			return nil
		}
		*into, into, part.beat = b, &b.Else, b
		l.parts.beats = append(l.parts.beats, *part)
		return &b.In
	})
}

// heartbeats reads one, or a list of which each says in which modes it is; the last
// one may leave that out, and is there in all others.
func (l *loader) heartbeats(v value, what string, read func(value, *heartbeatPart) *[]int) {
	if v.Kind == document.List && len(v.Items) == 0 {
		v.fail("empty", "leave "+what+" out", "a list without a %s", what)
	}
	var before []int
	all := false
	v.oneOrEach(func(v value) {
		in := read(v, &heartbeatPart{at: v})
		switch {
		case in == nil:
		case all:
			v.fail("mode-twice", "put the one without in last", "the %s before it is that of all modes", what)
		case len(*in) == 0:
			all = v.Get("in") == nil
		case slices.ContainsFunc(*in, func(m int) bool { return slices.Contains(before, m) }):
			v.find("in").fail("mode-twice", "", "a %s before it is that of the same mode", what)
		default:
			before = append(before, *in...)
		}
	})
}

// interval reads a duration, or one that the server tells, which is resolved later
// (from).
func interval(into *time.Duration, told **model.Interval, from *value) reader {
	return func(v value) {
		if v.Kind != document.Map {
			duration(into)(v)
			return
		}
		i, unit := &model.Interval{}, ""
		v.mapping(`an interval that the server tells, as in {from: "{hello.interval}", unit: s, at_least: 1s, at_most: 60s}`,
			need("from", later(from)),
			need("unit", word(&unit, "ms", "s", "m")),
			need("at_least", duration(&i.AtLeast)),
			need("at_most", duration(into)),
		)
		i.Unit = units[unit]
		if i.AtLeast > *into && *into > 0 {
			v.find("at_least").fail("range", "", "at_least is %s, more than at_most, which is %s", plainDuration(i.AtLeast), plainDuration(*into))
		}
		*told = i
	}
}

// ackOnly reads what counts as life.
func ackOnly(into *bool) reader {
	return func(v value) {
		life := ""
		word(&life, "any", "probe")(v)
		*into = life == "probe"
	}
}

// keepAlive reads the kernel's probes.
func (l *loader) keepAlive(v value) {
	k := &l.p.Liveness.KeepAlive
	v.mapping("keepalive, as in {idle: 10s, interval: 2s, count: 3}",
		may("idle", wholeSeconds(&k.Idle)),
		may("interval", wholeSeconds(&k.Interval)),
		may("count", integer(&k.Count, 1, maxKeepAliveCount)),
	)
}

// What Linux takes: seconds up to MAX_TCP_KEEPIDLE and MAX_TCP_KEEPINTVL, and
// MAX_TCP_KEEPCNT.
const (
	maxKeepAlive      = 32767 * time.Second
	maxKeepAliveCount = 127
)

// wholeSeconds reads a duration that kernels take in seconds.
func wholeSeconds(into *time.Duration) reader {
	return func(v value) {
		var d time.Duration
		duration(&d)(v)
		switch {
		case d == 0:
		case d%time.Second != 0:
			v.fail("whole-seconds", "write "+plainDuration(ceilSecond(d)), "%s: kernels count keepalive in whole seconds", v.describe())
		case d > maxKeepAlive:
			v.fail("range", "", "%s is more than kernels take, which is %s", v.describe(), plainDuration(maxKeepAlive))
		default:
			*into = d
		}
	}
}

func ceilSecond(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}

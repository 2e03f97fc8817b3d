package spec

import (
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
	isMap := v.mapping("liveness, as in {detect_within: 15s, probe: {send: ping, every: 10s, timeout: 5s}}",
		need("detect_within", duration(&life.DetectWithin)),
		may("probe", l.probe),
		may("beat", l.beat),
		may("silence", duration(&life.Silence)),
		may("life", ackOnly(&life.AckOnly)),
		may("keepalive", l.keepAlive),
		may("user_timeout", duration(&life.UserTimeout)),
	)
	if !isMap || l.livenessIncomplete(v) {
		return
	}
	l.defaultLiveness(v)
	l.checkLiveness(v)
}

// livenessIncomplete reports whether a number is missing, wrong or not read, so
// that comparing the others would only repeat it.
func (l *loader) livenessIncomplete(v value) bool {
	life := &l.p.Liveness
	switch {
	case life.DetectWithin == 0:
		return true
	case v.Get("probe") != nil:
		return life.Probe == nil || life.Probe.Every == 0 || life.Probe.Timeout == 0 || life.Probe.Misses == 0
	case v.Get("beat") != nil:
		return life.Beat == nil || life.Beat.Every == 0
	}
	return false
}

// probe reads the heartbeat that the server acknowledges.
func (l *loader) probe(v value) {
	if v.Kind == document.List {
		v.fail("not-yet", "", "several probes are not supported by this version")
		return
	}
	p := &model.Probe{}
	misses, when := 1, "idle"
	isMap := v.mapping("a probe, as in {send: ping, every: 10s, timeout: 5s}",
		need("send", later(&l.parts.probeSend)),
		may("with", later(&l.parts.probeWith)),
		need("every", interval(&p.Every, &p.Told, &l.parts.probeFrom)),
		need("timeout", duration(&p.Timeout)),
		may("misses", integer(&misses, 1, maxMisses)),
		may("when", word(&when, "idle", "always")),
		notYet("in"),
	)
	if isMap {
		p.Misses, p.Always = misses, when == "always"
		l.p.Liveness.Probe = p
	}
}

// beat reads the heartbeat that the server does not answer.
func (l *loader) beat(v value) {
	if v.Kind == document.List {
		v.fail("not-yet", "", "several beats are not supported by this version")
		return
	}
	b := &model.Beat{}
	isMap := v.mapping("a beat, as in {send: ping, every: 10s}",
		need("send", later(&l.parts.beatSend)),
		may("with", later(&l.parts.beatWith)),
		need("every", interval(&b.Every, &b.Told, &l.parts.beatFrom)),
		notYet("in"),
	)
	if isMap {
		l.p.Liveness.Beat = b
	}
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

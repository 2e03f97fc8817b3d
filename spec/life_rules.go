package spec

import (
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// defaultLiveness derives the kernel's numbers from the probe's (invariant 4):
// keepalive begins where the probe does, or, where nothing else notices, early
// enough to be done before the next beat and within detect_within. The user timeout, which replaces
// keepalive's count on every link with unacknowledged data, never cuts short
// what the watchdog promises.
func (l *loader) defaultLiveness(v value) {
	life := &l.p.Liveness
	idle, timeout := life.DetectWithin, time.Duration(0)
	if p := life.Probe; p != nil {
		idle, timeout = p.Every, p.Timeout
		p.Always = p.Always || life.AckOnly
	}
	k := &life.KeepAlive
	fill(&k.Interval, min(ceilSecond(max(time.Second, timeout/3)), maxKeepAlive))
	fill(&k.Count, 3)
	if life.Probe == nil && life.Silence == 0 {
		if life.Beat != nil {
			idle = min(idle, life.Beat.Every)
		}
		idle = max(time.Second, (idle - k.Interval*time.Duration(k.Count)).Truncate(time.Second))
	}
	fill(&k.Idle, min(ceilSecond(idle), maxKeepAlive))
	if v.Get("user_timeout") == nil {
		life.UserTimeout = min(leastUserTimeout(life), maxDuration)
	}
}

// keepAliveBound is when keepalive alone gives up on an idle link.
func keepAliveBound(k model.KeepAlive) time.Duration {
	return k.Idle + k.Interval*time.Duration(k.Count)
}

// leastUserTimeout is the shortest user timeout that neither ends a link that
// the watchdog still trusts nor leaves out keepalive probes.
func leastUserTimeout(life *model.Liveness) time.Duration {
	return max(ownBound(life), keepAliveBound(life.KeepAlive))
}

// ownBound is when our own watchdog declares a silent peer dead (invariant 3);
// 0 where only the kernel can tell.
func ownBound(life *model.Liveness) time.Duration {
	bound := life.Silence
	if p := life.Probe; p != nil {
		probe := p.Every + p.Timeout*time.Duration(p.Misses)
		if bound == 0 || probe < bound {
			bound = probe
		}
	}
	return bound
}

// kernelBound is when the kernel ends a link to a dead peer: an idle link at the
// first keepalive probe that is not before the user timeout. A beat that is due
// earlier stops the probes, because data is then unacknowledged, and the user
// timeout counts from the beat.
func kernelBound(life *model.Liveness) time.Duration {
	k := life.KeepAlive
	probes := max(1, (life.UserTimeout-k.Idle+k.Interval-1)/k.Interval)
	idle := k.Idle + probes*k.Interval
	if b := life.Beat; b != nil && b.Every < idle {
		return b.Every + life.UserTimeout
	}
	return idle
}

// checkLiveness compares the numbers with each other.
func (l *loader) checkLiveness(v value) {
	life := &l.p.Liveness
	if life.Probe == nil && life.Beat == nil && v.Get("silence") == nil && v.Get("keepalive") == nil {
		v.fail("no-life", "add a probe, as in probe: {send: ping, every: 10s, timeout: 5s}",
			"nothing would notice a dead peer: no probe, beat, silence or keepalive")
		return
	}
	l.checkProbe(v)
	l.checkBound(v)
	if least := leastUserTimeout(life); life.UserTimeout > 0 && life.UserTimeout < least {
		v.find("user_timeout").fail("user-timeout", "leave it out, or write "+plainDuration(least)+" or more",
			"a user timeout of %s ends links before the %s that the heartbeat and keepalive take",
			plainDuration(life.UserTimeout), plainDuration(least))
	}
}

// checkProbe looks at the probe's own numbers, and at life: probe.
func (l *loader) checkProbe(v value) {
	life := &l.p.Liveness
	p := life.Probe
	if p == nil {
		if life.AckOnly {
			v.find("life").fail("life-probe", "add a probe, or leave life out", "life: probe, but there is no probe")
		}
		return
	}
	probe := v.find("probe")
	if p.Timeout > p.Every {
		probe.find("timeout").fail("timeout-over-interval", "",
			"the timeout of %s is more than the interval of %s: the next probe would be due before this one is given up",
			plainDuration(p.Timeout), plainDuration(p.Every))
	}
	if told := p.Told; told != nil && told.AtLeast > 0 && p.Timeout > told.AtLeast {
		probe.find("every").find("at_least").fail("timeout-over-interval", "",
			"the timeout of %s is more than the interval, which may be %s: the next probe would be due before this one is given up",
			plainDuration(p.Timeout), plainDuration(told.AtLeast))
	}
	if silence := l.p.Liveness.Silence; silence > 0 && silence <= p.Every && !p.Always {
		v.find("silence").fail("probe-unsent", "write when: always, or leave one of them out",
			"silence of %s ends the link before the probe is sent, which is %s after the last byte", plainDuration(silence), plainDuration(p.Every))
	}
	if when := probe.Get("when"); life.AckOnly && when != nil && when.Value.Kind == document.Scalar && when.Value.Value == "idle" {
		probe.find("when").fail("life-probe", "leave when out",
			"life: probe sends probes whatever else arrives; when: idle contradicts it")
	}
}

// checkBound compares what is promised with what the numbers give.
func (l *loader) checkBound(v value) {
	life := &l.p.Liveness
	within := life.DetectWithin
	p := life.Probe
	bound, culprit, sum := ownBound(life), v.find("silence"), "silence"
	switch {
	case bound == 0 && (v.Get("silence") != nil || life.UserTimeout == 0 && v.Get("user_timeout") != nil):
		return // its own finding says why there is no number
	case bound == 0:
		bound, culprit, sum = kernelBound(life), v.find("detect_within"), "the kernel's bound, of keepalive and user_timeout,"
	case p != nil && bound == p.Every+p.Timeout*time.Duration(p.Misses):
		culprit, sum = v.find("detect_within"), "every + misses × timeout"
	}
	if bound > within {
		culprit.fail("bound-missed", "", "%s is %s, more than detect_within, which is %s", sum, plainDuration(bound), plainDuration(within))
	}
}

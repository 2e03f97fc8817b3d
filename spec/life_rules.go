package spec

import (
	"slices"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// heart is what keeps watch in some modes of a link that is ready.
type heart struct {
	mode  int // one of them; 0: all
	probe *model.Probe
	beat  *model.Beat
}

// hearts are those of all modes, each once.
func (w *lowering) hearts() (all []heart) {
	life := &w.p.Liveness
	if len(w.upModes) == 0 {
		return []heart{{probe: life.Probe, beat: life.Beat}}
	}
	for _, mode := range w.upModes {
		h := heart{mode: mode, probe: life.ProbeIn(mode), beat: life.BeatIn(mode)}
		if !slices.ContainsFunc(all, func(o heart) bool { return o.probe == h.probe && o.beat == h.beat }) {
			all = append(all, h)
		}
	}
	return all
}

// where says which modes a finding is about, where they differ.
func (w *lowering) where(h heart, all []heart) string {
	if len(all) < 2 {
		return ""
	}
	return "in mode " + w.modes[h.mode] + ", "
}

// heartbeat fills in what the document leaves out of liveness, and compares its
// numbers with each other.
func (w *lowering) heartbeat() {
	v := w.root.find("liveness")
	if v.Kind != document.Map || w.livenessIncomplete(v) {
		return
	}
	hearts := w.hearts()
	w.defaultLiveness(v, hearts)
	w.checkLiveness(v, hearts)
}

// defaultLiveness derives the kernel's numbers from the probe's (invariant 4):
// keepalive begins where the probe does, or, where nothing else notices, early
// enough to be done before the next beat and within detect_within. The user timeout, which replaces
// keepalive's count on every link with unacknowledged data, never cuts short
// what the watchdog promises.
func (l *loader) defaultLiveness(v value, hearts []heart) {
	life := &l.p.Liveness
	idle, timeout := life.DetectWithin, time.Duration(0)
	for _, p := range life.Probes() {
		idle, timeout = min(idle, p.Every), max(timeout, p.Timeout)
		p.Always = p.Always || life.AckOnly
	}
	if p := life.Probe; p != nil && p.Else == nil {
		idle = p.Every
	}
	k := &life.KeepAlive
	fill(&k.Interval, min(ceilSecond(max(time.Second, timeout/3)), maxKeepAlive))
	fill(&k.Count, 3)
	for _, h := range hearts {
		if h.probe != nil || life.Silence != 0 {
			continue
		}
		if h.beat != nil {
			idle = min(idle, h.beat.Every)
		}
		idle = min(idle, max(time.Second, (min(idle, life.DetectWithin)-k.Interval*time.Duration(k.Count)).Truncate(time.Second)))
	}
	fill(&k.Idle, min(ceilSecond(idle), maxKeepAlive))
	if v.Get("user_timeout") == nil {
		life.UserTimeout = min(leastUserTimeout(life), maxDuration)
	}
}

// leastUserTimeout is the shortest user timeout that neither ends a link that
// the watchdog still trusts nor leaves out keepalive probes.
func leastUserTimeout(life *model.Liveness) time.Duration {
	least := max(ownBound(life, life.Probe), life.KeepAlive.Bound())
	for _, p := range life.Probes() {
		least = max(least, ownBound(life, p))
	}
	return least
}

// ownBound is when our own watchdog declares a silent peer dead (invariant 3);
// 0 where only the kernel can tell.
func ownBound(life *model.Liveness, p *model.Probe) time.Duration {
	bound := life.Silence
	if p != nil {
		if probe := p.Bound(); bound == 0 || probe < bound {
			bound = probe
		}
	}
	return bound
}

// checkLiveness compares the numbers with each other.
func (w *lowering) checkLiveness(v value, hearts []heart) {
	life := &w.p.Liveness
	if w.p.Endpoint.PerCommand {
		return // checkPerCommand looks at what notices a dead peer then
	}
	for _, h := range hearts {
		if h.probe == nil && h.beat == nil && v.Get("silence") == nil && v.Get("keepalive") == nil {
			v.fail("no-life", "add a probe, as in probe: {send: ping, every: 10s, timeout: 5s}",
				"%snothing would notice a dead peer: no probe, beat, silence or keepalive", w.where(h, hearts))
			return
		}
	}
	w.checkAckOnly(v)
	for _, part := range w.parts.probes {
		w.checkProbe(v, part)
	}
	for _, h := range hearts {
		w.checkBound(v, h, w.where(h, hearts))
	}
	if least := leastUserTimeout(life); life.UserTimeout > 0 && life.UserTimeout < least {
		v.find("user_timeout").fail("user-timeout", "leave it out, or write "+plainDuration(least)+" or more",
			"a user timeout of %s ends links before the %s that the heartbeat and keepalive take",
			plainDuration(life.UserTimeout), plainDuration(least))
	}
}

// checkAckOnly looks at life: probe.
func (w *lowering) checkAckOnly(v value) {
	p := w.p.Liveness.Probe
	switch {
	case !w.p.Liveness.AckOnly:
	case p == nil:
		v.find("life").fail("life-probe", "add a probe, or leave life out", "life: probe, but there is no probe")
	case p.Else != nil || len(p.In) > 0:
		v.find("life").fail("life-probe", "leave life out", "life: probe, but not all modes have the same probe")
	}
}

// checkProbe looks at a probe's own numbers.
func (w *lowering) checkProbe(v value, part heartbeatPart) {
	p, probe, life := part.probe, part.at, &w.p.Liveness
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
	if silence := life.Silence; silence > 0 && silence <= p.Every && !p.Always {
		v.find("silence").fail("probe-unsent", "write when: always, or leave one of them out",
			"silence of %s ends the link before the probe is sent, which is %s after the last byte", plainDuration(silence), plainDuration(p.Every))
	}
	if when := probe.Get("when"); life.AckOnly && when != nil && when.Value.Kind == document.Scalar && when.Value.Value == "idle" {
		probe.find("when").fail("life-probe", "leave when out",
			"life: probe sends probes whatever else arrives; when: idle contradicts it")
	}
}

// checkBound compares what is promised with what the numbers give.
func (w *lowering) checkBound(v value, h heart, where string) {
	life := &w.p.Liveness
	within := life.DetectWithin
	bound, culprit, sum := ownBound(life, h.probe), v.find("silence"), "silence"
	switch {
	case bound == 0 && (v.Get("silence") != nil || life.UserTimeout == 0 && v.Get("user_timeout") != nil):
		return // its own finding says why there is no number
	case bound == 0:
		bound, culprit, sum = life.KernelBound(h.beat), v.find("detect_within"), "the kernel's bound, of keepalive and user_timeout,"
	case h.probe != nil && bound == h.probe.Bound():
		culprit, sum = v.find("detect_within"), "every + misses × timeout"
	}
	if bound > within {
		culprit.fail("bound-missed", "", "%s%s is %s, more than detect_within, which is %s", where, sum, plainDuration(bound), plainDuration(within))
	}
}

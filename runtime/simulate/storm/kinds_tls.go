package storm

import "github.com/linewright/linewright/runtime/simulate"

// tlsKinds is the trouble with TLS handshakes; workloads without TLS have none
// of it.
func tlsKinds() map[string]kind {
	shake := func(weight int, how simulate.Handshake) kind {
		return kind{
			weight: weight, mend: "honest", tls: true, fair: how == simulate.Honest,
			sim:  func(s *storm, _ Act) { s.w.Network.Handshakes(how) },
			live: func(l *live, _ Act) { l.shakes.goes(how) },
		}
	}
	offer := func(weight int, tls bool) kind {
		k := kind{weight: weight, mend: "offer-tls", tls: true, fair: tls}
		return k.both(func(f *Fake, load *Workload, _ Act) { f.offer(load, tls) })
	}
	return map[string]kind{
		"forge":     shake(3, simulate.Forged),
		"unwelcome": shake(2, simulate.Unwelcome),
		"break-tls": shake(1, simulate.Broken),
		"mute-tls":  shake(2, simulate.Mute),
		"strip-tls": shake(2, simulate.Clear),
		"honest":    shake(0, simulate.Honest),
		"hide-tls":  offer(2, false),
		"offer-tls": offer(0, true),
	}
}

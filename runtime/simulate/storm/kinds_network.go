package storm

import (
	"time"

	"github.com/linewright/linewright/runtime/simulate"
)

// networkKinds is the trouble between the clients and the device. The goroutine
// driver's connections are in memory: there, the device does what the network
// would.
func networkKinds() map[string]kind {
	net := func(do func(n *simulate.Network, a Act)) func(*storm, Act) {
		return func(s *storm, a Act) { do(s.w.Network, a) }
	}
	hole := func(l *live, _ Act) { l.fake.BlackHole() }
	return map[string]kind{
		"cut":     {weight: 3, mend: "restore", sim: net(func(n *simulate.Network, _ Act) { n.Cut() }), live: hole},
		"cut-in":  {weight: 2, mend: "restore", sim: net(func(n *simulate.Network, _ Act) { n.CutToClient() }), live: hole},
		"cut-out": {weight: 2, mend: "restore", sim: net(func(n *simulate.Network, _ Act) { n.CutToDevice() }), live: func(l *live, _ Act) { l.fake.StopReading() }},
		"restore": {weight: 1, fair: true, sim: net(func(n *simulate.Network, _ Act) { n.Restore() }), live: func(l *live, _ Act) { l.fake.heal() }},
		"reset":   {weight: 3, sim: net(func(n *simulate.Network, _ Act) { n.Reset() }), live: func(l *live, _ Act) { l.fake.Reset() }},
		"loss": {
			weight: 2, mend: "lossless", fill: upTo(300),
			sim: net(func(n *simulate.Network, a Act) { n.Loss(float64(a.N) / 1000) }),
		},
		"lossless": {fair: true, sim: net(func(n *simulate.Network, _ Act) { n.Loss(0) })},
		"latency": {
			weight: 2, fill: during(time.Millisecond, time.Second),
			sim:  net(func(n *simulate.Network, a Act) { n.Latency(a.For/8, a.For) }),
			live: func(l *live, a Act) { l.fake.Delay(a.For) },
		},
		"refuse": {
			weight: 2, mend: "accept", undoes: 1, fill: upTo(maxAddresses),
			sim:  net(func(n *simulate.Network, a Act) { n.Refuse(a.N - 1) }),
			live: func(l *live, _ Act) { l.fake.RefuseDial() },
		},
		"slow": {
			weight: 2, mend: "quick", fill: upTo(40),
			sim:  net(func(n *simulate.Network, a Act) { n.Sip(100 * a.N) }),
			live: func(l *live, a Act) { l.slow.Store(int64(100 * a.N)) },
		},
		"quick": {
			fair: true, sim: net(func(n *simulate.Network, _ Act) { n.Sip(0) }),
			live: func(l *live, _ Act) { l.slow.Store(0) },
		},
		"accept": {
			fair: true, sim: net(func(n *simulate.Network, a Act) { n.Accept(a.N - 1) }),
			live: func(l *live, _ Act) { l.fake.heal() },
		},
	}
}

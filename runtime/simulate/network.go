package simulate

import "time"

// Network is the way between the clients and the device. Its faults act on all
// connections, now and later, until they are taken back.
type Network struct {
	w          *World
	min, max   time.Duration // one way
	loss       float64
	up         [2]bool
	refused    map[int]bool
	handshakes Handshake
	sip        int // bytes that the device reads at once, now and then; 0: as they come
	pairs      []*pair
}

// heading is a direction.
type heading int

const (
	toDevice heading = iota
	toClient
)

const (
	retransmit = 200 * time.Millisecond // the least wait before a lost piece goes again
	segment    = 16 << 10               // the most that travels at once, in bytes
)

func newNetwork(w *World) *Network {
	return &Network{
		w: w, min: 100 * time.Microsecond, max: 2 * time.Millisecond,
		up: [2]bool{true, true}, refused: map[int]bool{},
	}
}

// Latency sets the time that bytes take one way; each piece takes another.
func (n *Network) Latency(least, most time.Duration) {
	n.fault("latency %v to %v", least, most)
	n.min, n.max = least, most
}

// Loss loses a piece with that probability; it goes again 200 ms later, or more.
func (n *Network) Loss(p float64) {
	n.fault("loss %v", p)
	n.loss = p
}

// Cut cuts both ways: nothing arrives any more, and nobody is told.
func (n *Network) Cut() { n.cut("cut", toDevice, toClient) }

// CutToDevice cuts the way to the device only.
func (n *Network) CutToDevice() { n.cut("cut to device", toDevice) }

// CutToClient cuts the way to the clients only.
func (n *Network) CutToClient() { n.cut("cut to client", toClient) }

// Restore mends both ways; what the kernels still hold goes again.
func (n *Network) Restore() {
	n.fault("restore")
	n.up = [2]bool{true, true}
	for _, p := range n.live() {
		for _, s := range p.ends() {
			s := s
			n.w.After(n.w.Between(0, retransmit), func() {
				s.acknowledge()
				s.travel()
			})
		}
	}
}

// Reset resets all connections at both ends, as a middlebox does.
func (n *Network) Reset() {
	n.fault("reset")
	for _, p := range n.live() {
		for _, s := range p.ends() {
			s.shot(errReset)
		}
	}
}

// Refuse makes nobody listen at one of a session's addresses, by its index;
// Accept undoes it.
func (n *Network) Refuse(address int) {
	n.fault("refuse address %d", address)
	n.refused[address] = true
}

// Accept undoes Refuse.
func (n *Network) Accept(address int) {
	n.fault("accept address %d", address)
	delete(n.refused, address)
}

// Sip makes the device a slow reader: so many bytes each 10 ms; 0 ends it.
func (n *Network) Sip(bytes int) {
	n.fault("sip %d", bytes)
	n.sip = bytes
}

func (n *Network) cut(what string, ways ...heading) {
	n.fault("%s", what)
	for _, way := range ways {
		n.up[way] = false
	}
}

func (n *Network) fault(format string, args ...any) {
	n.w.trace.add(nil, KindFault, 0, format, args...)
}

// journey is how long the next piece takes, and whether it gets lost.
func (n *Network) journey(way heading) (takes time.Duration, lost bool) {
	takes = n.w.Between(n.min, n.max)
	return takes, !n.up[way] || n.w.Chance(n.loss)
}

// live are the connections on which something may still happen.
func (n *Network) live() []*pair {
	kept := n.pairs[:0]
	for _, p := range n.pairs {
		if !p.over() {
			kept = append(kept, p)
		}
	}
	clear(n.pairs[len(kept):])
	n.pairs = kept
	return append([]*pair(nil), kept...)
}

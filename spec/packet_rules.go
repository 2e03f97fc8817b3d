package spec

import (
	"math/bits"

	"github.com/linewright/linewright/spec/internal/codec"
)

// packetOverlaps looks for frames that are two messages at once, where frames are
// packets: those that say more of the layout, or begin with more literal bytes,
// are tried first, so that only such as say as much are compared.
func (c *dispatch) packetOverlaps() {
	p := c.frameOf().f.Packet
	type said struct {
		*opening
		known        []codec.Known
		head, prefix int
	}
	var all []said
	for _, o := range c.openings() {
		s := said{opening: o, known: codec.KnownBytes(o.tmpl.Ops)}
		n := min(p.Head, len(s.known))
		s.head = bitsKnown(s.known[:n])
		s.prefix = len(codec.Leading(s.known[n:]))
		for _, other := range all {
			if other.head != s.head || other.prefix != s.prefix || apart(other.known, s.known) {
				continue
			}
			if c.spent(o.messageDecl) || c.compare(other.messageDecl, o.messageDecl) {
				break // one other is enough to make the point
			}
		}
		all = append(all, s)
	}
}

// bitsKnown is how many bits are known.
func bitsKnown(bytes []codec.Known) (n int) {
	for _, k := range bytes {
		n += bits.OnesCount8(k.Mask)
	}
	return n
}

// apart reports whether a bit is known to differ.
func apart(a, b []codec.Known) bool {
	for i := range min(len(a), len(b)) {
		if (a[i].Value^b[i].Value)&a[i].Mask&b[i].Mask != 0 {
			return true
		}
	}
	return false
}

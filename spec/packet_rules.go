package spec

import (
	"math/bits"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// packetOverlaps looks for frames that are two messages at once, where frames are
// packets: those that say more of the layout, or begin with more literal bytes,
// are tried first, so that only such as say as much are compared.
func (c *dispatch) packetOverlaps() {
	p := c.p.Frame.Packet
	type said struct {
		*opening
		known        []codec.Known
		head, prefix int
	}
	var all []said
	for _, o := range c.openings() {
		s := said{opening: o, known: codec.KnownBytes(o.tmpl.Ops)}
		n := min(p.Head, len(s.known))
		for _, k := range s.known[:n] {
			s.head += bits.OnesCount8(k.Mask)
		}
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

// apart reports whether a bit is known to differ.
func apart(a, b []codec.Known) bool {
	for i := range min(len(a), len(b)) {
		if (a[i].Value^b[i].Value)&a[i].Mask&b[i].Mask != 0 {
			return true
		}
	}
	return false
}

// checkResync complains about going on after bytes that form no frame, where
// nothing tells the next one begins.
func (w *lowering) checkResync() {
	f := w.p.Frame
	if f == nil || f.Packet == nil || f.Packet.Extent == model.ExtentEnds || f.Packet.Starts != "" {
		return
	}
	at := w.root.find("unexpected", "frame")
	switch policy := w.p.Unexpected.Frame; {
	case policy == "resync":
		at.fail("resync-blind", "write close, or drop where a checksum tells", "frames without a start marker or a terminator: nothing tells where the next one begins")
	case policy == "drop" && f.Packet.Extent == model.ExtentSelf:
		at.fail("resync-blind", "write close", "nothing tells how long a frame is that is no message: nothing can be dropped")
	}
}

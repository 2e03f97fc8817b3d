package spec

import (
	"math/bits"
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
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
	policy := w.p.Unexpected.Frame
	at := w.root.find("unexpected", "frame")
	if len(w.frameDecls) > 1 && policy != "close" {
		w.checkResyncKinds(at)
		return
	}
	for _, d := range w.frameDecls {
		p := d.f.Packet
		if p == nil || p.Extent == model.ExtentEnds || p.Starts != "" {
			continue
		}
		switch {
		case policy == "resync":
			at.fail("resync-blind", "write close, or drop where a checksum tells", "frames without a start marker or a terminator: nothing tells where the next one begins")
		case policy == "drop" && p.Extent == model.ExtentSelf:
			at.fail("resync-blind", "write close", "nothing tells how long a frame is that is no message: nothing can be dropped")
		}
	}
}

// checkResyncKinds does so for several kinds of frames: what is no frame is of
// some kind, and ends as that does.
func (w *lowering) checkResyncKinds(at value) {
	any := false
	for _, d := range w.frameDecls {
		p := d.f.Packet
		if d.f.Use == "send" {
			continue
		}
		any = any || d.f.Prefix == ""
		if p == nil && len(d.f.Ends) == 0 || p != nil && (p.Extent != model.ExtentEnds || p.Starts != "") {
			at.fail("not-yet", "write close", "to go on after bytes that form no frame, where frames such as %s do not just end with a terminator, is not supported by this version", d.name)
			return
		}
	}
	if !any {
		at.fail("resync-blind", "write close", "bytes that no kind of frames begins with cannot be dropped: nothing tells where they end")
	}
}

// tellApart finds what each kind of frame begins with, and complains where two
// cannot be told apart.
func (w *lowering) tellApart() {
	if len(w.frameDecls) < 2 {
		return
	}
	for _, d := range w.frameDecls {
		f := d.f
		if f.Empty == "drop" || collapses(f) {
			d.fail("not-yet", "", "frames that may be empty, where there are several kinds of frames, are not supported by this version")
		}
		if p := f.Packet; p != nil && p.Layout != nil {
			f.Prefix = p.Starts
			if known := codec.Leading(codec.KnownBytes(p.Layout.Ops)); p.Escape == nil {
				f.Prefix += known
			}
		}
	}
	for i, d := range w.frameDecls {
		for _, other := range w.frameDecls[:i] {
			a, b := other.f.Prefix, d.f.Prefix
			together := clashing(other.f.Use, d.f.Use) && modesMeet(other.f.In, d.f.In)
			if together && (a == b || a != "" && b != "" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))) {
				d.failAt(d.keyPos, "frame-overlap", "begin their layouts with different bytes, say use: send or receive, or in which modes they are",
					"frames %s and %s cannot be told apart: they begin with %q and %q", other.f.Name, d.f.Name, a, b)
			}
		}
	}
}

// clashing reports whether frames of two uses go in one direction.
func clashing(a, b string) bool { return a == "both" || b == "both" || a == b }

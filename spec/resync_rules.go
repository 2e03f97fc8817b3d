package spec

import "github.com/linewright/linewright/spec/model"

// checkResync complains about going on after bytes that form no frame, where
// nothing tells the next one begins.
func (w *lowering) checkResync() {
	policy := w.p.Unexpected.Frame
	at := w.root.find("unexpected", "frame")
	if policy == "close" {
		return
	}
	if len(w.frameDecls) > 1 {
		w.checkResyncKinds(at, policy)
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
		case p.Extent == model.ExtentSelf:
			at.fail("resync-blind", "write close", "nothing tells how long a frame is that is no message: nothing can be dropped")
		}
	}
}

// checkResyncKinds does so for several kinds of frames. What is to be found again
// begins with something, or is behind a terminator; what is to be dropped is of some
// kind, and ends as that does.
func (w *lowering) checkResyncKinds(at value, policy string) {
	open := false
	for _, d := range w.frameDecls {
		p := d.f.Packet
		if d.f.Use == "send" {
			continue
		}
		open = open || d.f.Prefix == ""
		ends := p == nil && len(d.f.Ends) > 0 || p != nil && p.Extent == model.ExtentEnds
		switch {
		case policy == "resync" && d.f.Prefix == "" && !ends:
			at.fail("resync-blind", "write close, or drop", "frames of kind %s may begin with anything, and no terminator ends them: nothing tells where the next one begins", d.name)
			return
		case policy == "drop" && (p == nil && !ends || p != nil && p.Extent == model.ExtentSelf):
			at.fail("resync-blind", "write close, or resync", "nothing tells how long a frame of kind %s is that is no message: it cannot be dropped", d.name)
			return
		}
	}
	if policy == "drop" && !open {
		at.fail("resync-blind", "write close, or resync", "bytes that no kind of frames begins with cannot be dropped: nothing tells where they end")
	}
}

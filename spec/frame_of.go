package spec

import "github.com/linewright/linewright/spec/model"

// frameOf is the frame that templates are in: the one of the message or command
// that is looked at, or the first.
func (w *lowering) frameOf() *frameDecl {
	switch {
	case w.now != nil:
		return w.now
	case len(w.frameDecls) == 0:
		return nil
	}
	return w.frameDecls[0]
}

// within runs f for what is in a frame.
func (w *lowering) within(d *frameDecl, f func()) {
	before := w.now
	w.now = d
	f()
	w.now = before
}

// frameModel is frameOf's.
func (w *lowering) frameModel() *model.Frame {
	if d := w.frameOf(); d != nil {
		return d.f
	}
	return nil
}

// usual is the frame of what says nothing about it: the first of that direction.
func (w *lowering) usual(not string) *frameDecl {
	for _, d := range w.frameDecls {
		if d.f.Use != not {
			return d
		}
	}
	return nil
}

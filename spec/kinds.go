package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// tellApart finds what each kind of frame begins with, and complains where two
// cannot be told apart.
func (w *lowering) tellApart() {
	if len(w.frameDecls) < 2 {
		return
	}
	for i, d := range w.frameDecls {
		d.f.Prefix = beginning(d.f)
		for _, other := range w.frameDecls[:i] {
			if clashing(other.f.Use, d.f.Use) && modesMeet(other.f.In, d.f.In) {
				d.apartFrom(other.f)
			}
		}
	}
}

// beginning is what each frame of a kind begins with. Where the marker that has
// ended a frame may begin the next one it is nothing.
func beginning(f *model.Frame) string {
	p := f.Packet
	if p == nil || p.Layout == nil || collapses(f) {
		return ""
	}
	ops := p.Layout.Ops
	if size := slices.IndexFunc(ops, func(op *model.Op) bool { return op.Kind == model.OpSize }); size >= 0 {
		ops = ops[:size] // a count may be of any length
	}
	if known := codec.Leading(codec.KnownBytes(ops)); p.Escape == nil {
		return p.Starts + known
	}
	return p.Starts
}

// apartFrom complains about frames that may come where those of another kind may,
// and cannot be told from them.
func (d *frameDecl) apartFrom(other *model.Frame) {
	a, b := other.Prefix, d.f.Prefix
	switch {
	case collapses(other) || collapses(d.f):
		d.failAt(d.keyPos, "marker-shared", "let them end with another marker, or put them into different modes",
			"frames %s and %s cannot be told apart: where one marker begins and ends a frame, nobody knows whether more of it follows", other.Name, d.f.Name)
	case a == b || a != "" && b != "" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)):
		d.failAt(d.keyPos, "frame-overlap", "begin their layouts with different bytes, say use: send or receive, or in which modes they are",
			"frames %s and %s cannot be told apart: they begin with %q and %q", other.Name, d.f.Name, a, b)
	}
}

// clashing reports whether frames of two uses go in one direction.
func clashing(a, b string) bool { return a == "both" || b == "both" || a == b }

package spec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// checkIgnored complains about fields that nobody sees in a command for which
// nothing can be sent: the command could never be.
func (w *lowering) checkIgnored() {
	framing := w.framing()
	if framing == nil {
		return
	}
	w.commands.all(func(d *commandDecl) {
		if d.tmpl.ok && !w.layoutsBroken(d.tmpl.Ops) {
			w.unsent(d.tmpl.v, d.tmpl.Ops, framing.Of(d.tmpl.Frame), nil)
		}
	})
}

// unsent goes through ops, which are those of a layout where at is the op that
// uses it.
func (w *lowering) unsent(v value, ops []*model.Op, f *wire.Framing, at *model.Op) {
	for _, op := range ops {
		place := at
		if place == nil {
			place = op
		}
		if op.Kind == model.OpField && op.Field.Name == "_" {
			if why := codec.Unsent(f, op.Field.Type); why != nil {
				v.failAt(place.Pos, "bad-type", "write what is sent there", "nothing can be sent for {_}: it %v", why)
			}
			continue
		}
		w.unsent(v, op.Body, f, place)
		if d := w.layoutIn(op); d != nil && op.Field.Type.Kind != model.List && op.Field.Type.Kind != model.OneOf {
			w.unsent(v, d.body.Ops, f, place)
		}
	}
}

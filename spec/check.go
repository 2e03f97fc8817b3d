package spec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// check compares what the parts of a document say with each other. Things with
// findings of their own are left out, so that a mistake is reported once.
func (w *lowering) check() {
	if w.findings.Len() == 0 { // else what is wrong might use them
		w.checkParameters()
		w.checkPrivate()
	}
	w.checkPerCommand()
	w.checkReplies()
	for _, p := range w.probes {
		w.checkHeld(p)
		w.checkPace(p)
	}
	w.checkProbeErrors()
	w.checkSizes()
	w.checkDispatch()
	w.checkResync()
	w.checkIgnored()
	w.checkExamples()
}

// checkParameters complains about parameters that callers must give for nothing.
func (w *lowering) checkParameters() {
	w.params.all(func(d *paramDecl) {
		if !d.used && d.ok {
			d.failAt(d.keyPos, "unused-parameter", "use it in a step's with, or name a field after it",
				"nothing uses parameter %s", d.name)
		}
	})
}

// checkPrivate complains about commands that nobody can send.
func (w *lowering) checkPrivate() {
	w.commands.all(func(d *commandDecl) {
		if d.c.Private && !d.used {
			d.failAt(d.keyPos, "unused-command", "send it in a step, or let callers send it",
				"command %s is private, and nothing sends it", d.name)
		}
	})
}

// framing is the frames as the codec needs them; nil where one is wrong.
func (w *lowering) framing() *wire.Framing {
	if len(w.frameDecls) == 0 {
		return nil
	}
	for _, d := range w.frameDecls {
		f := d.f
		lines := f.Packet == nil && !f.EndsItself()
		if f.Max == 0 || f.MaxLine == 0 || f.Packet != nil && !d.ok || lines && (len(f.Ends) == 0 || f.SendEnd == "") {
			return nil
		}
	}
	framing := codec.FramingFor(w.p.Frames)
	return &framing
}

// hasFields reports whether a template is more than literals.
func hasFields(ops []*model.Op) bool {
	for _, op := range ops {
		if op.Kind == model.OpField || op.Kind == model.OpSame || op.Kind == model.OpCount || hasFields(op.Body) ||
			len(memberFields(op.Members)) > 0 {
			return true
		}
	}
	return false
}

package spec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// check compares what the parts of a document say with each other. Things with
// findings of their own are left out, so that a mistake is reported once.
func (w *lowering) check() {
	if w.findings.Len() == 0 { // else what is wrong might use them
		w.checkParameters()
		w.checkPrivate()
	}
	w.checkReplies()
	w.checkProbe()
	w.checkPace()
	w.checkProbeErrors()
	w.checkSizes()
	w.checkDispatch()
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

// framing is the frame as the codec needs it; nil where the frame is wrong.
func (w *lowering) framing() *wire.Framing {
	f := w.p.Frame
	if f == nil || len(f.Ends) == 0 || f.SendEnd == "" || f.Max == 0 || f.MaxLine == 0 {
		return nil
	}
	charset := map[string]wire.Charset{"ascii": wire.ASCII, "latin1": wire.Latin1}[f.Charset]
	return &wire.Framing{
		Ends: f.Ends, SendEnd: f.SendEnd, Max: f.Max, MaxLine: f.MaxLine,
		DropEmpty: f.Empty == "drop", Charset: charset,
	}
}

// hasFields reports whether a template is more than literals.
func hasFields(ops []*model.Op) bool {
	for _, op := range ops {
		if op.Field != nil || hasFields(op.Body) {
			return true
		}
	}
	return false
}

package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// commandDecl is a command of the document.
type commandDecl struct {
	entry
	c    *model.Command
	tmpl *compiled
	ok   bool
	// What refers to other commands, or needs all replies, comes later.
	echo, lasting, delivers value
	replies                 []*messageDecl
	errors, each            []*messageDecl
	ownErrors               bool // errors was given
	noReply                 bool // reply: none
	used                    bool // by a step, a probe, a beat, an answer or what it undoes
	called                  bool // by a step of a caller's command
}

// alone reports whether only the session sends the command.
func (d *commandDecl) alone() bool { return d.c.Private && !d.called }

// awaited are all messages that may answer the command, or come before what does.
func (d *commandDecl) awaited() []*messageDecl { return slices.Concat(d.replies, d.errors, d.each) }

func (w *lowering) lowerCommands() {
	w.commands.all(func(d *commandDecl) {
		d.ok = w.clean(func() { w.lowerCommand(d) })
	})
}

func (w *lowering) lowerCommand(d *commandDecl) {
	c := d.c
	var set, fields, examples, sent, header, wait value
	var frame *frameDecl
	others := ""
	var in []int
	d.mapping(`a command, as in {send: "READ", reply: reading}`, described(&c.Named,
		may("others", word(&others, "ignore", "keep")),
		need("send", later(&sent)),
		may("frame", w.frameName(&frame, "receive")),
		need("reply", func(v value) { w.replies(d, v) }),
		may("each", func(v value) { w.each(d, v) }),
		may("errors", func(v value) { w.ownErrors(d, v) }),
		may("echo", later(&d.echo)),
		may("set", later(&set)),
		may("timeout", replyTimeout(&c.Timeout, &wait)),
		may("gap", duration(&c.Gap)),
		may("settle", duration(&c.Settle)),
		may("idempotent", boolean(&c.Idempotent)),
		may("private", boolean(&c.Private)),
		may("closes", boolean(&c.Closes)),
		may("lasting", later(&d.lasting)),
		may("delivers", later(&d.delivers)),
		may("fields", later(&fields)),
		may("examples", later(&examples)),
		may("header", later(&header)),
		may("in", w.inModes(&in)),
		may("enters", w.enters(&c.Enters)),
	)...)
	if d.Get("frame") == nil {
		frame = w.usualIn("receive", in)
	}
	c.In = w.modesOf(d.value, frame, in)
	fill(&c.Gap, w.p.Replies.Gap)
	if frame == nil && len(w.frameDecls) > 0 {
		d.failAt(d.keyPos, "frame-use", "let a frame be used for both", "no frame is used to send")
	}
	w.within(frame, func() { w.lowerSent(d, sent, header, others, fields, set, examples) })
	if !wait.absent() && d.tmpl.ok {
		w.wait(d, wait)
	}
	d.checkEnds()
}

// lowerSent lowers what depends on the frame.
func (w *lowering) lowerSent(d *commandDecl, sent, header value, others string, fields, set, examples value) {
	c := d.c
	if !sent.absent() {
		d.tmpl = w.compileFrame(sent, others, header)
	}
	c.Template = d.tmpl.Template
	if c.Template.Prompt {
		d.find("send").fail("prompt-sent", "", "only a message can be a prompt: what we send has its end")
	}
	if f := w.frameModel(); d.tmpl.ok && len(d.tmpl.Ops) == 0 && f != nil && collapses(f) {
		d.find("send").fail("frame-empty", "", "nothing between two markers is no frame: the command cannot be sent")
	}
	w.inherit(c.Template.Fields)
	w.describeFields(fields, c.Template.Fields, "command "+d.name)
	if !set.absent() && d.tmpl.ok {
		w.automatic(d, set)
	}
	if f := w.frameOf(); f != nil && !f.set.absent() && d.tmpl.ok {
		w.frameSet(d, f.set)
	}
	c.Examples = w.examples(examples)
	for _, m := range d.replies {
		if m.m.Noise && !c.Private {
			d.find("reply").fail("noise-reply", "", "%s is noise, which is dropped at all other times: only a step may wait for it", m.name)
		}
	}
}

// replies reads none, a message or a list of them.
func (w *lowering) replies(d *commandDecl, v value) {
	if v.Kind == document.Scalar && v.Value == "none" {
		d.noReply = true
		return
	}
	if v.Kind == document.List && len(v.Items) == 0 {
		v.fail("empty", "write none", "a list without replies")
	}
	w.messages.referEach(v, func(v value, m *messageDecl) {
		d.replies = append(d.replies, m)
		d.c.Replies = append(d.c.Replies, m.m)
	})
}

// unawaited reports whether nothing is awaited once the command is sent.
func (d *commandDecl) unawaited() bool { return d.noReply && len(d.each) == 0 }

// checkEnds looks at what ends the messages before a reply: that, or the end of the
// link, which nothing goes on after.
func (d *commandDecl) checkEnds() {
	switch {
	case !d.noReply || len(d.each) == 0:
	case !d.c.Closes:
		d.find("each").fail("each-unended", "name the message that ends them as the reply, or write closes: true, if the device ends the link then",
			"no reply of %s says when all have come", d.name)
	case !d.lasting.absent():
		d.stays(d.lasting, "lasting")
	}
}

// each reads what comes before the reply, any number of times.
func (w *lowering) each(d *commandDecl, v value) {
	if v.Kind == document.List && len(v.Items) == 0 {
		v.fail("empty", "leave each out", "a list without messages")
	}
	w.messages.referEach(v, func(v value, m *messageDecl) {
		switch {
		case m.m.Noise:
			v.fail("noise-reply", "", "%s is noise, which is dropped: nobody gets it", m.name)
		case slices.Contains(d.replies, m):
			v.fail("duplicate-name", "", "%s is a reply of %s: it ends what comes before it", m.name, d.name)
		case m.m.Error != nil:
			v.fail("each-error", "list it in errors", "%s is an error: it ends the command", m.name)
		default:
			d.each = append(d.each, m)
			d.c.Each = append(d.c.Each, m.m)
		}
	})
}

func (w *lowering) ownErrors(d *commandDecl, v value) {
	d.ownErrors = true
	if !v.is(document.List, "a list of messages") {
		return
	}
	w.messages.referEach(v, func(v value, m *messageDecl) { w.addError(d, v, m) })
}

func (w *lowering) addError(d *commandDecl, v value, m *messageDecl) {
	if slices.Contains(d.replies, m) || slices.Contains(d.each, m) {
		v.fail("duplicate-name", "", "%s is a reply and an error of %s", m.name, d.name)
		return
	}
	d.errors = append(d.errors, m)
	d.c.Errors = append(d.c.Errors, m.m)
}

// lowerErrors gives commands the errors of replies that they do not replace.
// Nobody waits for the errors of a command without a reply.
func (w *lowering) lowerErrors() {
	part := w.parts.errors
	if !part.absent() && part.is(document.List, "a list of messages") {
		w.messages.referEach(part, func(_ value, m *messageDecl) { w.errors = append(w.errors, m) })
	}
	w.commands.all(func(d *commandDecl) {
		switch {
		case d.unawaited() && len(d.errors) > 0:
			d.find("errors").fail("errors-unawaited", "name the reply, or leave the errors out",
				"nobody waits for the errors of a command without a reply")
		case d.unawaited() || d.ownErrors:
		default:
			n := len(d.replies) + len(w.errors)
			if !spend(&w.awaited, n, d.value, "all commands together await too many messages; at most %d are read", maxAwaited) {
				return
			}
			for _, m := range w.errors {
				if !slices.Contains(d.replies, m) && !slices.Contains(d.each, m) {
					d.errors = append(d.errors, m)
					d.c.Errors = append(d.c.Errors, m.m)
				}
			}
		}
	})
}

// automatic reads the fields that get their value by themselves.
func (w *lowering) automatic(d *commandDecl, v value) {
	v.entries("a map of fields to values", func(e entry) {
		f := findField(e.value, e.keyPos, d.tmpl.Fields, "command "+d.name, e.name)
		if f == nil {
			return
		}
		w.setField(f, e.value)
	})
}

// setField reads the value that a field gets by itself, and keeps where that is said: in
// the command, or in its frame.
func (w *lowering) setField(f *model.Field, v value) {
	s := &scope{w: w, set: true}
	f.Set = s.given(v, f)
	w.setAt[f] = v
}

// checkLinked looks at the values of callers' commands that are known only where a
// link is: what they are made of has come by then, and nothing needs them before.
func (w *lowering) checkLinked() {
	w.commands.all(func(d *commandDecl) {
		for _, f := range d.c.Template.Fields {
			if d.c.Private || f.Set == nil || !usesLink(f.Set) {
				continue
			}
			at := w.setAt[f]
			(&scope{w: w, came: w.came}).setPresent(at, f.Set)
			if !f.Secret && secretInside(f.Set) && changes(f.Set) {
				at.fail("secret-leak", "make it "+f.Name+":secret(…) in the template", "a secret goes into %s, which is not secret and will be logged", f.Name)
			}
			switch {
			case fieldOf(d.c.Echo, f.Name) != nil || d.c.Lasting != nil && d.c.Lasting.Key == f:
				at.fail("set-linked", "", "%s is known only where a link is: the caller cannot compare it", f.Name)
			case d.c.Lasting != nil && changes(f.Set):
				at.fail("set-linked", "", "%s is sent again on each link, and %s is another there", d.name, f.Name)
			}
		}
	})
}

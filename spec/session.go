package spec

import (
	"maps"
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// lowerSession reads the script of a link. What has certainly been received by
// the end of it is known to probes and answers.
func (w *lowering) lowerSession() {
	w.came = map[*messageDecl]bool{}
	part := w.parts.session
	if part.absent() {
		return
	}
	var login, ready, logout, standby value
	part.mapping("a session, as in {login: [{do: login}]}",
		may("greeting", w.greeting),
		may("login", later(&login)),
		may("ready", later(&ready)),
		may("logout", later(&logout)),
		may("standby", later(&standby)),
	)
	w.greeted = maps.Clone(w.came)
	w.p.Session.Login = w.script(login, true)
	w.p.Session.Ready = w.script(ready, false)
	if !standby.absent() {
		w.standby(standby)
	}
	if !logout.absent() {
		w.commands.refer(logout, func(d *commandDecl) {
			w.p.Session.Logout = w.send(logout, value{}, d, nil)
		})
	}
}

func (w *lowering) greeting(v value) {
	if v.Kind == document.List && len(v.Items) == 0 {
		v.fail("empty", "leave greeting out where the server does not greet", "a list without messages")
	}
	w.messages.referEach(v, func(v value, d *messageDecl) {
		if d.m.Noise {
			v.fail("noise-reply", "", "%s is noise, which is dropped: it cannot be the greeting", d.name)
		}
		d.m.Greets = true
		w.p.Session.Greeting = append(w.p.Session.Greeting, d.m)
		w.came[d] = true
	})
	if len(w.p.Session.Greeting) > 1 {
		clear(w.came) // any one of them
	}
}

// script reads steps.
func (w *lowering) script(v value, login bool) []*model.Step {
	if v.absent() {
		return nil
	}
	s := &scripting{lowering: w, login: login}
	v.each("a list of steps, as in [{do: login}]", s.step)
	return s.steps
}

// scripting is one list of steps on its way.
type scripting struct {
	*lowering
	login   bool
	steps   []*model.Step
	tls     bool // a tls step came
	secrets *value
}

// send makes the step that sends a command.
func (w *lowering) send(at, with value, d *commandDecl, when []*model.Cond) *model.Step {
	return w.sendIn(&scope{w: w, came: w.came, when: when}, at, with, d)
}

func (w *lowering) sendIn(s *scope, at, with value, d *commandDecl) *model.Step {
	d.used = true
	return &model.Step{Do: d.c, With: s.assigns(at, with, d), When: s.when, Pos: at.Pos}
}

func (s *scripting) step(v value) {
	step := &model.Step{Pos: v.Pos}
	var do, expect, with, when, unless, tls, retry, let value
	ok := v.mapping("a step, as in {do: login}",
		may("do", later(&do)),
		may("with", later(&with)),
		may("expect", later(&expect)),
		may("tls", later(&tls)),
		may("fail", reason(&step.Fail)),
		may("refuse", reason(&step.Refuse)),
		may("when", later(&when)),
		may("unless", later(&unless)),
		may("retry", later(&retry)),
		may("let", later(&let)),
		may("enters", s.enters(&step.Enters)),
	)
	if !ok || !oneOfKeys(v, "do", "expect", "tls", "let", "fail", "refuse") {
		return
	}
	step.When = s.condition(when, unless)
	switch {
	case !do.absent():
		s.commands.refer(do, func(d *commandDecl) { s.do(step, v, do, with, d) })
	case !with.absent():
		with.fail("step-form", "", "with gives the fields of a command: only do has them")
	}
	switch {
	case !expect.absent():
		s.messages.refer(expect, func(d *messageDecl) {
			if d.m.Noise {
				expect.fail("noise-reply", "", "%s is noise, which is dropped: it never comes", d.name)
			}
			step.Expect = d.m
			s.receive(step, d)
		})
	case !tls.absent():
		s.startTLS(step, tls)
	}
	if !let.absent() {
		s.let(step, let)
	}
	if step.Enters != 0 && do.absent() && expect.absent() {
		v.find("enters").fail("step-form", "", "only do and expect lead to another mode")
	}
	if !retry.absent() && (do.absent() || step.Do != nil) {
		s.retry(step, retry)
	}
	s.steps = append(s.steps, step)
}

// do sends a command; what it answers is known from then on.
func (s *scripting) do(step *model.Step, at, do, with value, d *commandDecl) {
	sent := s.send(do, with, d, step.When)
	step.Do, step.With = sent.Do, sent.With
	d.stays(do, "a step")
	tells := func(a model.Assign) bool { return secretInside(a.Value) }
	if s.secrets == nil && !inClear(step.When) && (slices.ContainsFunc(step.With, tells) || slices.ContainsFunc(d.c.Template.Fields, setsSecret)) {
		s.secrets = &do
	}
	if len(d.replies) == 1 {
		s.receive(step, d.replies[0])
	}
}

// setsSecret reports whether a field's automatic value tells a secret.
func setsSecret(f *model.Field) bool { return f.Set != nil && secretInside(f.Set) }

// secretInside reports whether the value tells a secret parameter, or a secret
// that the server sent.
func secretInside(e *model.Expr) bool {
	switch e.Kind {
	case model.ExprParam:
		return e.Param.Secret
	case model.ExprLet:
		return e.Let.Value != nil && secretInside(e.Let.Value)
	case model.ExprCaptured:
		return slices.ContainsFunc(e.Path, isSecret)
	}
	if e.Kind == model.ExprCall && functions[e.Func].digest {
		return false
	}
	for _, a := range e.Args {
		if secretInside(a) {
			return true
		}
	}
	return false
}

// receive notes a message that has come when the step is over.
func (s *scripting) receive(step *model.Step, d *messageDecl) {
	if len(step.When) == 0 {
		s.came[d] = true
	}
}

func (s *scripting) startTLS(step *model.Step, v value) {
	start := ""
	word(&start, "start")(v)
	step.StartTLS = start != ""
	switch {
	case start == "":
		return
	case s.p.Endpoint.TLS == model.TLSNever:
		v.fail("tls-never", "write tls: optional or tls: always in endpoint", "the endpoint has no TLS to start")
	case s.tls || !s.login:
		v.fail("tls-step", "", "TLS starts once, in login")
	case aboutTLS(step.When):
		v.fail("tls-step", "leave the condition out", "the step is skipped by itself where the link has no TLS")
	case s.secrets != nil:
		s.secrets.fail("secret-clear", "start TLS before", "a secret is sent before TLS starts")
	}
	s.tls = true
}

func (s *scripting) retry(step *model.Step, v value) {
	switch {
	case step.Do == nil:
		v.fail("step-form", "", "only do can be retried")
	case s.commands.byName[step.Do.Name].noReply:
		v.fail("step-form", "", "%s has no reply: nothing tells that it should be retried", step.Do.Name)
	}
	v.mapping("how often and after what pause, as in {times: 3, after: 1s}",
		need("times", integer(&step.RetryTimes, 1, 1000)),
		need("after", duration(&step.RetryAfter)),
	)
}

// reason reads why a script gives up.
func reason(into *string) reader {
	return func(v value) {
		text(into)(v)
		if v.Kind == document.Scalar && v.Value == "" {
			v.fail("empty", "", "a reason is not empty")
		}
	}
}

// oneOfKeys complains unless v has exactly one of the keys.
func oneOfKeys(v value, names ...string) bool {
	found := ""
	for _, name := range names {
		if e := v.Get(name); e != nil {
			if found != "" {
				v.failAt(e.Pos, "step-form", "make two steps of it", "a step has either %s or %s", found, name)
				return false
			}
			found = name
		}
	}
	if found == "" {
		v.fail("step-form", "one of "+oneOf(names), "the step does nothing")
	}
	return found != ""
}

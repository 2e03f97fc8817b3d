package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// A part of a link's life says two things besides what is due in it: what ends the link,
// so that the client dials again, and what stops the client for good. These are the
// rules of package session, with this document's names.

// endings are the two as steps; what there is nothing to say of is left out.
func (b *builder) endings(ends, stops []string) (all []step) {
	if len(ends) > 0 {
		all = append(all, step{Kind: noted, When: "ends the link, and the client dials again", Text: strings.Join(ends, "; ")})
	}
	if len(stops) > 0 {
		all = append(all, step{Kind: noted, When: b.stopsWords(), Text: strings.Join(stops, "; ")})
	}
	return all
}

// stopsWords is what becomes of a client that is refused.
func (b *builder) stopsWords() string {
	if b.stopsForGood() {
		return "stops the client for good"
	}
	return "makes the client wait for up to " + b.Report.Schedule.Refused.String() + " before it dials again"
}

func (b *builder) stopsForGood() bool { return b.Report.Schedule.Refused == explain.Never }

// scriptEndings are those of login, or of what makes a link ready: an error means more
// in login, where it is about who the client is.
func (b *builder) scriptEndings(script []*model.Step, login bool) []step {
	var ends, stops []string
	if errors := scriptErrors(script); len(errors) > 0 {
		again := allWhen(errors, "retry")
		switch {
		case !login:
			ends = append(ends, "an error in answer, whatever it says")
		case again != "":
			stops = append(stops, "an error in answer, but for "+again)
			ends = append(ends, again)
		default:
			stops = append(stops, "an error in answer, whatever it says")
		}
		if again != "" {
			ends[len(ends)-1] += onceRepeated(script)
		}
	}
	ends = append(ends, "no answer in time", misfit)
	if starts := func(s *model.Step) bool { return s.StartTLS }; slices.ContainsFunc(script, starts) {
		stops = append(stops, badCertificate)
	}
	return b.endings(ends, stops)
}

// misfit refers to [builder.misfits].
const misfit = "what does not fit, as below"

const badCertificate = "a certificate that is not accepted, by either side"

// onceRepeated says that a step is repeated before an error that may be tried again counts.
func onceRepeated(script []*model.Step) string {
	n := 0
	for _, s := range script {
		n = max(n, s.RetryTimes)
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (one that may be tried again: once its step was repeated, %d times at most)", n)
}

// scriptErrors are the errors that may answer the steps of a script.
func scriptErrors(script []*model.Step) (all []*model.Message) {
	for _, s := range script {
		if s.Do == nil {
			continue
		}
		for _, m := range append(slices.Clone(s.Do.Replies), s.Do.Errors...) {
			listed := slices.Contains(s.Do.Errors, m)
			if (m.Error != nil || listed) && !slices.Contains(all, m) {
				all = append(all, m)
			}
		}
	}
	return all
}

// connectEndings are those of a dial.
func (b *builder) connectEndings() []step {
	if b.p.Endpoint.TLS == model.TLSNever || upgrades(&b.p.Session) {
		return nil
	}
	return b.endings([]string{"no connection in time"}, []string{badCertificate})
}

// greetingEndings are those before the device has said what it is.
func (b *builder) greetingEndings() []step {
	return b.endings([]string{"no greeting in time", misfit}, b.unwanted("refused"))
}

// readyEndings are those of a link that is in use.
func (b *builder) readyEndings() []step {
	ends := append([]string{"a device that is gone"}, b.misfits()...)
	if bad := allWhen(b.p.Messages, "close"); bad != "" {
		ends = append(ends, bad)
	}
	return b.endings(ends, b.unwanted("refused"))
}

// misfits are what ends a link though the device is there.
func (b *builder) misfits() (ends []string) {
	p, u := b.p, b.p.Unexpected
	for _, misfit := range []struct{ policy, what string }{
		{u.Frame, "bytes that form no frame"}, {u.Message, "a message that the document does not know"}, {u.Reply, "a reply that nobody waits for"},
	} {
		switch {
		case misfit.policy == "close":
			ends = append(ends, misfit.what)
		case p.Replies.Match == "order":
			ends = append(ends, misfit.what+" while a command waits")
		}
	}
	if p.Replies.Late == "close" {
		ends = append(ends, map[bool]string{true: "a reply that is not there in time", false: "a reply that comes too late"}[p.Replies.Match == "order"])
	}
	strict := func(c *model.Command) bool {
		_, otherwise := repeats(c)
		return strings.Contains(otherwise, "link")
	}
	if slices.ContainsFunc(p.Commands, strict) {
		ends = append(ends, "a reply that does not repeat what was asked for")
	}
	return ends
}

// unwanted are the errors of a class when they answer nothing.
func (b *builder) unwanted(class string) []string {
	if what := allWhen(b.p.Messages, class); what != "" {
		return []string{what + ", where it answers nothing"}
	}
	return nil
}

// allWhen says which messages mean a class, and with which values; empty: none does.
func allWhen(messages []*model.Message, class string) string {
	var all []string
	for _, m := range messages {
		if w := when(m, class); w != "" {
			all = append(all, w)
		}
	}
	return strings.Join(all, ", ")
}

// when says with which values a message means a class; empty: never.
func when(m *model.Message, class string) string {
	e := m.Error
	switch {
	case e == nil:
		return ""
	case e.Field == nil && e.Class == class:
		return m.Name
	case e.Field == nil:
		return ""
	}
	values := valuesWhen(e, class)
	if values == "" {
		return ""
	}
	return m.Name + " with " + values
}

// valuesWhen are the values of a rule's field that mean a class.
func valuesWhen(e *model.ErrorRule, class string) string {
	var meant, others []string
	for _, c := range e.Cases {
		if c.Class == class {
			meant = append(meant, namedValues(e.Field.Type, c.Values)...)
		} else {
			others = append(others, namedValues(e.Field.Type, c.Values)...)
		}
	}
	switch {
	case e.Else == class && len(others) == 0:
		return "any " + e.Field.Name
	case e.Else == class:
		return "any " + e.Field.Name + " but " + strings.Join(others, ", ")
	case len(meant) == 0:
		return ""
	}
	return e.Field.Name + " " + strings.Join(meant, ", ")
}

// namedValues are values as they are on the wire, and their names where those say more.
func namedValues(t *model.Type, wires []string) (all []string) {
	for _, wire := range wires {
		text := visible(wire)
		for _, v := range t.Values {
			if v.Wire == wire && !strings.EqualFold(strings.ReplaceAll(v.Name, "_", ""), strings.NewReplacer("-", "", "_", "", " ", "").Replace(wire)) {
				text += " (" + v.Name + ")"
			}
		}
		all = append(all, text)
	}
	return all
}

// closingBand is how a link ends whose program wants no more of it.
func (b *builder) closingBand() band {
	d := band{Name: "Closing", Limit: "when the program closes the client"}
	d.Steps = []step{{Kind: noted, Text: "takes no new commands; those that wait get their replies first"}}
	if out := b.p.Session.Logout; out != nil {
		d.Steps = append(d.Steps, b.steps([]*model.Step{out})...)
	}
	how := "waits up to " + words(b.p.Timeouts.Reply) + " for the device to close the connection, and closes it"
	d.Steps = append(d.Steps, step{Kind: noted, Text: how + "; nothing begins anew"})
	if b.p.Session.Logout != nil {
		d.Steps = append(d.Steps, step{Kind: noted, Text: "a program that is killed, or a link that is lost, sends no " + b.p.Session.Logout.Do.Name})
	}
	return d
}

// meanings say what an error does, where it comes: to the command that it answers, in
// the session's steps, and where it answers nothing.
func (b *builder) meanings(m *model.Message) (all []fact) {
	for _, c := range errorClasses {
		if values := b.valuesOfClass(m.Error, c.class); values != "" {
			all = append(all, fact{Name: "in answer to a command, " + values, Text: c.words})
		}
	}
	s := &b.p.Session
	if slices.Contains(scriptErrors(s.Login), m) {
		text := "any " + b.stopsWords()
		if again := when(m, "retry"); again != "" {
			text = "any but " + again + " " + b.stopsWords() + "; that one ends the link" + onceRepeated(s.Login)
		}
		all = append(all, fact{Name: "in login", Text: text})
	}
	if slices.Contains(scriptErrors(s.Ready), m) {
		all = append(all, fact{Name: "getting ready", Text: "any ends the link, and the client dials again"})
	}
	if refused := when(m, "refused"); refused != "" {
		all = append(all, fact{Name: "where it answers nothing", Text: refused + " " + b.stopsWords()})
	}
	if closed := when(m, "close"); closed != "" {
		all = append(all, fact{Name: "where it answers nothing", Text: closed + " ends the link"})
	}
	return all
}

// errorWords is what an error means to the command that it answers, in a line.
func (b *builder) errorWords(e *model.ErrorRule) string {
	var all []string
	for _, c := range errorClasses {
		switch values := b.valuesOfClass(e, c.class); {
		case values == "":
		case e.Field == nil:
			return c.words
		default:
			all = append(all, values+": "+c.words)
		}
	}
	return strings.Join(all, "; ")
}

// valuesOfClass is valuesWhen, and "always" where a message means nothing else.
func (b *builder) valuesOfClass(e *model.ErrorRule, class string) string {
	if e.Field != nil {
		return valuesWhen(e, class)
	}
	return map[bool]string{true: "always"}[e.Class == class]
}

// errorClasses are what an error means to the command that it answers. Who is refused
// by an answer to a command is still logged in: only the command has failed.
var errorClasses = []struct{ class, words string }{
	{"failed", "the command has failed, and its caller is told"},
	{"retry", "the command has failed, and may be tried again: its caller is told so"},
	{"refused", "the command has failed, and its caller is told; the link goes on"},
	{"close", "the command has failed, and the link is ended"},
	{"ok", "no error"},
}

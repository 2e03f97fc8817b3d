package spec_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// dumpProtocol writes what templates and names became, one line a thing.
func dumpProtocol(b *strings.Builder, p *model.Protocol) {
	b.WriteString(ifs(p.Endpoint.IdleClose > 0, "idle links close after "+p.Endpoint.IdleClose.String()+"\n"))
	b.WriteString(ifs(p.Endpoint.PerCommand, "a connection for each command\n"))
	dumpPacket(b, p.Frame)
	for i, mode := range p.Modes {
		fmt.Fprintf(b, "mode %d %s\n", model.ModeReady+1+i, mode)
	}
	for _, f := range p.Frames {
		if len(f.In) > 0 {
			fmt.Fprintf(b, "frame %s%s\n", f.Name, dumpModes(f.In, 0))
		}
	}
	for _, t := range p.Types {
		fmt.Fprintf(b, "type %s: %s\n", t.Name, dumpTypeBody(t))
	}
	for _, f := range p.Params {
		fmt.Fprintf(b, "parameter %s%s\n", dumpField(f), ifs(f.HasDefault, " default "+f.Default))
	}
	for _, m := range p.Messages {
		fmt.Fprintf(b, "message %s: %s%s\n", m.Name, dumpOps(m.Template.Ops), ifs(m.Template.Prompt, " NOEOL")+dumpMessage(m))
	}
	for _, c := range p.Commands {
		fmt.Fprintf(b, "command %s: %s%s\n", c.Name, dumpOps(c.Template.Ops), dumpCommand(c))
	}
	for _, c := range p.Sequences {
		fmt.Fprintf(b, "command %s:", c.Name)
		for _, f := range c.Template.Fields {
			b.WriteString(" " + dumpField(f))
		}
		b.WriteString(dumpCommand(c) + "\n")
		dumpSteps(b, "  step", c.Steps)
		if c.UndoneBy != nil {
			dumpSteps(b, "  undone by", []*model.Step{c.UndoneBy})
		}
	}
	for _, m := range p.Session.Greeting {
		fmt.Fprintf(b, "greeting %s\n", m.Name)
	}
	dumpSteps(b, "login", p.Session.Login)
	dumpSteps(b, "ready", p.Session.Ready)
	if s := p.Session.Standby; s != nil {
		dumpSteps(b, "standby", []*model.Step{s.Send, s.Interrupt})
	}
	if p.Session.Logout != nil {
		dumpSteps(b, "logout", []*model.Step{p.Session.Logout})
	}
	for _, probe := range p.Liveness.Probes() {
		dumpSteps(b, "probe"+dumpModes(probe.In, 0), []*model.Step{probe.Send})
		dumpTold(b, probe.Told)
	}
	for _, beat := range p.Liveness.Beats() {
		dumpSteps(b, "beat"+dumpModes(beat.In, 0), []*model.Step{beat.Send})
		dumpTold(b, beat.Told)
	}
	for _, a := range p.Answers {
		when := ""
		if a.Handled {
			when = " handled"
		}
		dumpSteps(b, "answer "+a.Message.Name+when, []*model.Step{a.Send})
	}
}

// dumpPacket writes what frames are, where they are more than lines.
func dumpPacket(b *strings.Builder, f *model.Frame) {
	p := f.Packet
	if p == nil {
		return
	}
	fmt.Fprintf(b, "frame %s %s: %s head %d tail %d", f.Content, p.Extent, dumpOps(p.Layout.Ops), p.Head, p.Tail)
	if p.Extent == model.ExtentCount {
		fmt.Fprintf(b, " count at %d plus %d", p.Size.At, p.Size.Add)
	}
	if p.Fixed > 0 {
		fmt.Fprintf(b, " of %d bytes", p.Fixed)
	}
	if p.Starts+p.Sends != "" {
		fmt.Fprintf(b, " from %q to %q, sent %q", p.Starts, p.Ends, p.Sends)
	}
	if e := p.Escape; e != nil {
		fmt.Fprintf(b, " escape %#02x %q as %q%s", e.Byte, e.Escaped, e.Codes, ifs(e.Double, " doubled"))
	}
	if s := p.Sum; s != nil {
		more := func(behind bool) string { return ifs(behind, "+count") }
		fmt.Fprintf(b, " sum %s at %d%s of %d%s..%d%s%s", s.Algorithm, s.At, more(s.AtBehind), s.From, more(s.FromBehind),
			s.To, more(s.ToBehind), ifs(s.Lower, " lower"))
	}
	b.WriteByte('\n')
}

func ifs(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

func dumpOps(ops []*model.Op) string {
	parts := make([]string, len(ops))
	for i, op := range ops {
		parts[i] = dumpOp(op)
	}
	return strings.Join(parts, " ")
}

func dumpOp(op *model.Op) string {
	switch op.Kind {
	case model.OpLit:
		return fmt.Sprintf("%q", op.Lit)
	case model.OpBreak:
		return "BREAK"
	case model.OpObject:
		return dumpMembers(op.Members)
	case model.OpSame:
		return "=" + op.Field.Name
	case model.OpCount:
		var terms []string
		for _, t := range op.Terms {
			switch {
			case t.Field != nil:
				terms = append(terms, t.Field.Name+ifs(t.Bytes, ".bytes"))
			default:
				terms = append(terms, ifs(t.Minus, "-")+fmt.Sprint(t.N))
			}
		}
		return "#" + strings.Join(terms, "+") + ":" + dumpType(op.Field.Type)
	case model.OpOptional:
		how := string(op.Decide)
		if op.Decide == model.DecideSeparators {
			how = fmt.Sprintf("%d %q left", op.After, op.Sep)
		}
		if op.Decide == model.DecideLeft || op.Flag != nil {
			how += fmt.Sprintf(" %d", op.Tail) + ifs(op.Flag != nil, " "+flagName(op))
		}
		return "?" + how + "(" + dumpOps(op.Body) + ")"
	case model.OpConst:
		return fmt.Sprintf("%d:u%d", op.Value, op.Field.Type.Bits)
	case model.OpFlag:
		return "flag " + op.Field.Name
	case model.OpSize, model.OpSum:
		return strings.ToUpper(string(op.Kind)) + ":" + dumpType(op.Field.Type)
	case model.OpBody, model.OpBodyEnd:
		return strings.ToUpper(string(op.Kind))
	case model.OpPayload:
		return "PAYLOAD"
	}
	s := dumpField(op.Field)
	if len(op.Stops) > 0 {
		s += fmt.Sprintf("%q", op.Stops)
	}
	switch {
	case op.Until != nil && op.Until.Items:
		s += fmt.Sprintf(" while %d, %q", op.Until.Skip, op.Until.Text)
	case op.Until != nil:
		s += fmt.Sprintf(" until %q%s", op.Until.Text, ifs(op.Until.Whole, " alone"))
	}
	return s + ifs(op.Count != nil, " counted") + ifs(op.Rest, fmt.Sprintf(" to %d before the end", op.Tail))
}

func flagName(op *model.Op) string {
	if op.Flag == nil {
		return ""
	}
	return op.Flag.Name
}

func dumpField(f *model.Field) string {
	s := f.Name + ":" + dumpType(f.Type) + ifs(f.Optional, "?") + ifs(f.Secret, "!")
	s += ifs(f.Unit != "", " in "+f.Unit) + ifs(f.Doc != "", " «"+f.Doc+"»")
	if f.Set != nil {
		s += " set " + dumpExpr(f.Set)
	}
	return s
}

func dumpType(t *model.Type) string {
	if t.Name != "" {
		return t.Name
	}
	return dumpTypeBody(t)
}

func dumpTypeBody(t *model.Type) string {
	var s string
	switch t.Kind {
	case model.Int, model.Uint, model.Float:
		s = string(t.Kind) + ifs(t.Bits > 0, fmt.Sprint(t.Bits)) + ifs(t.Binary != "", " "+string(t.Binary))
	case model.Bool:
		s = fmt.Sprintf("bool%q", t.Words)
	case model.Quoted:
		s = "quoted " + t.Flavour
	case model.List:
		s = "list of " + dumpType(t.Elem) + ifs(t.Sep != "", fmt.Sprintf(" by %q", t.Sep))
	case model.Padded:
		s = fmt.Sprintf("padded %s to %d", dumpType(t.Elem), t.Width) + ifs(t.Fill != "", fmt.Sprintf(" with %q", t.Fill))
	case model.Enum:
		s = ifs(t.Open, "open ") + "enum as " + dumpType(t.Elem)
		for _, v := range t.Values {
			s += fmt.Sprintf(" %s=%q", v.Name, v.Wire)
		}
	case model.Layout:
		s = "layout " + dumpOps(t.Body.Ops)
	case model.PairsOf:
		s = dumpPairs(t)
	case model.OneOf:
		s = "one of"
		for _, i := range t.Order {
			s += fmt.Sprintf(" %q=%s", t.Leads[i], dumpField(t.Body.Fields[i]))
		}
	case model.JSON:
		s = "json " + dumpMembers(t.Members)
	default:
		s = string(t.Kind) + ifs(t.Width > 0, fmt.Sprintf("(%d)", t.Width))
	}
	if t.Range != nil {
		s += " " + t.Range.Min + ".." + t.Range.Max
	}
	s += ifs(t.Scale != "", " by "+t.Scale)
	return s + ifs(t.Max > 0, fmt.Sprintf(" max %d", t.Max)) + ifs(t.Chars != "", " chars "+t.Chars) + ifs(t.Unit != "", " in "+t.Unit)
}

func dumpPairs(t *model.Type) string {
	parts := []string{fmt.Sprintf("pairs %q", t.Pairs.Between)}
	for i, op := range t.Body.Ops {
		parts = append(parts, ifs(slices.Contains(t.Pairs.First, i), "first ")+fmt.Sprintf("%q=", t.Pairs.Keys[i])+dumpOp(op))
	}
	for _, k := range t.Pairs.Counts {
		parts = append(parts, fmt.Sprintf("%q=#%s:%s", k.Key, k.Of, dumpType(k.Op.Field.Type))+ifs(k.Optional, "?"))
	}
	s := strings.Join(parts, " ") + ifs(t.Pairs.Each != "", fmt.Sprintf(" by %q", t.Pairs.Each)) + ifs(t.Pairs.AnyKey, " text keys")
	return s + ifs(t.Pairs.Others != nil, " and others") + ifs(len(t.Pairs.Stops) > 0, fmt.Sprintf("%q", t.Pairs.Stops))
}

func dumpMembers(members []*model.Member) string {
	var parts []string
	for _, m := range members {
		s := m.Key + ifs(m.Optional, "?") + "="
		switch {
		case m.IsConst:
			s += fmt.Sprintf("%T(%v)", m.Const, m.Const)
		case m.Field != nil:
			s += dumpField(m.Field)
		case m.Items != nil:
			s += "[" + dumpMembers(m.Items) + "]"
		default:
			s += dumpMembers(m.Object)
		}
		parts = append(parts, ifs(m.Others, "...")+s)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func dumpMessage(m *model.Message) string {
	s := ifs(m.Event != "false", " event="+m.Event) + ifs(m.Noise, " noise") + ifs(m.None, " none") + ifs(m.Inside, " inside")
	s += dumpModes(m.In, m.Enters)
	s += ifs(m.Answered, " answered") + ifs(m.Greets, " greets") + ifs(m.Captured, " captured")
	if e := m.Error; e != nil && e.Field == nil {
		s += " error=" + e.Class
	} else if e != nil {
		s += " error by " + e.Field.Name
		for _, c := range e.Cases {
			s += fmt.Sprintf(" %s=%q", c.Class, c.Values)
		}
		s += " else " + e.Else
	}
	return s
}

func names(messages []*model.Message) string {
	var out []string
	for _, m := range messages {
		out = append(out, m.Name)
	}
	return strings.Join(out, ",")
}

func dumpCommand(c *model.Command) string {
	s := " -> " + ifs(len(c.Replies) == 0, "none") + names(c.Replies) + ifs(len(c.Errors) > 0, " errors "+names(c.Errors))
	s += ifs(c.Gap != 0, " gap "+c.Gap.String()) + ifs(c.Settle != 0, " settle "+c.Settle.String())
	s += ifs(len(c.Each) > 0, " after each "+names(c.Each))
	for _, f := range c.Echo {
		s += " echo " + f.Name
	}
	s += ifs(c.Timeout != 0, " timeout "+c.Timeout.String()) + dumpWait(c.Wait) + ifs(c.Idempotent, " idempotent") + ifs(c.Private, " private") + ifs(c.Closes, " closes")
	s += dumpModes(c.In, c.Enters)
	if l := c.Lasting; l != nil && l.Key == nil {
		s += " lasting"
	} else if l != nil {
		s += " lasting by " + l.Key.Name
		if l.UndoneBy != nil {
			s += " until " + l.UndoneBy.Name
		}
	}
	if c.Undoes != nil {
		s += " undoes " + c.Undoes.Command.Name
	}
	for _, d := range c.Delivers {
		s += " delivers " + d.Message.Name + "." + d.Field.Name
	}
	return s
}

func dumpWait(w *model.Wait) string {
	if w == nil {
		return ""
	}
	return fmt.Sprintf(", %s times %s and %s", w.Field.Name, w.Unit, w.Plus)
}

// dumpModes writes where something is there, and where it leads to.
func dumpModes(in []int, enters int) string {
	return ifs(len(in) > 0, fmt.Sprintf(" in %v", in)) + ifs(enters > 0, fmt.Sprintf(" enters %d", enters))
}

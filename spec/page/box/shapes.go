package box

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/plan"
)

// shape is what the script must know of a message to find it, and its end.
type shape struct {
	Prefix string   `json:"prefix,omitempty"`
	Whole  bool     `json:"whole,omitempty"`
	Block  bool     `json:"block,omitempty"`
	Inside bool     `json:"inside,omitempty"`
	Object bool     `json:"object,omitempty"`
	Marks  []mark   `json:"marks,omitempty"`
	Head   string   `json:"head,omitempty"`
	Mask   string   `json:"mask,omitempty"`
	Frame  int      `json:"frame,omitempty"`
	In     []int    `json:"in,omitempty"`
	Prompt bool     `json:"prompt,omitempty"`
	Suffix string   `json:"suffix,omitempty"`
	Steps  []step   `json:"steps,omitempty"`
	Nested []nested `json:"nested,omitempty"`
	Check  bool     `json:"check,omitempty"` // its fields are still to be read
	Any    bool     `json:"any,omitempty"`   // it may come unasked
}

type mark struct {
	Path  []string `json:"path"`
	Kind  string   `json:"kind,omitempty"`
	Const string   `json:"const,omitempty"`
}

type step struct {
	Kind   string   `json:"kind,omitempty"`
	Lit    string   `json:"lit,omitempty"`
	Whole  bool     `json:"whole,omitempty"`
	Lead   int      `json:"lead,omitempty"`
	Count  *count   `json:"count,omitempty"`
	Cases  []branch `json:"cases,omitempty"`
	Nested int      `json:"nested,omitempty"`
	Body   []step   `json:"body,omitempty"`
}

// branch is one of the ways to go on.
type branch struct {
	Lit  string `json:"lit,omitempty"`
	Body []step `json:"body,omitempty"`
}

type nested struct {
	Cases []branch `json:"cases,omitempty"`
	Group int      `json:"group,omitempty"`
	Depth int      `json:"depth,omitempty"`
}

// count is where one is found: an op of the template, then one inside of that, and so on.
type count struct {
	Template int   `json:"template"`
	At       []int `json:"at"`
}

var (
	markKinds = map[wire.MarkKind]string{
		wire.MarkConst: "const", wire.MarkText: "text", wire.MarkNumber: "number", wire.MarkBool: "bool",
		wire.MarkObject: "object", wire.MarkList: "list",
	}
	stepKinds = map[wire.StepKind]string{
		wire.StepBytes: "bytes", wire.StepTimes: "times", wire.StepUntil: "until", wire.StepOneOf: "oneof", wire.StepTo: "to",
		wire.StepVarint: "varint", wire.StepMaybe: "maybe", wire.StepPart: "part", wire.StepWhile: "while",
	}
)

// hooked are the func fields of a plan that something is to be put into.
type hooked struct {
	*refs
	counts map[*func([]byte) (int, error)]plan.Count
	checks map[*func([]byte) error]bool
}

func (h *hooked) shape(s *wire.Shape) shape {
	out := shape{
		Prefix: latin(s.Prefix), Whole: s.Whole, Block: s.Block, Inside: s.Inside, Object: s.Object,
		Head: latin(s.Head), Mask: latin(s.Mask), Frame: int(s.Frame), In: s.In, Prompt: s.Prompt, Suffix: latin(s.Suffix),
		Steps: h.steps(s.Steps), Check: h.checks[&s.Check],
	}
	for _, m := range s.Marks {
		out.Marks = append(out.Marks, mark{Path: m.Path, Kind: markKinds[m.Kind], Const: m.Const})
	}
	for i := range s.Nested {
		n := &s.Nested[i]
		out.Nested = append(out.Nested, nested{Cases: h.cases(n.Cases), Group: n.Group, Depth: n.Depth})
	}
	return out
}

func (h *hooked) steps(list []wire.Step) (all []step) {
	for i := range list {
		s := &list[i]
		all = append(all, step{
			Kind: stepKinds[s.Kind], Lit: latin(s.Lit), Whole: s.Whole, Lead: s.Lead, Count: h.count(&s.Count),
			Cases: h.cases(s.Cases), Nested: s.Nested, Body: h.steps(s.Body),
		})
	}
	return all
}

func (h *hooked) cases(list []wire.Case) (all []branch) {
	for _, c := range list {
		all = append(all, branch{Lit: latin(c.Lit), Body: h.steps(c.Body)})
	}
	return all
}

// count is that of a step, by its slot; nil: it has none.
func (h *hooked) count(slot *func([]byte) (int, error)) *count {
	c, ok := h.counts[slot]
	if !ok {
		return nil
	}
	out := &count{Template: h.template(c.Template)}
	for _, op := range c.At {
		out.At = append(out.At, h.op(op))
	}
	return out
}

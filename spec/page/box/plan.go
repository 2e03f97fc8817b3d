package box

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/linewright/linewright/spec/model"
)

// planner makes the templates of a document data for the script: what is the default
// is left out, and types that are alike are there once. Names are short, as they come
// often; js/plan.js says them in full.
type planner struct {
	*refs
	types    map[*model.Type]int
	same     map[string]int // by their JSON
	list     []json.RawMessage
	measured map[int]string // where the templates of refs are: m1, c2 or t3
}

// message is one of a message or a command.
type message struct {
	Name string `json:"name"`
	*template
}

// template is a wire form. Its fields are those of its ops, unless they are listed.
type template struct {
	Ops    []any   `json:"ops,omitempty"`
	Fields []field `json:"fields,omitempty"`
	Frame  int     `json:"frame,omitempty"`
}

// op is one that is not just text, which is a string, or a line break, which is 0.
type op struct {
	Kind    string   `json:"k,omitempty"` // empty: a field
	Field   field    `json:"f,omitzero"`
	ID      int      `json:"id,omitempty"` // of refs
	Stops   []string `json:"s,omitempty"`
	Terms   []term   `json:"m,omitempty"`
	Decide  string   `json:"d,omitempty"`
	Body    []any    `json:"b,omitempty"`
	Members []member `json:"o,omitempty"`
	Counted int      `json:"c,omitempty"` // 1: by items or bytes, 2: by bytes where items differ, 3: by both
	Tells   []int    `json:"l,omitempty"`
	Until   *line    `json:"u,omitempty"`
	Sep     string   `json:"p,omitempty"`
	After   int      `json:"a,omitempty"`
	Rest    bool     `json:"r,omitempty"`
	Tail    int      `json:"e,omitempty"`
	Value   string   `json:"v,omitempty"`
	Flag    *field   `json:"g,omitempty"`
}

type line struct {
	Text  string `json:"t,omitempty"`
	Whole bool   `json:"w,omitempty"`
	Items bool   `json:"i,omitempty"`
	Skip  int    `json:"s,omitempty"`
}

type term struct {
	Field int   `json:"f,omitempty"`
	Bytes bool  `json:"b,omitempty"`
	Item  int   `json:"i,omitempty"`
	N     int64 `json:"n,omitempty"`
	Minus bool  `json:"m,omitempty"`
}

// field is a named value. Its number is what counts and flags of its template know it
// by.
type field struct {
	Name     string `json:"n,omitempty"`
	Type     int    `json:"t,omitempty"`
	ID       int    `json:"i,omitempty"`
	Optional bool   `json:"o,omitempty"`
	Secret   bool   `json:"s,omitempty"`
	Derived  bool   `json:"v,omitempty"`
	Default  any    `json:"d,omitempty"`
}

// scope numbers the fields of one template.
type scope map[*model.Field]int

func (s scope) id(f *model.Field) int {
	if s[f] == 0 {
		s[f] = len(s) + 1
	}
	return s[f]
}

func (pl *planner) template(t *model.Template) *template {
	s := scope{}
	s.refer(t.Ops)
	out := &template{Ops: pl.ops(s, t.Ops), Frame: int(t.Frame)}
	if !slices.Equal(t.Fields, seen(t.Ops)) {
		out.Fields = pl.fields(s, t.Fields)
	}
	return out
}

// found keeps where a template is that frames measure by.
func (pl *planner) found(t *model.Template, list string, i int) {
	if id := pl.templateID(t); id > 0 {
		pl.measured[id] = list + strconv.Itoa(i)
	}
}

// refer numbers the fields that are referred to.
func (s scope) refer(ops []*model.Op) {
	for _, op := range ops {
		for _, t := range op.Terms {
			if t.Field != nil {
				s.id(t.Field)
			}
		}
		for _, c := range op.Tells {
			s.id(c.Terms[0].Field)
		}
		if op.Flag != nil {
			s.id(op.Flag)
		}
		s.refer(op.Body)
	}
}

// seen are the fields that ops have, in their order.
func seen(ops []*model.Op) (all []*model.Field) {
	for _, op := range ops {
		if op.Kind == model.OpField && op.Field.Name != "_" {
			all = append(all, op.Field)
		}
		all = append(all, named(op.Members)...)
		all = append(all, seen(op.Body)...)
	}
	return all
}

// named are the fields of members, and of what is inside them.
func named(members []*model.Member) (all []*model.Field) {
	for _, m := range members {
		if m.Field != nil && m.Field.Name != "_" {
			all = append(all, m.Field)
		}
		all = append(all, named(m.Inside())...)
	}
	return all
}

func (pl *planner) ops(s scope, ops []*model.Op) []any {
	all := make([]any, 0, len(ops))
	for _, o := range ops {
		switch o.Kind {
		case model.OpLit:
			all = append(all, latin(o.Lit))
		case model.OpBreak:
			all = append(all, 0)
		default:
			all = append(all, pl.op(s, o))
		}
	}
	return all
}

func (pl *planner) op(s scope, o *model.Op) op {
	out := op{
		Kind: kindNames[o.Kind], ID: pl.opID(o), Stops: latins(o.Stops), Decide: string(o.Decide), Body: pl.ops(s, o.Body),
		Members: pl.members(s, o.Members), Sep: latin(o.Sep), After: o.After, Rest: o.Rest, Tail: o.Tail,
	}
	if o.Field != nil {
		out.Field = pl.field(s, o.Field)
	}
	for _, t := range o.Terms {
		out.Terms = append(out.Terms, term{Field: s[t.Field], Bytes: t.Bytes, Item: t.Item, N: t.N, Minus: t.Minus})
	}
	switch {
	case o.Sized != nil:
		out.Counted = 2
	case o.Count != nil:
		out.Counted = 1
	}
	for _, c := range o.Tells {
		out.Tells = append(out.Tells, s[c.Terms[0].Field])
	}
	if u := o.Until; u != nil {
		out.Until = &line{Text: latin(u.Text), Whole: u.Whole, Items: u.Items, Skip: u.Skip}
	}
	if o.Kind == model.OpConst {
		out.Value = strconv.FormatUint(o.Value, 10)
	}
	if o.Flag != nil {
		f := field{Name: o.Flag.Name, ID: s[o.Flag], Derived: o.Flag.Derived}
		out.Flag = &f
	}
	return out
}

var kindNames = map[model.OpKind]string{
	model.OpField: "", model.OpSame: "same", model.OpCount: "count", model.OpOptional: "opt", model.OpObject: "object",
	model.OpConst: "const", model.OpFlag: "flag", model.OpSize: "size", model.OpSum: "sum", model.OpBody: "body",
	model.OpBodyEnd: "bodyend", model.OpPayload: "payload",
}

func (pl *planner) fields(s scope, fields []*model.Field) []field {
	all := make([]field, len(fields))
	for i, f := range fields {
		all[i] = pl.field(s, f)
	}
	return all
}

func (pl *planner) field(s scope, f *model.Field) field {
	return field{
		Name: f.Name, Type: pl.typ(f.Type), ID: s[f], Optional: f.Optional, Secret: f.Secret, Derived: f.Derived,
		Default: defaultOf(f),
	}
}

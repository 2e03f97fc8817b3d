package box

import (
	"encoding/json"
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// typ is a type; the script says in full what the keys mean.
type typ struct {
	Kind    model.Kind `json:"k"`
	Bits    int        `json:"b,omitempty"`
	Width   int        `json:"w,omitempty"`
	Words   []string   `json:"W,omitempty"`
	Flavour string     `json:"q,omitempty"`
	Fill    string     `json:"f,omitempty"`
	Binary  string     `json:"y,omitempty"`
	Elem    int        `json:"e,omitempty"`
	Sep     string     `json:"p,omitempty"`
	Values  []any      `json:"v,omitempty"` // a name, or a name and its wire form
	Open    bool       `json:"o,omitempty"`
	Body    *template  `json:"O,omitempty"`
	Single  bool       `json:"1,omitempty"`
	Pairs   *pairs     `json:"P,omitempty"`
	Leads   []string   `json:"L,omitempty"`
	Order   []int      `json:"D,omitempty"`
	Depth   int        `json:"d,omitempty"`
	Group   int        `json:"g,omitempty"`
	Members []member   `json:"M,omitempty"`
	Min     string     `json:"l,omitempty"`
	Max     string     `json:"h,omitempty"`
	Longest int        `json:"m,omitempty"`
	Chars   string     `json:"c,omitempty"`
	Scale   string     `json:"x,omitempty"`
	Item    int        `json:"z,omitempty"` // of a list: the bits of each item and 1; 0: that differs
}

type pairs struct {
	Keys    []string    `json:"k,omitempty"`
	Between string      `json:"b,omitempty"`
	Each    string      `json:"e,omitempty"`
	Stops   []string    `json:"s,omitempty"`
	First   []int       `json:"f,omitempty"`
	AnyKey  bool        `json:"a,omitempty"`
	Counts  []pairCount `json:"c,omitempty"`
	Others  bool        `json:"o,omitempty"`
}

type pairCount struct {
	Key      string `json:"k"`
	Of       string `json:"n"`
	Type     int    `json:"t"`
	Optional bool   `json:"o,omitempty"`
}

// member is one of a JSON object, or an item of a list.
type member struct {
	Key      string   `json:"k,omitempty"`
	Optional bool     `json:"o,omitempty"`
	Const    []any    `json:"c,omitempty"` // one; an integer is a list of its digits
	Field    *field   `json:"f,omitempty"`
	Inside   []member `json:"i,omitempty"`
	Holds    int      `json:"h,omitempty"` // what is inside: 1: members, 2: items of a list
	Others   bool     `json:"x,omitempty"`
}

// typ gives a type's number, from 1. One that may hold itself gets it before it is
// known what it holds.
func (pl *planner) typ(t *model.Type) int {
	if t == nil {
		return 0
	}
	if i, known := pl.types[t]; known {
		return i
	}
	if t.Depth > 0 {
		i := pl.add(nil)
		pl.types[t] = i
		pl.list[i] = pl.json(t, i)
		return i
	}
	data := pl.json(t, 0)
	i, known := pl.same[string(data)]
	if !known {
		i = pl.add(data)
		pl.same[string(data)] = i
	}
	pl.types[t] = i
	if t.Body != nil {
		pl.found(t.Body, "t", i)
	}
	return i
}

func (pl *planner) add(data json.RawMessage) int {
	pl.list = append(pl.list, data)
	return len(pl.list) - 1
}

func (pl *planner) json(t *model.Type, i int) json.RawMessage {
	if t.Body != nil && i > 0 {
		pl.found(t.Body, "t", i)
	}
	data, err := json.Marshal(pl.describe(t))
	if err != nil {
		panic(err) // texts, numbers and bools have none
	}
	return data
}

func (pl *planner) describe(t *model.Type) typ {
	out := typ{
		Kind: t.Kind, Bits: t.Bits, Width: t.Width, Flavour: t.Flavour, Fill: latin(t.Fill), Binary: string(t.Binary),
		Elem: pl.typ(t.Elem), Sep: latin(t.Sep), Values: values(t.Values), Open: t.Open, Single: t.Single() != nil,
		Leads: latins(t.Leads), Order: t.Order, Depth: t.Depth, Group: t.Group, Longest: t.Max, Chars: t.Chars, Scale: t.Scale,
		Members: pl.members(scope{}, t.Members),
	}
	if t.Kind == model.Bool {
		out.Words = latins(t.Words[:])
	}
	if t.Range != nil {
		out.Min, out.Max = t.Range.Min, t.Range.Max
	}
	if t.Kind == model.List && t.Sep == "" {
		out.Item = model.TypeBits(t.Elem) + 1
	}
	if t.Pairs != nil {
		out.Pairs = pl.pairs(t.Pairs)
	}
	if t.Body != nil {
		out.Body = pl.template(t.Body)
	}
	if t.Kind == model.OneOf { // its ops say nothing more
		out.Body = &template{Fields: pl.fields(scope{}, t.Body.Fields)}
	}
	return out
}

func values(list []model.EnumValue) (all []any) {
	for _, v := range list {
		if v.Wire == v.Name {
			all = append(all, v.Name)
			continue
		}
		all = append(all, [2]string{v.Name, latin(v.Wire)})
	}
	return all
}

func (pl *planner) pairs(p *model.Pairs) *pairs {
	out := &pairs{
		Keys: latins(p.Keys), Between: latin(p.Between), Each: latin(p.Each), Stops: latins(p.Stops), First: p.First,
		AnyKey: p.AnyKey, Others: p.Others != nil,
	}
	for _, c := range p.Counts {
		out.Counts = append(out.Counts, pairCount{Key: latin(c.Key), Of: c.Of, Type: pl.typ(c.Op.Field.Type), Optional: c.Optional})
	}
	return out
}

func (pl *planner) members(s scope, list []*model.Member) (all []member) {
	for _, m := range list {
		out := member{
			Key: latin(m.Key), Optional: m.Optional, Inside: pl.members(s, m.Inside()), Others: m.Others,
		}
		switch {
		case m.Items != nil:
			out.Holds = 2
		case m.Object != nil:
			out.Holds = 1
		}
		if m.IsConst {
			out.Const = []any{constant(m.Const)}
		}
		if m.Field != nil {
			f := pl.field(s, m.Field)
			out.Field = &f
		}
		all = append(all, out)
	}
	return all
}

// constant is one of JSON; an integer may be more than the script's numbers hold.
func constant(v any) any {
	switch v := v.(type) {
	case int64:
		return []string{strconv.FormatInt(v, 10)}
	case string:
		return latin(v)
	}
	return v
}

// defaultOf is the value that a field has which is not there: its kind, then what it is.
func defaultOf(f *model.Field) any { return valueOf(codec.Default(f)) }

func valueOf(v any) any {
	switch v := v.(type) {
	case string:
		return []any{"s", latin(v)}
	case []byte:
		return []any{"s", latin(string(v))}
	case int64:
		return []any{"n", strconv.FormatInt(v, 10)}
	case uint64:
		return []any{"n", strconv.FormatUint(v, 10)}
	case wire.Decimal:
		return []any{"d", v.String()}
	case float64:
		return []any{"f", strconv.FormatFloat(v, 'g', -1, 64)}
	case bool:
		return []any{"b", v}
	case codec.Enum:
		return []any{"e", v.Name, latin(v.Wire)}
	case []any:
		out := []any{"l"}
		for _, item := range v {
			out = append(out, valueOf(item))
		}
		return out
	}
	return nil
}

package box

import "github.com/linewright/linewright/spec/model"

// uses are constructs of a document without which parts of the script have nothing to do.
type uses struct {
	json, pairs, quoted, same bool
	seen                      map[*model.Type]bool
}

func usesOf(p *model.Protocol) *uses {
	u := &uses{seen: map[*model.Type]bool{}}
	for _, m := range p.Messages {
		u.ops(m.Template.Ops)
	}
	for _, c := range p.Commands {
		u.ops(c.Template.Ops)
	}
	return u
}

func (u *uses) ops(ops []*model.Op) {
	for _, op := range ops {
		u.same = u.same || op.Kind == model.OpSame
		u.json = u.json || op.Kind == model.OpObject
		if op.Field != nil {
			u.value(op.Field.Type)
		}
		u.ops(op.Body)
	}
}

func (u *uses) value(t *model.Type) {
	if t == nil || u.seen[t] {
		return
	}
	u.seen[t] = true
	u.json = u.json || t.Kind == model.JSON || t.Kind == model.JSONRaw
	u.pairs = u.pairs || t.Kind == model.PairsOf
	u.quoted = u.quoted || t.Kind == model.Quoted
	u.value(t.Elem)
	if t.Body != nil {
		u.ops(t.Body.Ops)
		for _, f := range t.Body.Fields {
			u.value(f.Type)
		}
	}
}

// need reports whether a part of the script has something to do.
func (u *uses) need(part string) bool {
	switch part {
	case "write":
		return u.same
	case "pairs":
		return u.pairs
	case "jsonread", "object", "members":
		return u.json || u.same
	case "quoted":
		return u.quoted || u.json || u.same
	}
	return true
}

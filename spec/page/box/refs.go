package box

import "github.com/linewright/linewright/spec/model"

// refs number the ops and templates that counts refer to, from 1.
type refs struct {
	ops       map[*model.Op]int
	templates map[*model.Template]int
}

func newRefs() *refs {
	return &refs{ops: map[*model.Op]int{}, templates: map[*model.Template]int{}}
}

func (r *refs) op(op *model.Op) int { return number(r.ops, op) }

func (r *refs) template(t *model.Template) int { return number(r.templates, t) }

// opID is 0 where no count refers to the op.
func (r *refs) opID(op *model.Op) int { return r.ops[op] }

func (r *refs) templateID(t *model.Template) int { return r.templates[t] }

func number[T comparable](of map[T]int, thing T) int {
	if of[thing] == 0 {
		of[thing] = len(of) + 1
	}
	return of[thing]
}

// latin is text of the wire for JSON, which may be any bytes: a character for each.
func latin(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

func latins(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = latin(s)
	}
	return out
}

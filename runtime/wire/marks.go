package wire

import (
	"cmp"
	"slices"
	"strings"
)

// Mark is a member that a JSON frame has where it is a message: by its marks a
// [Decoder] tells JSON messages apart, in one pass over the frame, whatever the
// order of the keys.
type Mark struct {
	// Path leads to the member: the keys of the objects around it, then its own.
	Path []string
	Kind MarkKind
	// Const is what a MarkConst must be: the JSON of a string, an integer, true,
	// false or null.
	Const string
}

// MarkKind is what the value of a [Mark] must be.
type MarkKind uint8

// The kinds of marks. What is null has none of the kinds but MarkAny.
const (
	MarkAny    MarkKind = iota // it is there
	MarkConst                  // it is Mark.Const
	MarkText                   // a string
	MarkNumber                 // a number
	MarkBool                   // true or false
	MarkObject                 // an object
	MarkList                   // an array
)

// kindOf is the kind of a JSON value, which begins with its first byte.
func kindOf(value string) MarkKind {
	switch value[0] {
	case '"':
		return MarkText
	case '{':
		return MarkObject
	case '[':
		return MarkList
	case 't', 'f':
		return MarkBool
	case 'n':
		return MarkAny
	}
	return MarkNumber
}

// Allows reports whether a value that has mark m may have other, too, where both
// are about the same member.
func (m Mark) Allows(other Mark) bool {
	a, b := m, other
	if a.Kind == MarkConst && b.Kind == MarkConst {
		return a.Const == b.Const
	}
	if a.Kind == MarkConst {
		a, b = b, a
	}
	if b.Kind == MarkConst {
		return a.Kind == MarkAny || a.Kind == kindOf(b.Const)
	}
	return a.Kind == MarkAny || b.Kind == MarkAny || a.Kind == b.Kind
}

// Implies reports whether every value that has mark m has other, too.
func (m Mark) Implies(other Mark) bool {
	switch {
	case other.Kind == MarkAny:
		return true
	case m.Kind == MarkConst && other.Kind != MarkConst:
		return kindOf(m.Const) == other.Kind
	}
	return m.Kind == other.Kind && m.Const == other.Const
}

// noMark is no place in a tree of marks.
const noMark = int32(-1)

// markTree holds the marks of all messages by their paths; nodes[0] is the
// frame itself.
type markTree struct {
	nodes []markNode
	marks []Mark
	texts []string // of marks: what a constant string means
}

type markNode struct {
	below map[string]int32
	here  []int32 // marks
}

// add gives the number of a mark, which is the same for equal ones.
func (t *markTree) add(m Mark) int32 {
	at := int32(0)
	for _, key := range m.Path {
		child, ok := t.nodes[at].below[key]
		if !ok {
			child = int32(len(t.nodes))
			t.nodes = append(t.nodes, markNode{})
			if t.nodes[at].below == nil {
				t.nodes[at].below = map[string]int32{}
			}
			t.nodes[at].below[key] = child
		}
		at = child
	}
	for _, i := range t.nodes[at].here {
		if t.marks[i].Kind == m.Kind && t.marks[i].Const == m.Const {
			return i
		}
	}
	i := int32(len(t.marks))
	text := ""
	if strings.HasPrefix(m.Const, `"`) {
		text, _ = unquoteJSONToken(m.Const)
	}
	t.marks, t.texts = append(t.marks, m), append(t.texts, text)
	t.nodes[at].here = append(t.nodes[at].here, i)
	return i
}

// child is the place of a member, whose key is a valid JSON string, or noMark.
func (t *markTree) child(node int32, key string) int32 {
	below := t.nodes[node].below
	if below == nil {
		return noMark
	}
	name, why := unquoteJSONToken(key)
	if why != "" {
		return noMark
	}
	if child, ok := below[name]; ok {
		return child
	}
	return noMark
}

// note remembers which marks at a place a value meets.
func (t *markTree) note(node int32, value string, met []bool) {
	for _, i := range t.nodes[node].here {
		if t.meets(i, value) {
			met[i] = true
		}
	}
}

func (t *markTree) meets(i int32, value string) bool {
	m := &t.marks[i]
	switch {
	case m.Kind == MarkAny:
		return true
	case m.Kind != MarkConst:
		return m.Kind == kindOf(value)
	case m.Const[0] != '"' || value[0] != '"':
		return value == m.Const
	}
	text, why := unquoteJSONToken(value)
	return why == "" && text == t.texts[i]
}

// objects tells JSON messages apart.
type objects struct {
	tree markTree
	// list are the messages, the most specific first; needs are the marks of
	// each in ascending order, by its index in the dispatch.
	list  []int32
	needs [][]int32
	ranks []rank
}

// rank is how specific a message is: where all marks of one imply those of
// another, its rank is higher.
type rank struct{ constants, kinds, marks int }

func (r rank) compare(other rank) int {
	return cmp.Or(
		cmp.Compare(r.constants, other.constants),
		cmp.Compare(r.kinds, other.kinds),
		cmp.Compare(r.marks, other.marks),
	)
}

func newObjects(shapes []Shape, members []int32) objects {
	o := objects{tree: markTree{nodes: make([]markNode, 1)}, needs: make([][]int32, len(shapes)), ranks: make([]rank, len(shapes))}
	for _, i := range members {
		if !shapes[i].Object {
			continue
		}
		o.list = append(o.list, i)
		for _, m := range shapes[i].Marks {
			o.needs[i] = append(o.needs[i], o.tree.add(m))
			o.ranks[i].marks++
			if m.Kind != MarkAny {
				o.ranks[i].kinds++
			}
			if m.Kind == MarkConst {
				o.ranks[i].constants++
			}
		}
		slices.Sort(o.needs[i])
	}
	slices.SortStableFunc(o.list, func(a, b int32) int { return o.ranks[b].compare(o.ranks[a]) })
	return o
}

// read finds the marks that a frame meets; false: it is no JSON object.
func (o *objects) read(frame []byte, met []bool) bool {
	s := alias(frame)
	i := skipSpace(s, 0)
	if i == len(s) || s[i] != '{' {
		return false
	}
	clear(met)
	p := scanner{s: s, i: i, marks: &o.tree, met: met}
	return p.all(0)
}

// rivals reports whether two messages are as specific, in different ways. Those
// with the same marks are never awaited together.
func (o *objects) rivals(a, b int32) bool {
	return o.ranks[a] == o.ranks[b] && !slices.Equal(o.needs[a], o.needs[b])
}

// are reports whether all marks of a message are met.
func (o *objects) are(message int32, met []bool) bool {
	for _, i := range o.needs[message] {
		if !met[i] {
			return false
		}
	}
	return true
}

package wire

import (
	"math/bits"
	"slices"
)

// group holds the shapes of packets whose layout holds the same.
type group struct {
	head, mask string
	tree       *Dispatch // by prefix
}

// matches reports whether the layout of content holds what the group's does.
func (g *group) matches(content []byte) bool {
	if len(content) < len(g.head) {
		return false
	}
	for i := range len(g.head) {
		if content[i]&g.mask[i] != g.head[i] {
			return false
		}
	}
	return true
}

// set is how many bits of the layout the group says.
func (g *group) set() (n int) {
	for i := range len(g.mask) {
		n += bits.OnesCount8(g.mask[i])
	}
	return n
}

// group sorts the shapes by what their layouts hold, those that say most first.
// Where no layout says anything, the tree of all shapes is the only group.
func (d *Dispatch) group() {
	members := map[string][]int32{}
	var order []string
	for i := range d.shapes {
		key := d.shapes[i].Mask + "\x00" + d.shapes[i].Head
		if members[key] == nil {
			order = append(order, key)
		}
		members[key] = append(members[key], int32(i))
	}
	if len(order) <= 1 && (len(order) == 0 || order[0] == "\x00") {
		d.groups = []group{{tree: d}}
		return
	}
	for _, key := range order {
		first := &d.shapes[members[key][0]]
		d.groups = append(d.groups, group{head: first.Head, mask: first.Mask, tree: d.subtree(members[key])})
	}
	slices.SortStableFunc(d.groups, func(a, b group) int { return b.set() - a.set() })
	d.most = len(d.shapes)
}

// subtree is a tree of some of the shapes, which keep their indexes.
func (d *Dispatch) subtree(members []int32) *Dispatch {
	t := &Dispatch{shapes: d.shapes, nodes: []dispatchNode{{up: -1}}}
	for _, i := range members {
		at := t.insert(d.shapes[i].Prefix)
		t.nodes[at].here = append(t.nodes[at].here, i)
	}
	for i := range t.nodes {
		slices.SortStableFunc(t.nodes[i].here, t.before)
	}
	t.link(0, -1, 0)
	return t
}

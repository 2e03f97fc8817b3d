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

// matches reports whether the layout of content holds what the group's does; at
// a place of it there is a count of so many bytes that the group leaves out.
func (g *group) matches(content []byte, at, loose int) bool {
	if len(content) < len(g.head)+loose {
		return false
	}
	for i := range len(g.head) {
		c := content[i]
		if i >= at {
			c = content[i+loose]
		}
		if c&g.mask[i] != g.head[i] {
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
func (d *Dispatch) group(members []int32) {
	by := map[string][]int32{}
	var order []string
	for _, i := range members {
		key := d.shapes[i].Mask + "\x00" + d.shapes[i].Head
		if by[key] == nil {
			order = append(order, key)
		}
		by[key] = append(by[key], i)
	}
	if len(order) <= 1 && (len(order) == 0 || order[0] == "\x00") {
		d.groups = []group{{tree: d}}
		return
	}
	for _, key := range order {
		first := &d.shapes[by[key][0]]
		tree := &Dispatch{shapes: d.shapes}
		tree.tree(by[key])
		tree.objects = newObjects(d.shapes, by[key])
		d.groups = append(d.groups, group{head: first.Head, mask: first.Mask, tree: tree})
	}
	slices.SortStableFunc(d.groups, func(a, b group) int { return b.set() - a.set() })
	d.most = len(members)
}

package wire

import (
	"cmp"
	"slices"
	"strings"
)

// Dispatch finds the messages that a first line can be: a tree over their
// literal prefixes, made once, and one over the marks of JSON objects. Finding
// takes time by the length of the prefix, not by the number of messages. A
// Dispatch is never changed and may serve any number of decoders.
type Dispatch struct {
	shapes  []Shape
	nodes   []dispatchNode // nodes[0] is the root
	objects objects
	most    int         // candidates on any way down the tree, and objects
	inside  []int32     // shapes that may interrupt a block
	prompts []int32     // shapes without a line end, the longest prefix first
	groups  []group     // of packets: the shapes by what their layout holds
	frames  []*Dispatch // by the kind of frame
}

// dispatchNode is a place in the tree, reached by the labels on the way.
type dispatchNode struct {
	label string  // the bytes from the parent to here
	keys  string  // the first bytes of the labels of next
	next  []int32 // nodes
	// up is the nearest place on the way here with shapes of its own, or -1;
	// here are the shapes whose prefix ends here, in the order of trying.
	up   int32
	here []int32
	only int32 // see alone
}

// NewDispatch prepares shapes; messages are known by their index in it. It
// keeps shapes, which must not be changed.
func NewDispatch(shapes []Shape) *Dispatch {
	d := &Dispatch{shapes: shapes}
	all := make([]int32, len(shapes))
	for i := range shapes {
		all[i] = int32(i)
	}
	d.build(all)
	d.splitFrames()
	return d
}

// sub is a dispatch of some of the shapes, which keep their indexes.
func (d *Dispatch) sub(members []int32) *Dispatch {
	s := &Dispatch{shapes: d.shapes}
	s.build(members)
	return s
}

func (d *Dispatch) build(members []int32) {
	d.tree(members)
	d.group(members)
	d.objects = newObjects(d.shapes, members)
	d.most += len(d.objects.list)
}

// tree makes the tree of the shapes' prefixes.
func (d *Dispatch) tree(members []int32) {
	d.nodes = []dispatchNode{{up: -1}}
	for _, i := range members {
		shape := &d.shapes[i]
		if shape.Inside {
			d.inside = append(d.inside, i)
		}
		switch {
		case shape.Prompt:
			d.prompts = append(d.prompts, i)
			continue
		case shape.Object:
			continue
		}
		at := d.insert(shape.Prefix)
		d.nodes[at].here = append(d.nodes[at].here, i)
	}
	for i := range d.nodes {
		slices.SortStableFunc(d.nodes[i].here, d.before)
	}
	slices.SortStableFunc(d.prompts, func(a, b int32) int { return cmp.Compare(len(d.shapes[b].Prefix), len(d.shapes[a].Prefix)) })
	d.link(0, -1, 0)
}

// before orders the shapes of one prefix: those that fix the whole line come
// first, those with more literal text on the lines after it before others.
func (d *Dispatch) before(a, b int32) int {
	s, t := &d.shapes[a], &d.shapes[b]
	if s.Whole != t.Whole {
		if s.Whole {
			return -1
		}
		return 1
	}
	return cmp.Compare(t.literal(), s.literal())
}

// literal is how much literal text the lines after the first begin with.
func (s *Shape) literal() (n int) {
	for i := range s.Steps {
		n += len(s.Steps[i].Lit)
	}
	return n
}

// insert gives the node of prefix, making it where there is none.
func (d *Dispatch) insert(prefix string) int32 {
	at := int32(0)
	for prefix != "" {
		edge := d.nodes[at].edge(prefix[0])
		if edge < 0 {
			return d.grow(at, prefix)
		}
		child := d.nodes[at].next[edge]
		n := common(prefix, d.nodes[child].label)
		if n < len(d.nodes[child].label) {
			child = d.split(at, edge, n)
		}
		at, prefix = child, prefix[n:]
	}
	return at
}

// grow adds a child for all of label.
func (d *Dispatch) grow(at int32, label string) int32 {
	child := int32(len(d.nodes))
	d.nodes = append(d.nodes, dispatchNode{label: label, up: -1})
	d.nodes[at].keys += label[:1]
	d.nodes[at].next = append(d.nodes[at].next, child)
	return child
}

// split puts a new node n bytes down the edge from at.
func (d *Dispatch) split(at int32, edge, n int) int32 {
	child := d.nodes[at].next[edge]
	label := d.nodes[child].label
	middle := int32(len(d.nodes))
	d.nodes = append(d.nodes, dispatchNode{label: label[:n], keys: label[n : n+1], next: []int32{child}, up: -1})
	d.nodes[child].label = label[n:]
	d.nodes[at].next[edge] = middle
	return middle
}

// link sets up of all nodes below at, and the most candidates.
func (d *Dispatch) link(at, up int32, candidates int) {
	node := &d.nodes[at]
	node.up = up
	node.only = d.alone(node)
	candidates += len(node.here)
	d.most = max(d.most, candidates)
	if len(node.here) > 0 {
		up = at
	}
	for _, child := range node.next {
		d.link(child, up, candidates)
	}
}

// find gives the deepest node with shapes that line leads to, or -1; the others
// follow by up.
func (d *Dispatch) find(line []byte) int32 {
	at := int32(0)
	rest := alias(line)
	for rest != "" {
		node := &d.nodes[at]
		edge := node.edge(rest[0])
		if edge < 0 {
			break
		}
		child := node.next[edge]
		label := d.nodes[child].label
		if !strings.HasPrefix(rest, label) {
			break
		}
		at, rest = child, rest[len(label):]
	}
	if len(d.nodes[at].here) == 0 {
		return d.nodes[at].up
	}
	return at
}

// edge is which of the labels of next begins with c, or -1.
func (n *dispatchNode) edge(c byte) int {
	keys := n.keys
	if len(keys) > 8 {
		return strings.IndexByte(keys, c)
	}
	for i := range len(keys) { // sooner done than called for
		if keys[i] == c {
			return i
		}
	}
	return -1
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

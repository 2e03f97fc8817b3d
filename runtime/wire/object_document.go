package wire

import "strings"

// document is what the objects and arrays of one JSON text share: the text,
// which is valid, where their members and items are, and the first error.
type document struct {
	s     string
	nodes []node
	few   [16]node // what nodes begins in
	root  Object
	err   *FieldError
}

// node is a member of an object, or an item of an array: places in the text.
type node struct {
	key     int32 // of a member: of the opening quote
	keyEnd  int32 // behind the closing one
	at, end int32 // of the value
	escaped bool  // something is, in the key
}

const noNode = int32(-1)

// span is where an object or an array is: its bracket in the text, and its
// members or items among the document's nodes.
type span struct{ at, from, to int32 }

func (d *document) failed() error {
	if d.err == nil {
		return nil
	}
	return d.err
}

// value is the text of a node's value.
func (d *document) value(i int32) string { return d.s[d.nodes[i].at:d.nodes[i].end] }

// key is what a member's key means.
func (d *document) key(i int32) string {
	n := &d.nodes[i]
	key, _ := unquoteJSONToken(d.s[n.key:n.keyEnd])
	return key
}

// has reports whether a member's key is the given one.
func (d *document) has(i int32, key string) bool {
	n := &d.nodes[i]
	if n.escaped {
		return d.key(i) == key
	}
	return d.s[n.key+1:n.keyEnd-1] == key
}

// members makes nodes of the members of the object at a place.
func (d *document) members(at int32) span {
	from := int32(len(d.nodes))
	for i := skipSpace(d.s, int(at)+1); d.s[i] != '}'; {
		keyEnd := skipString(d.s, i)
		value := skipSpace(d.s, skipSpace(d.s, keyEnd)+1) // past the colon
		end := skipValue(d.s, value)
		d.nodes = append(d.nodes, newNode(d.s, i, keyEnd, value, end))
		i = d.next(end)
	}
	return span{at, from, int32(len(d.nodes))}
}

// items makes nodes of the items of the array at a place.
func (d *document) items(at int32) span {
	from := int32(len(d.nodes))
	for i := skipSpace(d.s, int(at)+1); d.s[i] != ']'; {
		end := skipValue(d.s, i)
		d.nodes = append(d.nodes, node{at: int32(i), end: int32(end)})
		i = d.next(end)
	}
	return span{at, from, int32(len(d.nodes))}
}

// next is the place of the next member or item behind one, or of the bracket.
func (d *document) next(end int) int {
	i := skipSpace(d.s, end)
	if d.s[i] == ',' {
		i = skipSpace(d.s, i+1)
	}
	return i
}

func newNode(s string, key, keyEnd, at, end int) node {
	return node{
		key: int32(key), keyEnd: int32(keyEnd), at: int32(at), end: int32(end),
		escaped: strings.IndexByte(s[key:keyEnd], '\\') >= 0,
	}
}

// path is how errors name the value that begins at a place: limits.max, or
// points[2].x.
func (d *document) path(place int32) string {
	path := ""
	for at := int32(skipSpace(d.s, 0)); at < place; {
		before := len(d.nodes)
		inside := d.items
		isObject := d.s[at] == '{'
		if isObject {
			inside = d.members
		}
		here := inside(at)
		i := here.from
		for d.nodes[i].end <= place {
			i++
		}
		if at = d.nodes[i].at; isObject {
			path = below(path, d.key(i))
		} else {
			path += "[" + itoa(int(i-here.from)) + "]"
		}
		d.nodes = d.nodes[:before]
	}
	return path
}

// below is the path of a member of what path leads to.
func below(path, key string) string {
	if path == "" || key == "" {
		return path + key
	}
	return path + "." + key
}

// badKey says what is wrong with a key among the nodes from a place on.
func (d *document) badKey(from int) (key, why string) {
	for i := from; i < len(d.nodes); i++ {
		if n := &d.nodes[i]; n.escaped {
			if _, why := unquoteJSONToken(d.s[n.key:n.keyEnd]); why != "" {
				return "", "a key " + why
			}
		}
	}
	if i := d.twice(from); i != noNode {
		return d.key(i), "is there twice"
	}
	return "", ""
}

// open is the path of the members before a place whose values have not ended.
func (d *document) open(before int) string {
	path := ""
	for i := range before {
		if n := &d.nodes[i]; n.end == n.at {
			path = below(path, d.key(int32(i)))
		}
	}
	return path
}

// twice is the first key among nodes that comes twice, or noNode.
func (d *document) twice(from int) int32 {
	const few, many = 8, 64
	n := len(d.nodes) - from
	switch {
	case n <= few:
		for i := from; i < len(d.nodes); i++ {
			for j := from; j < i; j++ {
				if d.same(i, j) {
					return int32(i)
				}
			}
		}
	case n <= many:
		return d.twiceOfMany(from)
	default:
		seen := make(map[string]struct{}, n)
		for i := from; i < len(d.nodes); i++ {
			key := d.key(int32(i))
			if _, ok := seen[key]; ok {
				return int32(i)
			}
			seen[key] = struct{}{}
		}
	}
	return noNode
}

// twiceOfMany is twice by a table on the stack.
func (d *document) twiceOfMany(from int) int32 {
	var table [128]uint8 // 0: free; else the number of a node, from 1
	for i := from; i < len(d.nodes); i++ {
		slot := hash(d.key(int32(i)))
		for ; table[slot%128] != 0; slot++ {
			if d.same(i, from+int(table[slot%128])-1) {
				return int32(i)
			}
		}
		table[slot%128] = uint8(i - from + 1)
	}
	return noNode
}

func (d *document) same(i, j int) bool {
	a, b := &d.nodes[i], &d.nodes[j]
	if a.escaped || b.escaped {
		return d.key(int32(i)) == d.key(int32(j))
	}
	return d.s[a.key:a.keyEnd] == d.s[b.key:b.keyEnd]
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

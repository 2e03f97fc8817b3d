package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/marks"
	"github.com/linewright/linewright/spec/internal/overlap"
	"github.com/linewright/linewright/spec/model"
)

// jsonMessage is a message whose frames are JSON objects.
type jsonMessage struct {
	*messageDecl
	set   *marks.Set
	class string        // its constant at the path by which most are told apart; empty: it has none
	head  []codec.Known // of the layout around it
}

// fits reports whether an object, by itself, is the message's.
func (m *jsonMessage) fits(c *dispatch, object string) bool {
	op := model.Object(m.tmpl.Ops)
	alone := *m.tmpl
	alone.Template.Ops, alone.Template.Fields = []*model.Op{op}, memberFields(op.Members)
	framing := c.framing()
	return framing == nil || codec.Check(framing, &alone.Template, []byte(object)) == nil
}

// objects compares JSON messages: of two that may be valid at the same time no
// frame is both, or one is more specific, or each must have a member that the
// other does not know. Those with different constants in the same place, which
// most protocols have, are not compared one by one.
func (c *dispatch) objects() {
	list := c.jsonMessages()
	classes := map[string][]*jsonMessage{}
	for _, m := range list {
		others := classes[m.class]
		if m.class != "" {
			others = append(others[:len(others):len(others)], classes[""]...)
		} else {
			others = allOf(list, m)
		}
		for _, other := range others {
			if c.spent(m.messageDecl) || c.compareObjects(other, m) {
				break // one other is enough to make the point
			}
		}
		classes[m.class] = append(classes[m.class], m)
	}
}

// allOf are those before m.
func allOf(list []*jsonMessage, m *jsonMessage) []*jsonMessage {
	for i, other := range list {
		if other == m {
			return list[:i]
		}
	}
	return nil
}

// jsonMessages are those without findings of their own.
func (c *dispatch) jsonMessages() []*jsonMessage {
	var list []*jsonMessage
	paths := map[string]int{}
	c.messages.all(func(d *messageDecl) {
		object := model.Object(d.tmpl.Ops)
		if object == nil || !d.ok || !d.tmpl.ok || d.tmpl.Frame != c.frameOf().index {
			return
		}
		m := &jsonMessage{messageDecl: d, set: marks.New(object.Members)}
		if p := c.frameOf().f.Packet; p != nil {
			m.head = codec.KnownBytes(d.tmpl.Ops)
			m.head = m.head[:min(p.Head, len(m.head))]
		}
		for path := range m.set.Constants {
			paths[path]++
		}
		list = append(list, m)
	})
	best := ""
	for path, n := range paths {
		if n > paths[best] || n == paths[best] && path < best {
			best = path
		}
	}
	for _, m := range list {
		for path, value := range m.set.Constants {
			if path == best {
				m.class = value
			}
		}
	}
	return list
}

// compareObjects looks for a frame that is both messages. It reports whether
// there was one.
func (c *dispatch) compareObjects(a, b *jsonMessage) bool {
	c.left -= overlap.Budget(min(a.set.Size(), b.set.Size()) / 8)
	if apart(a.head, b.head) || bitsKnown(a.head) != bitsKnown(b.head) {
		return false
	}
	if !c.meet(a.messageDecl, b.messageDecl) || a.set.Apart(b.set) || a.set.Ordered(b.set) || a.set.Told(b.set) {
		return false
	}
	for _, frame := range []string{a.set.Shared(b.set), b.set.Shared(a.set)} {
		if a.fits(c, frame) && b.fits(c, frame) {
			b.find("receive").fail("overlap", "give one of them a constant, or a member that the other has not",
				"%s is %s as well as %s", shortened(frame), b.name, a.name)
			return true
		}
	}
	return false
}

// shortened is a frame as a message shows it.
func shortened(frame string) string {
	const most = 200
	if len(frame) > most {
		return strings.ToValidUTF8(frame[:most], "") + "…"
	}
	return frame
}

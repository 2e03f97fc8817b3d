package session_test

import (
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// submit lets a caller come, with any command of the plan's vendor.
func (c *chaos) submit() {
	var call *session.Call
	ch := uint8(c.rnd.IntN(3))
	switch c.plan.Vendor {
	case "acme":
		call = []*session.Call{
			plantest.Read(c.plan, ch), plantest.Set(c.plan, ch, "1"), plantest.Watch(c.plan, ch), plantest.Unwatch(c.plan, ch),
		}[c.rnd.IntN(4)]
	case "tagged":
		if call = c.tag(ch); call == nil {
			return
		}
	case "order", "polling":
		call = []*session.Call{
			plantest.Get(c.plan, "k"), plantest.Incr(c.plan, "k"), plantest.Put(c.plan, "k", "v"),
		}[c.rnd.IntN(3)]
	case "post":
		call = c.post()
	case "modal":
		call = []*session.Call{
			plantest.Fetch(c.plan, 1), plantest.Peek(c.plan, 1), plantest.Raw(c.plan), plantest.Stop(c.plan),
		}[c.rnd.IntN(4)]
	default:
		call = []*session.Call{
			plantest.Pub(c.plan, "s", []byte("body")), plantest.Sub(c.plan, "s", uint64(ch)), plantest.Unsub(c.plan, uint64(ch)),
		}[c.rnd.IntN(3)]
	}
	call.FailFast = c.rnd.IntN(5) == 0
	c.owned++
	if c.rnd.IntN(4) > 0 && c.s.Post(call) {
		c.posts++
		return
	}
	c.pending[call] = c.owned
	c.s.Submit(c.now, call)
}

// tag is a call with an id; nil where there is none.
func (c *chaos) tag(ch uint8) *session.Call {
	id, err := c.s.NewID()
	if err != nil {
		return nil
	}
	name := []string{"get", "put", "open", "shut", "list", "raw", "ping"}[c.rnd.IntN(7)]
	return plantest.Tag(c.plan, id, name, []string{"1", "2", "3"}[ch])
}

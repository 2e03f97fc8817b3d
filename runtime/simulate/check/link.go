package check

import "github.com/linewright/linewright/runtime/session"

// oneLink: the links follow each other, and none outlives its being given up.
func oneLink(j *judge) {
	for i := 1; i < len(j.c.Links); i++ {
		before, l := j.c.Links[i-1], j.c.Links[i]
		if before.Closed == 0 || before.Closed > l.Dialed {
			j.report(l.Dialed, "link %d is dialled while link %d is open", l.Epoch, before.Epoch)
		}
		if l.Epoch <= before.Epoch {
			j.report(l.Dialed, "link %d follows link %d", l.Epoch, before.Epoch)
		}
	}
	for _, ch := range j.c.Changes {
		if ch.To != session.Backoff {
			continue // the next dial, or the end, is judged beside others
		}
		if l := j.c.linkOf(ch.Epoch); l != nil && (l.Closed == 0 || l.Closed > ch.World) {
			j.report(ch.World, "link %d is given up, and open", ch.Epoch)
		}
	}
}

// link is the link of the device's connection of that number; nil: there is none.
func (c *Client) link(conn int) *Link {
	for i := range c.Links {
		if conn != 0 && c.Links[i].Conn == conn {
			return &c.Links[i]
		}
	}
	return nil
}

// linkOf is the link of an epoch; nil: there is none.
func (c *Client) linkOf(e session.Epoch) *Link {
	for i := range c.Links {
		if c.Links[i].Epoch == e {
			return &c.Links[i]
		}
	}
	return nil
}

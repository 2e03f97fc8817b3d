package main

import (
	"context"
	"fmt"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// states follows the states of a member's client until it is closed: each change
// begins where the last one has ended.
func (f *fleet) states(m *member, c *client) {
	var last runtime.StateChange
	first := true
	for change := range c.States(context.Background()) {
		before := last
		f.book.Check(ledger.StatesInOrder, first || change.From == before.To && change.Link >= before.Link, func() string {
			return fmt.Sprintf("%v went from %v to %v (link %d) after it was %v (link %d)",
				m, change.From, change.To, change.Link, before.To, before.Link)
		})
		last, first = change, false
	}
	f.book.Check(ledger.StatesInOrder, last.To == runtime.Closed, func() string {
		return fmt.Sprintf("the last that was heard of %v is %v", m, last.To)
	})
}

package storm

import (
	"context"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// call lets a caller ask one thing. Patience 0: it has no limit.
func (p *player) call(op Op, patience time.Duration) {
	l := p.l
	k := &check.Call{
		Command: l.command(op.Command), ID: op.ID, Want: op.Want, Submitted: l.now(),
	}
	if len(l.plan.Commands[k.Command].Replies) > 0 {
		k.Key = op.Key // else nobody hears whether it was taken
	}
	ctx, cancel := p.ctx, context.CancelFunc(func() {})
	if patience > 0 {
		ctx, cancel = context.WithTimeout(ctx, patience)
		k.Until = k.Submitted + patience
	}
	l.mu.Lock()
	p.record.Calls = append(p.record.Calls, k)
	l.mu.Unlock()
	l.users.Go(func() {
		defer cancel()
		got, err := op.Do(ctx)
		l.mu.Lock()
		defer l.mu.Unlock()
		k.Got, k.Err, k.Finished = got, err, l.now()
		k.Ends++
		k.Outcome = outcome(err, l.load, len(l.plan.Commands[k.Command].Replies) > 0)
	})
}

func (l *live) command(name string) int {
	for i, c := range l.plan.Commands {
		if c.Name == name {
			return i
		}
	}
	panic("storm: " + l.load.Name + " has no command " + name)
}

// cancelAll ends the context of everybody who waits.
func (p *player) cancelAll() {
	p.cancel()
	p.ctx, p.cancel = context.WithCancel(context.Background())
}

func (p *player) reconnect() {
	p.l.mu.Lock()
	p.record.Hurried = append(p.record.Hurried, p.l.now())
	p.l.mu.Unlock()
	p.h.ReconnectNow()
}

// watch records the changes of state.
func (p *player) watch() {
	var first sync.Once
	for ch := range p.h.States(context.Background()) {
		first.Do(func() { close(p.watching) })
		if ch.From == ch.To && ch.To == session.Idle {
			continue // what it was when the watch began
		}
		address := 0
		if strings.HasPrefix(ch.Address, "second") {
			address = 1
		}
		at := ch.At.Sub(p.l.start)
		p.l.mu.Lock()
		p.record.Changes = append(p.record.Changes, check.Change{World: at, Change: session.Change{
			From: ch.From, To: ch.To, At: at, Err: ch.Err, Attempt: ch.Attempt, Delay: ch.NextDelay,
			Epoch: session.Epoch(ch.Link), Address: address,
		}})
		p.l.mu.Unlock()
	}
}

// dial records a link.
func (p *player) dial(ctx context.Context, network, address string) (net.Conn, error) {
	link := check.Link{Epoch: session.Epoch(p.h.Stats().Dials), Dialed: p.l.now(), Secured: true}
	began := p.l.shakes.moment()
	conn, err := p.l.fake.Dialer()(ctx, network, address)
	if err != nil {
		link.Closed = p.l.now()
	} else {
		link.Connected = p.l.now()
		link.Conn = conn.(interface{ Number() int }).Number()
	}
	p.l.mu.Lock()
	defer p.l.mu.Unlock()
	i := len(p.record.Links)
	p.record.Links = append(p.record.Links, link)
	if err != nil {
		return nil, err
	}
	return newHostile(conn, p, i, began), nil
}

// left is the recording of a player at the end.
func (p *player) left(end time.Duration) *check.Client {
	r := &p.record
	r.EndMono = end
	r.Left = &check.Left{Outstanding: p.h.Stats().Waiting}
	for _, link := range r.Links {
		if link.Closed == 0 {
			r.Left.Open++
		}
	}
	return r
}

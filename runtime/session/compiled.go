package session

import (
	"runtime"
	"sync"
	"weak"

	"github.com/linewright/linewright/runtime/backoff"
	"github.com/linewright/linewright/runtime/wire"
)

// compiled is what a session needs to know of its plan and would have to work
// out. All sessions of a plan share it: a fleet has one, not thousands.
type compiled struct {
	dispatch  *wire.Dispatch
	anytime   []bool // messages that may come unasked
	modal     []bool // commands that may change the mode
	postable  []bool // commands that Post may take
	paces     bool   // commands have pauses
	captures  bool   // some messages are kept
	lasts     bool   // some commands do
	delays    backoff.Schedule
	answering [][]bool  // messages that answer no probe, the first one, the next ...
	decoders  sync.Pool // that no session has
	lent      sync.Pool // *busy that no session has
}

// plans are those that are in use. A plan that nobody has any more leaves.
var plans sync.Map // weak.Pointer[Plan] to *compiled

// compiled works it out once; from then on the plan must not change. The error
// says why the plan cannot work.
func (p *Plan) compiled() (*compiled, error) {
	at := weak.Make(p)
	if c, ok := plans.Load(at); ok {
		return c.(*compiled), nil
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	c, known := plans.LoadOrStore(at, p.compile())
	if !known {
		runtime.AddCleanup(p, func(at weak.Pointer[Plan]) { plans.Delete(at) }, at)
	}
	return c.(*compiled), nil
}

func (p *Plan) compile() *compiled {
	c := &compiled{
		dispatch: p.dispatch(), anytime: p.anytime(), modal: p.modal(), postable: p.postable(), paces: p.paces(), lasts: p.lasts(),
	}
	framing := p.Framing // not the plan's own: what compiled holds must not hold the plan
	c.decoders.New = func() any { return wire.NewDecoder(&framing, c.dispatch) }
	awaited := 0
	if p.Match != MatchOrder {
		awaited = len(p.Messages)
	}
	c.lent.New = func() any { return &busy{flight: flight{awaited: make([]int32, awaited)}} }
	c.delays = backoff.Schedule{
		Initial: p.Reconnect.Initial, Max: p.Reconnect.Max, Factor: p.Reconnect.Factor, Jitter: p.Reconnect.Jitter,
	}
	c.captures = len(p.Sequences) > 0 // whose steps may ask what answered others
	for i := range p.Messages {
		c.captures = c.captures || p.Messages[i].Capture
	}
	c.answering = append(c.answering, p.acks(nil))
	for probe := p.Liveness.Probe; probe != nil; probe = probe.Else {
		c.answering = append(c.answering, p.acks(probe))
	}
	return c
}

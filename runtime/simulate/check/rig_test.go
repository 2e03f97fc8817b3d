package check_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

const s = time.Second

// good is a history in which nothing is wrong, with something for each rule: an
// acme that is READY from 2 s to 62 s, is then silent, is given up at 77 s, is
// dialled again at 77.4 s, and closed in the end.
func good() *check.Run {
	plan := plantest.Acme(plantest.Also(func(p *session.Plan) { p.Reconnect.Refused = 10 * s }))
	read, set, watch := plantest.Command(plan, "read"), plantest.Command(plan, "set"), plantest.Command(plan, "watch")
	login := plantest.Command(plan, "login")
	silent := session.ErrPeerSilent
	c := &check.Client{
		Addresses: 1, MaxWaiting: 8, EndMono: 200 * s, Left: &check.Left{}, Told: true, Ended: 100 * s,
		Links: []check.Link{
			{Epoch: 1, Dialed: s, Connected: 1500 * time.Millisecond, Closed: 77 * s, Conn: 1, Wrote: encrypted(), Secured: true},
			{Epoch: 2, Dialed: 77400 * time.Millisecond, Connected: 78 * s, Closed: 100 * s, Conn: 2, Wrote: encrypted(), Secured: true},
		},
		Probes: []check.Handed{{Mono: 72 * s, Epoch: 1}},
		Writes: []check.Write{{Mono: 5 * s, Epoch: 1, Bytes: 8, Done: 6 * s}},
		Changes: []check.Change{
			change(session.Idle, session.Dialing, 1, s, nil),
			change(session.Dialing, session.Greeting, 1, 1500*time.Millisecond, nil),
			change(session.Greeting, session.Ready, 1, 2*s, nil),
			change(session.Ready, session.Suspect, 1, 74500*time.Millisecond, nil),
			change(session.Suspect, session.Backoff, 1, 77*s, silent),
			change(session.Backoff, session.Dialing, 2, 77400*time.Millisecond, nil),
			change(session.Dialing, session.Greeting, 2, 78*s, nil),
			change(session.Greeting, session.Ready, 2, 79*s, nil),
			change(session.Ready, session.Closed, 2, 100*s, session.ErrClosed),
		},
		Calls: []*check.Call{
			{Command: watch, ID: "WATCH 3", Key: "3", Bytes: 8, Submitted: 3 * s, Finished: 4 * s, Ends: 1, Outcome: check.Replied, Want: "3", Got: "3", Told: true, Handed: []check.Handed{{Mono: 3 * s, Epoch: 1}}},
			{Command: set, ID: "SET 1 1", Bytes: 8, Submitted: 5 * s, Finished: 6 * s, Until: 8 * s, Ends: 1, Outcome: check.Replied, Want: "OK", Got: "OK", Told: true, Handed: []check.Handed{{Mono: 5 * s, Epoch: 1}}},
			{Command: read, ID: "READ 5", Bytes: 7, Submitted: 63 * s, Finished: 81 * s, Ends: 1, Outcome: check.Replied, Want: "5", Got: "5", Told: true, Handed: []check.Handed{{Mono: 76 * s, Epoch: 1}, {Mono: 80 * s, Epoch: 2}}},
			{Command: set, ID: "SET 1 2", Bytes: 8, Submitted: 99 * s, Finished: 100 * s, Ends: 1, Outcome: check.NotSent, Told: true},
		},
		Events: []check.Event{{At: 10 * s, Epoch: 1, ID: "e1"}},
		Peak:   check.Peak{Held: 100, Batch: 20},
	}
	for at := 4 * s; at <= 62*s; at += 2 * s {
		c.Chunks = append(c.Chunks, check.Chunk{Mono: at, Epoch: 1, Bytes: []byte("READING 1 1 C\n")})
	}
	for at := 80 * s; at <= 98*s; at += 2 * s {
		c.Chunks = append(c.Chunks, check.Chunk{Mono: at, Epoch: 2, Bytes: []byte("READING 1 1 C\n")})
	}
	c.Chunks[3].Bytes = []byte("e1\r\n")
	for _, k := range c.Calls {
		k.SubmittedMono, k.FinishedMono = k.Submitted, k.Finished
	}
	c.Changes[4].Attempt, c.Changes[4].Delay = 1, 400*time.Millisecond
	return &check.Run{
		Plan: plan, TLS: true, Clients: []*check.Client{c}, Calm: 85 * s, Last: 99 * s, End: 200 * s, Ack: "HEARTBEAT_ACK\n",
		Seen: []check.Seen{
			{At: 1600 * time.Millisecond, Conn: 1, Command: login},
			{At: 3500 * time.Millisecond, Conn: 1, Command: watch, ID: "WATCH 3", Key: "3"},
			{At: 5500 * time.Millisecond, Conn: 1, Command: set, ID: "SET 1 1", Answered: 5600 * time.Millisecond},
			{At: 9 * s, Conn: 1, Emitted: true, ID: "e1"},
			{At: 76500 * time.Millisecond, Conn: 1, Command: read, ID: "READ 5"},
			{At: 78100 * time.Millisecond, Conn: 2, Command: login},
			{At: 78500 * time.Millisecond, Conn: 2, Command: watch, ID: "WATCH 3", Key: "3"},
			{At: 80500 * time.Millisecond, Conn: 2, Command: read, ID: "READ 5"},
		},
	}
}

// encrypted is what a client writes that speaks TLS: a hello, and data.
func encrypted() []byte { return []byte("\x16\x03\x01\x00\x05hello\x17\x03\x03\x00\x03abc") }

func change(from, to session.State, epoch session.Epoch, at time.Duration, err error) check.Change {
	return check.Change{World: at, Change: session.Change{From: from, To: to, Epoch: epoch, At: at, Err: err}}
}

func TestGoodIsGood(t *testing.T) {
	for _, rule := range check.Rules {
		require.Empty(t, check.By(good(), rule), rule.Name)
	}
}

// wrong is a history that one rule must find, and how it comes to be.
type wrong struct {
	name   string
	change func(r *check.Run, c *check.Client)
}

// finds runs a rule on histories in which something is wrong.
func finds(t *testing.T, rule string, all ...wrong) {
	t.Helper()
	judge(t, rule, false, all)
}

// bears runs a rule on histories in which nothing is wrong.
func bears(t *testing.T, rule string, all ...wrong) {
	t.Helper()
	judge(t, rule, true, all)
}

func judge(t *testing.T, name string, well bool, all []wrong) {
	t.Helper()
	for _, w := range all {
		t.Run(w.name, func(t *testing.T) {
			run := good()
			w.change(run, run.Clients[0])
			found := 0
			for _, v := range check.History(run) {
				if v.Rule == name {
					found++
					t.Log(v)
				}
			}
			require.Equal(t, well, found == 0)
		})
	}
}

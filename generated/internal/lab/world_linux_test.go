package lab_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
)

// party is who plays client and server.
type party struct {
	name   string
	client func(t testing.TB, k kind, variables []string) *exec.Cmd
	server func(t testing.TB, variables []string) *exec.Cmd
	mute   bool // the server prints nothing that says that it listens
	peer   bool // the client is not ours
}

// ours is our client with that setting, and our server.
func ours(s setting) party {
	return party{
		name: s.name,
		client: func(t testing.TB, k kind, variables []string) *exec.Cmd {
			return lab.Role(t, "client", slices.Concat(variables, []string{"SETTING=" + s.name, "KIND=" + string(k)})...)
		},
		server: ourServer,
	}
}

func ourServer(t testing.TB, variables []string) *exec.Cmd {
	return lab.Role(t, "server", variables...)
}

// world is a client and a server, each in its namespace.
type world struct {
	testing.TB
	party          party
	fault          *fault
	network        *lab.Network
	relay          *lab.Relay // nil: the cable is a cable
	client, server *lab.Process
	ready          report
	due            time.Duration // when our client dials again
}

// newWorld has a client that is READY and, unless it is idle, at work. Its
// control timer counts from now.
func newWorld(t testing.TB, p party, f *fault, k kind) *world {
	w := &world{TB: t, party: p, fault: f}
	if f.relayed {
		w.network, w.relay = lab.NewRelayedNetwork(t)
	} else {
		w.network = lab.NewNetwork(t)
	}
	w.startServer()
	if f.before != nil {
		f.before(w)
	}
	w.client = lab.Start(t, w.network.InClient(p.client(t, k, f.client)))
	w.ready = w.await("ready")
	if k != idle {
		w.await("traffic")
	}
	w.client.Tell("mark")
	w.await("marked")
	return w
}

func (w *world) startServer() {
	w.Helper()
	w.server = lab.Start(w, w.network.InServer(w.party.server(w, w.fault.server)))
	if !w.party.mute {
		w.said("listening")
	}
}

// stop ends the processes early: another attempt follows.
func (w *world) stop() {
	w.client.Kill()
	w.server.Kill()
}

// told gives the server an order, and returns when it was carried out.
func (w *world) told(order, done string) time.Duration {
	w.Helper()
	w.server.Tell(order)
	return w.said(done)
}

// said waits for a word of the server, and returns when it was said.
func (w *world) said(word string) time.Duration {
	w.Helper()
	line, err := w.server.Line(lab.Within(w, 20*time.Second))
	require.NoError(w, err)
	said, at, _ := strings.Cut(line, " ")
	require.Equal(w, word, said)
	nanoseconds, err := strconv.ParseInt(at, 10, 64)
	require.NoError(w, err)
	return time.Duration(nanoseconds)
}

// await skips the client's reports up to that state.
func (w *world) await(state string) report {
	w.Helper()
	r, ok := w.within(30*time.Second, state)
	require.True(w, ok, "the client was never %s", state)
	return r
}

// within waits for a report of that state, at most so long.
func (w *world) within(d time.Duration, state string) (report, bool) {
	w.Helper()
	ctx := lab.Within(w, d)
	for {
		line, err := w.client.Line(ctx)
		if ctx.Err() != nil {
			return report{}, false
		}
		require.NoError(w, err, "waiting for %s", state)
		var r report
		require.NoError(w, json.Unmarshal([]byte(line), &r), line)
		if r.State == "backoff" {
			w.due = r.At + r.Next
		}
		if r.State == state {
			return r, true
		}
	}
}

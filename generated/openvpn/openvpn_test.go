package openvpn_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/openvpn"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var login = openvpn.Params{Password: password}

// TestDaemon asks and sets what every daemon has, while it holds.
func TestDaemon(t *testing.T) {
	t.Parallel()
	d, _ := startServer(t)
	c := d.dial(login)
	ctx := lab.Within(t, 20*time.Second)

	process, err := c.PID(ctx)
	require.NoError(t, err)
	require.NotZero(t, process.PID)
	versions, err := c.Version(ctx)
	require.NoError(t, err)
	require.Len(t, versions, 2)
	require.Contains(t, versions[0].(*openvpn.DaemonVersion).Version, "OpenVPN 2.")
	require.GreaterOrEqual(t, versions[1].(*openvpn.ManagementVersion).Version, uint32(5))

	for _, on := range []bool{false, true} {
		_, err = c.SetHold(ctx, on)
		require.NoError(t, err)
		hold, err := c.Hold(ctx)
		require.NoError(t, err)
		require.Equal(t, on, hold.On)
	}
	_, err = c.SetVerb(ctx, 4)
	require.NoError(t, err)
	verb, err := c.Verb(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 4, verb.Level)
	_, err = c.SetMute(ctx, 77)
	require.NoError(t, err)
	mute, err := c.Mute(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 77, mute.Limit)

	for _, state := range []func() ([]openvpn.Change, error){
		func() ([]openvpn.Change, error) { return c.CurrentState(ctx) },
		func() ([]openvpn.Change, error) { return c.StateHistory(ctx) },
	} {
		changes, err := state()
		require.NoError(t, err)
		require.Len(t, changes, 1)
		require.Equal(t, openvpn.TunnelStateConnecting, changes[0].Change.State)
		require.WithinDuration(t, time.Now(), time.Unix(changes[0].Change.Time, 0), time.Minute)
	}
	_, err = c.ForgetPasswords(ctx)
	require.NoError(t, err)
	_, err = c.AuthRetry(ctx, openvpn.RetryAsk)
	require.NoError(t, err)
	load, err := c.LoadStats(ctx)
	require.NoError(t, err)
	require.Zero(t, load)
	require.EqualValues(t, 1, c.Stats().Links, "never out of step")
	require.NoError(t, c.Shutdown(ctx))
}

// TestLog: the lines of the past, and those that come, which stand before replies.
func TestLog(t *testing.T) {
	t.Parallel()
	d, _ := startServer(t)
	c := d.dial(login)
	ctx := lab.Within(t, 20*time.Second)
	events := c.Subscribe()
	defer events.Close()
	all, err := c.LogAll(ctx)
	require.NoError(t, err)
	last, err := c.LogHistory(ctx, 2)
	require.NoError(t, err)
	require.Len(t, last, 2)
	require.Greater(t, len(all), 2)
	require.Equal(t, "MANAGEMENT: CMD 'log 2'", last[1].Entry.Text)

	items, err := c.LogFollow(ctx)
	require.NoError(t, err)
	require.IsType(t, &openvpn.Success{}, items[0])
	require.Equal(t, "MANAGEMENT: CMD 'log on all'", items[len(items)-1].(*openvpn.LogLine).Entry.Text)
	_, err = c.PID(ctx)
	require.NoError(t, err)
	line := await(t, events, whatever[*openvpn.Logged])
	require.Equal(t, "MANAGEMENT: CMD 'pid'", line.Entry.Text)
	require.Equal(t, "D", line.Entry.Flags)
	_, err = c.LogNotify(ctx, false)
	require.NoError(t, err)
}

func TestLogin(t *testing.T) {
	t.Parallel()
	d, _ := startServer(t)
	for name, params := range map[string]openvpn.Params{
		"wrong password": {Password: "a guess"},
		"no password":    {},
	} {
		_, err := openvpn.Dial(lab.Within(t, 20*time.Second), d.address, params)
		require.ErrorIs(t, err, openvpn.ErrRefused, name)
		require.NotContains(t, err.Error(), "a guess")
	}
	c := d.dial(login)
	require.True(t, c.State().Up())
}

func TestErrors(t *testing.T) {
	t.Parallel()
	d, _ := startServer(t)
	c := d.dial(login)
	ctx := lab.Within(t, 20*time.Second)
	for name, call := range map[string]func() error{
		"status":         func() error { _, err := c.Status(ctx); return err },
		"kill":           func() error { _, err := c.Kill(ctx, "nobody"); return err },
		"client-kill":    func() error { _, err := c.ClientKill(ctx, 99); return err },
		"client-auth":    func() error { _, err := c.ClientAuth(ctx, 99, 0, nil); return err },
		"client-auth-nt": func() error { _, err := c.ClientAuthPlain(ctx, 99, 0); return err },
		"client-deny":    func() error { _, err := c.ClientDeny(ctx, 99, 0, "no", openvpn.Some("no")); return err },
		"username":       func() error { _, err := c.SendUsername(ctx, "Auth", "x"); return err },
		"password":       func() error { _, err := c.SendPassword(ctx, "Auth", "x"); return err },
	} {
		var failure *openvpn.Failure
		require.ErrorAs(t, call(), &failure, name)
		require.NotEmpty(t, failure.Text, name)
	}
	require.EqualValues(t, 1, c.Stats().Links)
}

// TestOneClientAtATime: a second one is connected and never greeted.
func TestOneClientAtATime(t *testing.T) {
	t.Parallel()
	d, _ := startServer(t)
	first := d.dial(login)
	plan := *openvpn.Plan()
	plan.Timeouts.Greeting = 500 * time.Millisecond
	second, err := runtime.New(&plan, d.address, &login)
	require.NoError(t, err)
	done := make(chan struct{})
	go func() { defer close(done); _ = second.Run(t.Context()) }()
	defer func() { _ = second.Close(); <-done }()
	lost := lab.AwaitLoss(t, second.States, 1)
	require.ErrorContains(t, lost.Err, "no greeting")
	require.NoError(t, first.Shutdown(lab.Within(t, 20*time.Second)))
	lab.AwaitReady(t, second.States, 1)
}

// TestHeartbeat: three probes of an idle client are answered, on one link.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	d, _ := startServer(t)
	answered := make(chan time.Duration, 100)
	c := d.quick(300*time.Millisecond, 5*time.Second, runtime.WithObserver(runtime.Observer{RTT: func(d time.Duration) { answered <- d }}))
	lab.AwaitReady(t, c.States, 0)
	links, ctx := c.Stats().Links, lab.Within(t, 20*time.Second)
	for n := range 3 {
		select {
		case <-answered:
		case <-ctx.Done():
			t.Fatalf("%d probes were answered", n)
		}
	}
	require.Equal(t, links, c.Stats().Links, "no reconnect")
	require.Zero(t, c.Stats().ProbesMissed)
}

// TestRestart: what was asked for is asked for again.
func TestRestart(t *testing.T) {
	t.Parallel()
	lab.Tunnels(t)
	d, _ := startServer(t)
	c := d.dial(login)
	ctx := lab.Within(t, 60*time.Second)
	for _, on := range []bool{false, true} {
		_, err := c.StateNotify(ctx, on)
		require.NoError(t, err)
	}
	_, err := c.LogNotify(ctx, true)
	require.NoError(t, err)
	_, err = c.BytecountNotify(ctx, 1)
	require.NoError(t, err)
	link := lab.AwaitReady(t, c.States, 0).Link
	d.Kill()
	require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
	events := c.Subscribe()
	defer events.Close()
	d.start()
	lab.AwaitReady(t, c.States, link)
	hold := await(t, events, whatever[*openvpn.Hold])
	require.Equal(t, "Waiting for hold release", hold.Text)
	_, err = c.HoldRelease(ctx)
	require.NoError(t, err)
	await(t, events, func(ev *openvpn.Logged) bool { return ev.Entry.Text == "Initialization Sequence Completed" })
	connected := await(t, events, whatever[*openvpn.StateChanged])
	require.Equal(t, openvpn.TunnelStateConnected, connected.Change.State)
	require.Equal(t, "10.8.0.1", connected.Change.Local)

	_, err = c.Signal(ctx, openvpn.SignalTerm)
	require.NoError(t, err)
	await(t, events, func(ev *openvpn.StateChanged) bool { return ev.Change.State == openvpn.TunnelStateExiting })
}

// ends are a server and a client of it, both steered by us, on their way up.
type ends struct {
	t                  *testing.T
	server, client     *openvpn.Client
	atServer, atClient *openvpn.Subscription
}

func startEnds(t *testing.T) *ends {
	t.Helper()
	lab.Tunnels(t)
	d, tunnel := startServer(t)
	e := &ends{t: t, server: d.dial(login), client: d.startClient(tunnel).dial(openvpn.Params{})}
	e.atServer, e.atClient = e.server.Subscribe(), e.client.Subscribe()
	t.Cleanup(func() { e.atServer.Close(); e.atClient.Close() })
	ctx := lab.Within(t, 40*time.Second)
	for _, c := range []*openvpn.Client{e.server, e.client} {
		_, err := c.StateNotify(ctx, true)
		require.NoError(t, err)
		_, err = c.BytecountNotify(ctx, 1)
		require.NoError(t, err)
		_, err = c.SetHold(ctx, false)
		require.NoError(t, err)
		_, err = c.AuthRetry(ctx, openvpn.RetryAsk)
		require.NoError(t, err)
		_, err = c.HoldRelease(ctx)
		require.NoError(t, err)
	}
	return e
}

// knocks answers the client's questions, and waits until it asks the server in.
func (e *ends) knocks() *openvpn.ClientConnecting {
	e.t.Helper()
	const name, secret = "alice", `a "secret" with \ and blanks`
	ctx := lab.Within(e.t, 20*time.Second)
	asked := await(e.t, e.atClient, whatever[*openvpn.PasswordNeeded])
	require.Equal(e.t, openvpn.PasswordNeeded{What: "Auth", Kind: "username/password"}, *asked)
	_, err := e.client.SendUsername(ctx, asked.What, name)
	require.NoError(e.t, err)
	_, err = e.client.SendPassword(ctx, asked.What, secret)
	require.NoError(e.t, err)
	in := await(e.t, e.atServer, whatever[*openvpn.ClientConnecting])
	require.Equal(e.t, []string{name, secret, "client"}, []string{of(in.Env, "username"), of(in.Env, "password"), of(in.Env, "common_name")})
	return in
}

// TestDenied keeps a client out, lets it in with its next password, and makes it
// begin anew.
func TestDenied(t *testing.T) {
	t.Parallel()
	e := startEnds(t)
	ctx := lab.Within(t, 40*time.Second)
	in := e.knocks()
	_, err := e.server.ClientDeny(ctx, in.CID, in.KID, "for the log", openvpn.Some("not today"))
	require.NoError(t, err)
	wrong := await(t, e.atClient, whatever[*openvpn.PasswordWrong])
	require.Equal(t, "Auth", wrong.What)
	require.Contains(t, wrong.More, "not today")
	in = e.knocks()
	_, err = e.server.ClientAuthPlain(ctx, in.CID, in.KID)
	require.NoError(t, err)
	address := await(t, e.atServer, whatever[*openvpn.ClientAddress])
	require.Equal(t, openvpn.ClientAddress{CID: in.CID, Address: "10.8.0.2", First: true}, *address)
	_, err = e.server.ClientKill(ctx, in.CID)
	require.NoError(t, err)
	await(t, e.atClient, func(ev *openvpn.StateChanged) bool { return ev.Change.State == openvpn.TunnelStateReconnecting })
}

// TestTunnel lets a client in, looks at it from both ends, and throws it out.
func TestTunnel(t *testing.T) {
	t.Parallel()
	e := startEnds(t)
	ctx := lab.Within(t, 40*time.Second)
	in := e.knocks()
	_, err := e.server.ClientAuth(ctx, in.CID, in.KID, []string{`push "echo hello"`})
	require.NoError(t, err)
	connected := await(t, e.atServer, whatever[*openvpn.ClientConnected])
	cid := connected.CID
	require.Equal(t, "alice", of(connected.Env, "username"))
	up := await(t, e.atClient, func(ev *openvpn.StateChanged) bool { return ev.Change.State == openvpn.TunnelStateConnected })
	require.Equal(t, "10.8.0.2", up.Change.Local)
	await(t, e.atServer, func(ev *openvpn.ClientBytecount) bool { return ev.CID == cid && ev.In > 0 && ev.Out > 0 })
	await(t, e.atClient, func(ev *openvpn.Bytecount) bool { return ev.In > 0 && ev.Out > 0 })
	testStatus(t, e.server, e.client, cid)

	killed, err := e.server.Kill(ctx, "client")
	require.NoError(t, err)
	require.Contains(t, killed.Text, "'client' found")
	gone := await(t, e.atServer, whatever[*openvpn.ClientGone])
	require.Equal(t, cid, gone.CID)
	require.NotEmpty(t, of(gone.Env, "bytes_received"))
	require.EqualValues(t, 2, e.server.Stats().Links+e.client.Stats().Links, "never out of step")
}

// testStatus reads what a server and its client say of themselves.
func testStatus(t *testing.T, server, client *openvpn.Client, cid uint64) {
	ctx := lab.Within(t, 20*time.Second)
	items, err := server.Status(ctx)
	require.NoError(t, err)
	kinds := map[string]int{}
	for _, item := range items {
		switch item := item.(type) {
		case *openvpn.ConnectedClient:
			kinds["client"]++
			require.Equal(t, []string{"client", "10.8.0.2", "alice"}, []string{item.CommonName, item.VirtualAddress, item.Username})
			require.Equal(t, cid, item.CID)
			require.NotZero(t, item.Received)
			require.True(t, item.Cipher.Set)
		case *openvpn.Route:
			kinds["route"]++
			require.Equal(t, []string{"10.8.0.2", "client"}, []string{item.VirtualAddress, item.CommonName})
		case *openvpn.StatusHeader:
			kinds["header"]++
			require.Contains(t, item.Columns, "Real Address")
		case *openvpn.StatusTitle, *openvpn.StatusTime, *openvpn.Global:
			kinds["rest"]++
		}
	}
	require.Equal(t, 1, kinds["client"])
	require.Equal(t, 1, kinds["route"])
	require.Equal(t, 2, kinds["header"])
	require.GreaterOrEqual(t, kinds["rest"], 3)
	load, err := server.LoadStats(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, load.Clients)
	require.NotZero(t, load.In)

	items, err = client.Status(ctx)
	require.NoError(t, err)
	require.IsType(t, &openvpn.Statistics{}, items[0])
	require.IsType(t, &openvpn.Updated{}, items[1])
	counts := map[string]uint64{}
	for _, item := range items[2:] {
		count := item.(*openvpn.Counter)
		counts[count.Name] = count.Value
	}
	require.NotZero(t, counts["TCP/UDP read bytes"])
}

// of is what is known of a client by that name.
func of(env []openvpn.Variable, name string) string {
	for _, v := range env {
		if v.Name == name {
			return strings.Clone(v.Value)
		}
	}
	return ""
}

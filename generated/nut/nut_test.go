package nut_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/nut"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Who may do what at the server of these tests.
var (
	anybody nut.Params
	admin   = nut.Params{User: "admin", Password: "p w"}
	fed     = nut.Params{User: "admin", Password: "p w", Ups: "dummy"}
)

// TestServer asks one server for everything that leaves it as it is.
func TestServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	for name, test := range map[string]func(*testing.T, *server){
		"reading": reading, "setting": setting, "errors": serverErrors, "login": login, "heartbeat": heartbeat,
	} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

func reading(t *testing.T, s *server) {
	c := s.dial(anybody)
	ctx := lab.Within(t, 20*time.Second)
	version, err := c.Version(ctx)
	require.NoError(t, err)
	require.Contains(t, version.Text, "upsd")
	protocol, err := c.ProtocolVersion(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, protocol.Major)

	units, err := c.ListUps(ctx)
	require.NoError(t, err)
	require.Equal(t, []nut.Ups{{Name: "dummy", Description: `a "dummy" ups`}}, units.Units)
	all, err := c.ListVar(ctx, "dummy")
	require.NoError(t, err)
	require.Contains(t, all.Variables, nut.Variable{Ups: "dummy", Name: "ups.model", Value: "Test UPS"})
	writable, err := c.ListRw(ctx, "dummy")
	require.NoError(t, err)
	require.Contains(t, writable.Variables, nut.Writable{Ups: "dummy", Name: "battery.charge", Value: "90"})
	require.Less(t, len(writable.Variables), len(all.Variables))
	commands, err := c.ListCmd(ctx, "dummy")
	require.NoError(t, err)
	require.Equal(t, []nut.InstantCommand{{Ups: "dummy", Name: "load.off"}}, commands.Commands)
	choices, err := c.ListEnum(ctx, "dummy", "ups.status")
	require.NoError(t, err)
	require.Empty(t, choices.Choices, "the dummy takes anything")
	intervals, err := c.ListRange(ctx, "dummy", "battery.charge")
	require.NoError(t, err)
	require.Empty(t, intervals.Intervals)

	value, err := c.GetVar(ctx, "dummy", "battery.charge")
	require.NoError(t, err)
	require.Equal(t, nut.VariableValue{Ups: "dummy", Name: "battery.charge", Value: "90"}, value)
	kind, err := c.GetType(ctx, "dummy", "ups.status")
	require.NoError(t, err)
	require.Equal(t, []string{"RW", "STRING:32"}, kind.Types)
	description, err := c.GetUpsDesc(ctx, "dummy")
	require.NoError(t, err)
	require.Equal(t, `a "dummy" ups`, description.Text)
	about, err := c.GetDesc(ctx, "dummy", "ups.status")
	require.NoError(t, err)
	require.NotEmpty(t, about.Text)
	does, err := c.GetCmdDesc(ctx, "dummy", "load.off")
	require.NoError(t, err)
	require.NotEmpty(t, does.Text)
	require.EqualValues(t, 1, c.Stats().Links)
}

func setting(t *testing.T, s *server) {
	c := s.dial(admin)
	ctx := lab.Within(t, 20*time.Second)
	for _, value := range []string{"Acme Ltd", "it's so"} {
		require.NoError(t, c.SetVar(ctx, "dummy", "ups.mfr", value))
		for got := ""; got != value; { // the driver tells the server when it has taken it
			reply, err := c.GetVar(ctx, "dummy", "ups.mfr")
			require.NoError(t, err)
			got = reply.Value
		}
	}
	require.NoError(t, c.InstCmd(ctx, "dummy", "load.off", nut.Optional[string]{}))
	require.NoError(t, c.InstCmd(ctx, "dummy", "load.off", nut.Some("now")))
}

func serverErrors(t *testing.T, s *server) {
	c, reader := s.dial(admin), s.dial(anybody)
	ctx := lab.Within(t, 20*time.Second)
	get := func(ups, name string) error {
		_, err := c.GetVar(ctx, ups, name)
		return err
	}
	for name, test := range map[string]struct {
		do   func() error
		code nut.ErrorCode
	}{
		"no such UPS":      {func() error { return get("none", "x") }, nut.ErrorCodeUnknownUps},
		"no such variable": {func() error { return get("dummy", "none") }, nut.ErrorCodeVarNotSupported},
		"no such command":  {func() error { return c.InstCmd(ctx, "dummy", "none", nut.Optional[string]{}) }, nut.ErrorCodeCmdNotSupported},
		"cannot be set":    {func() error { return c.SetVar(ctx, "dummy", "driver.name", "x") }, nut.ErrorCodeReadonly},
		"nobody sets":      {func() error { return reader.SetVar(ctx, "dummy", "ups.mfr", "x") }, nut.ErrorCodeUsernameRequired},
		"a list of none": {func() error {
			_, err := c.ListVar(ctx, "none")
			return err
		}, nut.ErrorCodeUnknownUps},
	} {
		var failed *nut.ServerError
		require.ErrorAs(t, test.do(), &failed, name)
		require.Equal(t, test.code, failed.Code, name)
		require.False(t, failed.Temporary(), name)
	}
	var e *nut.Error
	require.ErrorAs(t, c.SetVar(ctx, "dummy", "ups.mfr", "x\nFSD dummy"), &e)
	require.Equal(t, nut.NotSent, e.Fate, "two commands in one")
	require.EqualValues(t, 1, c.Stats().Links)
}

func login(t *testing.T, s *server) {
	c := s.dial(fed)
	ctx := lab.Within(t, 20*time.Second)
	logins, err := c.GetNumLogins(ctx, "dummy")
	require.NoError(t, err)
	require.EqualValues(t, 1, logins.Count)
	clients, err := c.ListClient(ctx, "dummy")
	require.NoError(t, err)
	require.Equal(t, []nut.LoggedIn{{Ups: "dummy", Address: "127.0.0.1"}}, clients.Clients)

	for name, params := range map[string]nut.Params{
		"wrong password": {User: "admin", Password: "guess", Ups: "dummy"},
		"wrong user":     {User: "eve", Password: "p w", Ups: "dummy"},
		"no such UPS":    {User: "admin", Password: "p w", Ups: "none"},
	} {
		_, err := nut.Dial(lab.Within(t, 20*time.Second), s.address, params)
		require.ErrorIs(t, err, nut.ErrRefused, name)
		require.NotContains(t, err.Error(), "guess")
	}

	wrong := s.dial(nut.Params{User: "admin", Password: "guess"})
	var failed *nut.ServerError
	require.ErrorAs(t, wrong.SetVar(ctx, "dummy", "ups.mfr", "x"), &failed)
	require.Equal(t, nut.ErrorCodeAccessDenied, failed.Code, "the server looks at it when it is needed")
	require.NoError(t, c.Shutdown(ctx))
	logins, err = wrong.GetNumLogins(ctx, "dummy")
	require.NoError(t, err)
	require.Zero(t, logins.Count, "it has logged out")
}

func TestShutdownOfAll(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(fed)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Primary(ctx, "dummy"))
	require.NoError(t, c.ForceShutdown(ctx, "dummy"))
	status, err := c.GetVar(ctx, "dummy", "ups.status")
	require.NoError(t, err)
	require.Contains(t, status.Value, "FSD")
}

// TestDriverGone: what a driver does not answer for may work later.
func TestDriverGone(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial(anybody)
	ctx := lab.Within(t, 20*time.Second)
	s.driver.Kill()
	for err := error(nil); ; _, err = c.GetVar(ctx, "dummy", "ups.status") {
		var failed *nut.ServerError
		if err == nil {
			continue
		}
		require.ErrorAs(t, err, &failed)
		require.Contains(t, []nut.ErrorCode{nut.ErrorCodeDataStale, nut.ErrorCodeDriverNotConnected}, failed.Code)
		require.True(t, failed.Temporary())
		return
	}
}

func heartbeat(t *testing.T, s *server) {
	beats := make(lab.Heartbeats, 100)
	c := s.quick(beats.Option())
	beats.Await(t, 3)
	require.EqualValues(t, 1, c.Stats().Links, "no reconnect")
	require.True(t, c.State().Up())
}

// TestRestart: the client is back, and counted as fed again.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial(fed)
	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	lab.AwaitLoss(t, c.States, link)
	s.start()
	lab.AwaitReady(t, c.States, link)
	logins, err := c.GetNumLogins(lab.Within(t, 20*time.Second), "dummy")
	require.NoError(t, err)
	require.EqualValues(t, 1, logins.Count)
}

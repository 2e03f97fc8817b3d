package nut_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/nut"
	"github.com/linewright/linewright/runtime"
)

// server is a real upsd that can be killed and started again at the same
// address, with the driver of a UPS that is none: dummy.
type server struct {
	t       *testing.T
	address string
	dir     string
	driver  *lab.Process
	*lab.Process
}

func startServer(t *testing.T) *server {
	t.Helper()
	return startServerWith(t, "")
}

// startServerWith runs a server with lines of its own in the configuration.
func startServerWith(t *testing.T, lines string) *server {
	t.Helper()
	s := &server{t: t, address: lab.Address(t), dir: t.TempDir()}
	for name, text := range map[string]string{
		"ups.conf":   "[dummy]\ndriver = dummy-ups\nport = dummy.dev\ndesc = \"a \\\"dummy\\\" ups\"\n",
		"dummy.dev":  "ups.status: OL\nbattery.charge: 90\nups.model: \"Test UPS\"\n",
		"upsd.conf":  fmt.Sprintf("LISTEN 127.0.0.1 %s\nMAXAGE 15\n%s", lab.Port(t, s.address), lines),
		"upsd.users": "[admin]\npassword = \"p w\"\nactions = SET FSD\ninstcmds = ALL\nupsmon primary\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600))
	}
	s.driver = s.run("/lib/nut/dummy-ups", "-u", "root", "-DD", "-a", "dummy")
	s.until(s.driver, "dstate_init")
	s.start()
	return s
}

// start runs upsd.
func (s *server) start() {
	s.t.Helper()
	s.Process = s.run("/lib/nut/upsd", "-u", "root", "-D")
	s.until(s.Process, "Connected to UPS")
}

// run starts a program of NUT, with what it logs as its standard output.
func (s *server) run(tool string, args ...string) *lab.Process {
	s.t.Helper()
	shell := append([]string{"-c", `exec "$0" "$@" 2>&1`, lab.Tool(s.t, tool)}, args...)
	cmd := exec.Command(lab.Tool(s.t, "sh"), shell...)
	cmd.Env = append(os.Environ(), "NUT_CONFPATH="+s.dir, "NUT_STATEPATH="+s.dir, "NUT_ALTPIDPATH="+s.dir)
	return lab.Start(s.t, cmd)
}

// until waits for a line of a log.
func (s *server) until(p *lab.Process, text string) {
	s.t.Helper()
	ctx := lab.Within(s.t, 20*time.Second)
	for {
		line, err := p.Line(ctx)
		require.NoError(s.t, err, text)
		if strings.Contains(line, text) {
			return
		}
	}
}

// dial connects; the client waits for the server to come up by itself, and then
// asks until the driver has told the server what it knows.
func (s *server) dial(params nut.Params, opts ...nut.Option) *nut.Client {
	s.t.Helper()
	ctx := lab.Within(s.t, 20*time.Second)
	c, err := nut.Dial(ctx, s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	for known := false; !known; {
		_, err := c.GetVar(ctx, "dummy", "ups.model")
		require.NoError(s.t, ctx.Err(), "%v", err)
		known = err == nil
	}
	return c
}

// quick is the plan with a heartbeat that tests have the patience for.
func (s *server) quick(opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	plan := *nut.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 300*time.Millisecond, 5*time.Second
	plan.Liveness.Probe = &probe
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), &plan, s.address, &nut.Params{}, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

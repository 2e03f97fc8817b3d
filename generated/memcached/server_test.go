package memcached_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/memcached"
	"github.com/linewright/linewright/runtime"
)

// server is a real memcached that can be killed and started again at the same
// address.
type server struct {
	t       *testing.T
	address string
	args    []string
	*lab.Process
}

func startServer(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{t: t, address: lab.Address(t), args: args}
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	args := append([]string{
		"-u", "root", "-l", "127.0.0.1", "-p", lab.Port(s.t, s.address), "-U", "0", "-m", "16", "-t", "1",
	}, s.args...)
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "memcached"), args...))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(params memcached.Params, opts ...memcached.Option) *memcached.Client {
	s.t.Helper()
	c, err := memcached.Dial(lab.Within(s.t, 20*time.Second), s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for.
func (s *server) quick(opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	plan := *memcached.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 300*time.Millisecond, 5*time.Second
	plan.Liveness.Probe = &probe
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), &plan, s.address, &memcached.Params{}, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

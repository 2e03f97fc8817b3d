package redis_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/runtime"
)

// server is a real redis-server that can be killed, frozen and started again at
// the same address.
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
		"--bind", "127.0.0.1", "--port", lab.Port(s.t, s.address),
		"--save", "", "--appendonly", "no", "--dir", s.t.TempDir(),
	}, s.args...)
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "redis-server"), args...))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(params redis.Params, opts ...redis.Option) *redis.Client {
	s.t.Helper()
	c, err := redis.Dial(lab.Within(s.t, 20*time.Second), s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for: every
// second, one second to answer.
func (s *server) quick() *runtime.Client {
	s.t.Helper()
	plan := *redis.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = time.Second, time.Second
	plan.Liveness.Probe = &probe
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), &plan, s.address, &redis.Params{})
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

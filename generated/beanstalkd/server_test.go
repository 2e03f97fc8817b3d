package beanstalkd_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/beanstalkd"
	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/runtime"
)

// server is a real beanstalkd that can be killed, frozen and started again at the
// same address.
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
	args := append([]string{"-l", "127.0.0.1", "-p", lab.Port(s.t, s.address)}, s.args...)
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "beanstalkd"), args...))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial() *beanstalkd.Client {
	s.t.Helper()
	c, err := beanstalkd.Dial(lab.Within(s.t, 20*time.Second), s.address)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for.
func (s *server) quick(every, timeout time.Duration, opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	plan := *beanstalkd.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = every, timeout
	plan.Liveness.Probe = &probe
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), &plan, s.address, nil, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

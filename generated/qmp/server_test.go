package qmp_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/qmp"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
)

// server is a real QEMU that can be killed, frozen and started again at the
// same address.
type server struct {
	t       *testing.T
	address string
	args    []string
	*lab.Process
}

// startServer runs QEMU with a machine that nobody starts; without arguments
// with one that has nothing at all.
func startServer(t *testing.T, args ...string) *server {
	t.Helper()
	if len(args) == 0 {
		args = []string{"-M", "none"}
	}
	s := &server{t: t, address: lab.Address(t), args: args}
	s.start()
	return s
}

// pc are the arguments for a PC with a CD drive and places for more.
var pc = []string{
	"-M", "q35", "-m", "16", "-smp", "1,maxcpus=2", "-display", "none", "-device", "VGA",
	"-device", "qemu-xhci,id=xhci", "-device", "virtio-balloon-pci", "-device", "virtio-scsi-pci", "-device", "scsi-cd,id=cd0",
}

func (s *server) start() {
	s.t.Helper()
	args := append([]string{
		"-nodefaults", "-nographic", "-S", "-accel", "tcg", "-name", "lathe",
		"-chardev", "socket,id=qmp,host=127.0.0.1,port=" + lab.Port(s.t, s.address) + ",server=on,wait=off,nodelay=on",
		"-mon", "chardev=qmp,mode=control",
	}, s.args...)
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "qemu-system-x86_64"), args...))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(opts ...qmp.Option) *qmp.Client {
	s.t.Helper()
	c, err := qmp.Dial(lab.Within(s.t, 20*time.Second), s.address, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for: a probe
// every 200 ms, a second to answer.
func quick() *session.Plan {
	plan := *qmp.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 200*time.Millisecond, time.Second
	plan.Liveness.Probe = &probe
	return &plan
}

// quick connects with that plan.
func (s *server) quick(opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), quick(), s.address, nil, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// await waits for an event of a subscription.
func await[E qmp.Event](t *testing.T, sub *qmp.Subscription, is func(E) bool) {
	t.Helper()
	for event := range sub.Events(lab.Within(t, 20*time.Second)) {
		if e, ok := event.(E); ok && is(e) {
			return
		}
	}
	t.Fatalf("the %T did not come", *new(E))
}

// listen begins to collect events.
func listen(t *testing.T, c *qmp.Client) *qmp.Subscription {
	sub := c.Subscribe()
	t.Cleanup(sub.Close)
	return sub
}

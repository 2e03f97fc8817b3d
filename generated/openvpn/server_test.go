package openvpn_test

import (
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/openvpn"
	"github.com/linewright/linewright/runtime"
)

const password = "mgmtpass"

// daemon is a real openvpn that can be killed and started again at the same address.
// It holds when it starts; its network interface, which it makes then, is nobody's.
type daemon struct {
	t       *testing.T
	address string // of its management interface
	folder  string
	args    []string
	*lab.Process
}

// startServer runs a server whose management interface wants a password and says
// which clients get in. Clients reach it at tunnel.
func startServer(t *testing.T) (d *daemon, tunnel string) {
	t.Helper()
	folder := t.TempDir()
	ca := newAuthority(t, folder)
	ca.sign("server", x509.ExtKeyUsageServerAuth)
	ca.sign("client", x509.ExtKeyUsageClientAuth)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "password"), []byte(password+"\n"), 0o600))
	address, tunnel := lab.Address(t), lab.DatagramAddress(t)
	return startDaemon(t, folder, address,
		"--management", "127.0.0.1", lab.Port(t, address), "password", "--management-client-auth",
		"--mode", "server", "--tls-server", "--dh", "none", "--cert", "server.crt", "--key", "server.key",
		"--local", "127.0.0.1", "--lport", lab.Port(t, tunnel),
		"--topology", "subnet", "--server", "10.8.0.0", "255.255.255.0",
	), tunnel
}

// startClient runs a client of the server, which asks its management interface for
// name and password.
func (d *daemon) startClient(tunnel string) *daemon {
	d.t.Helper()
	host, port, err := net.SplitHostPort(tunnel)
	require.NoError(d.t, err)
	address := lab.Address(d.t)
	return startDaemon(d.t, d.folder, address,
		"--management", "127.0.0.1", lab.Port(d.t, address), "--management-query-passwords", "--auth-user-pass",
		"--client", "--cert", "client.crt", "--key", "client.key",
		"--remote", host, port, "--nobind", "--connect-retry", "1", "1",
	)
}

func startDaemon(t *testing.T, folder, address string, args ...string) *daemon {
	t.Helper()
	d := &daemon{t: t, address: address, folder: folder, args: append([]string{
		"--cd", folder, "--dev", "tun", "--proto", "udp", "--ifconfig-noexec", "--route-noexec",
		"--ca", "ca.crt", "--verb", "3", "--management-hold",
	}, args...)}
	d.start()
	return d
}

func (d *daemon) start() {
	d.t.Helper()
	d.Process = lab.Start(d.t, exec.Command(lab.Tool(d.t, "openvpn"), d.args...))
}

// dial logs in; the client waits for the daemon to come up by itself.
func (d *daemon) dial(params openvpn.Params, opts ...openvpn.Option) *openvpn.Client {
	d.t.Helper()
	c, err := openvpn.Dial(lab.Within(d.t, 20*time.Second), d.address, params, opts...)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat and a greeting that tests have the patience for.
func (d *daemon) quick(every, timeout time.Duration, opts ...runtime.Option) *runtime.Client {
	d.t.Helper()
	plan := *openvpn.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = every, timeout
	plan.Liveness.Probe = &probe
	c, err := runtime.New(&plan, d.address, &openvpn.Params{Password: password}, opts...)
	require.NoError(d.t, err)
	done := make(chan struct{})
	go func() { defer close(done); _ = c.Run(d.t.Context()) }()
	d.t.Cleanup(func() { _ = c.Close(); <-done })
	return c
}

// await waits for an event.
func await[T openvpn.Event](t *testing.T, s *openvpn.Subscription, is func(T) bool) T {
	t.Helper()
	var seen []string
	for ev := range s.Events(lab.Within(t, 20*time.Second)) {
		seen = append(seen, fmt.Sprintf("%T%+v", ev, ev))
		if ev, ok := ev.(T); ok && is(ev) {
			return ev
		}
	}
	var none T
	t.Fatalf("no such %T came, but:\n%s", none, strings.Join(seen, "\n"))
	return none
}

// whatever is any event of a type.
func whatever[T openvpn.Event](T) bool { return true }

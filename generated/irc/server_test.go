package irc_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/irc"
	"github.com/linewright/linewright/runtime"
)

// server is a real ngircd that can be killed and started again at the same
// address.
type server struct {
	t       *testing.T
	address string
	config  string
	*lab.Process
}

// settings are those of the configuration file that tests differ in.
type settings struct {
	password string
	authPing bool // who logs in must answer a PING
}

// startServer runs a server that does not slow down those who ask much at once.
func startServer(t *testing.T, set settings) *server {
	t.Helper()
	s := &server{t: t, address: lab.Address(t), config: filepath.Join(t.TempDir(), "ngircd.conf")}
	text := fmt.Sprintf(`[Global]
Name = irc.example.test
Info = A server of tests
AdminInfo1 = Test lab
AdminInfo2 = Nowhere
AdminEMail = admin@example.test
Listen = 127.0.0.1
Ports = %s
MotdPhrase = Hello world
Password = %s
[Limits]
MaxConnectionsIP = 0
MaxJoins = 3
MaxNickLength = 16
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
RequireAuthPing = %t
SyslogFacility = local5
[Operator]
Name = boss
Password = god
`, lab.Port(t, s.address), set.password, set.authPing)
	require.NoError(t, os.WriteFile(s.config, []byte(text), 0o600))
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "ngircd"), "--nodaemon", "--config", s.config))
}

// who logs in as.
func who(nick string) irc.Params {
	return irc.Params{Nick: nick, User: nick, RealName: nick + " of the tests"}
}

// dial logs in; the client waits for the server to come up by itself.
func (s *server) dial(params irc.Params, opts ...irc.Option) *irc.Client {
	s.t.Helper()
	c, err := irc.Dial(lab.Within(s.t, 20*time.Second), s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for.
func (s *server) quick(every, timeout time.Duration, opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	plan := *irc.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = every, timeout
	plan.Liveness.Probe = &probe
	params := who("quick")
	c, err := runtime.New(&plan, s.address, &params, opts...)
	require.NoError(s.t, err)
	done := make(chan struct{})
	go func() { defer close(done); _ = c.Run(s.t.Context()) }()
	s.t.Cleanup(func() { _ = c.Close(); <-done })
	return c
}

// events are those of a client from now on.
func events(t *testing.T, c *irc.Client) *irc.Subscription {
	t.Helper()
	s := c.Subscribe()
	t.Cleanup(s.Close)
	return s
}

// next waits for the next event of a type; others are passed over.
func next[T irc.Event](t *testing.T, s *irc.Subscription) T {
	t.Helper()
	for ev := range s.Events(lab.Within(t, 20*time.Second)) {
		if ev, ok := ev.(T); ok {
			return ev
		}
	}
	var none T
	t.Fatalf("no %T came", none)
	return none
}

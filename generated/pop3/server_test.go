package pop3_test

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/pop3"
	"github.com/linewright/linewright/runtime"
)

// server is a real dovecot with a mailbox for each user that asks for one; every
// password is secret. It runs as whoever runs the tests, and as nobody for root.
type server struct {
	t       *testing.T
	address string
	folder  string
	who     *user.User
	*lab.Process
}

const config = `base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = /dev/stderr
protocols = pop3
%[7]s
disable_plaintext_auth = no
auth_mechanisms = plain login apop
auth_failure_delay = 0
mail_location = maildir:%[1]s/mail/%%u
default_login_user = %[2]s
default_internal_user = %[2]s
default_internal_group = %[3]s
first_valid_uid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=%[4]s gid=%[5]s home=%[1]s/mail/%%u
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    address = 127.0.0.1
    port = %[6]s
  }
  inet_listener pop3s {
    port = 0
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`

// startServer runs a server in clear text.
func startServer(t *testing.T) *server {
	t.Helper()
	return startServerWith(t, "ssl = no")
}

// startServerWith runs a server with lines of its own in the configuration. Its
// folder is one that everybody can enter, which those of tests are not.
func startServerWith(t *testing.T, lines string) *server {
	t.Helper()
	lab.Tool(t, "/usr/lib/dovecot/pop3-login")
	folder, err := os.MkdirTemp("", "pop3")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	require.NoError(t, os.Chmod(folder, 0o755))
	who, err := user.Current()
	require.NoError(t, err)
	if who.Uid == "0" {
		who, err = user.Lookup("nobody")
		require.NoError(t, err)
	}
	group, err := user.LookupGroupId(who.Gid)
	require.NoError(t, err)
	s := &server{t: t, address: lab.Address(t), folder: folder, who: who}
	text := fmt.Sprintf(config, folder, who.Username, group.Name, who.Uid, who.Gid, lab.Port(t, s.address), lines)
	require.NoError(t, os.WriteFile(s.config(), []byte(text), 0o600))
	s.mailbox("mail")
	s.start()
	return s
}

func (s *server) config() string { return filepath.Join(s.folder, "dovecot.conf") }

func (s *server) start() {
	s.t.Helper()
	tool := lab.Tool(s.t, "dovecot")
	s.Process = lab.StartGroup(s.t, exec.Command(tool, "-F", "-c", s.config()))
}

// mailbox makes a user with these messages.
func (s *server) mailbox(name string, messages ...string) {
	s.t.Helper()
	uid, err := strconv.Atoi(s.who.Uid)
	require.NoError(s.t, err)
	gid, err := strconv.Atoi(s.who.Gid)
	require.NoError(s.t, err)
	box := filepath.Join(s.folder, "mail")
	if name != "mail" {
		box = filepath.Join(box, name)
	}
	for _, folder := range []string{"", "new", "cur", "tmp"} {
		require.NoError(s.t, os.MkdirAll(filepath.Join(box, folder), 0o755))
		require.NoError(s.t, os.Chown(filepath.Join(box, folder), uid, gid))
	}
	for i, m := range messages {
		path := filepath.Join(box, "new", fmt.Sprintf("%d.test", i+1))
		require.NoError(s.t, os.WriteFile(path, []byte(m), 0o644))
		require.NoError(s.t, os.Chown(path, uid, gid))
	}
}

// dial logs in; the client waits for the server to come up by itself.
func (s *server) dial(t *testing.T, params pop3.Params, opts ...pop3.Option) *pop3.Client {
	t.Helper()
	c, err := pop3.Dial(lab.Within(t, 20*time.Second), s.address, params, opts...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for.
func (s *server) quick(t *testing.T, params *pop3.Params, opts ...runtime.Option) *runtime.Client {
	t.Helper()
	plan := *pop3.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 300*time.Millisecond, 5*time.Second
	plan.Liveness.Probe = &probe
	c, err := runtime.Dial(lab.Within(t, 20*time.Second), &plan, s.address, params, opts...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

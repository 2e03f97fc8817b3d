package smtp_test

import (
	"crypto/x509"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/smtp"
	"github.com/linewright/linewright/runtime/session"
)

// server is a real Exim that keeps all mail in a spool of its own, until it is told
// to deliver one, to a file. It runs as whoever runs the tests, and as nobody for root. One user is
// known: tim, with the password of RFC 2195.
type server struct {
	t       *testing.T
	address string
	secure  string // where TLS begins with the connection
	folder  string
	*lab.Process
}

const secret = "tanstaaftanstaaf"

const config = `keep_environment =
primary_hostname = mx.test
exim_user = %[2]s
exim_group = %[3]s
spool_directory = %[1]s/spool
log_file_path = %[1]s/log-%%slog
pid_file_path = %[1]s/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = %[4]s : %[5]s
tls_on_connect_ports = %[5]s
tls_advertise_hosts = ${if exists{%[1]s/cert}{*}}
auth_advertise_hosts = ${if and{{exists{%[1]s/cert}}{eq{$tls_in_cipher}{}}}{}{*}}
tls_certificate = %[1]s/cert
tls_privatekey = %[1]s/key
queue_only
deliver_drop_privilege
disable_ipv6
host_lookup =
message_size_limit = 8M
dsn_advertise_hosts = *
smtp_accept_max_nonmail = 10000
smtp_max_synprot_errors = 100
smtp_receive_timeout = %[6]s
acl_smtp_auth = auth
acl_smtp_mail = accept
acl_smtp_rcpt = recipient
acl_smtp_data = text
acl_smtp_vrfy = verify
acl_smtp_expn = accept

begin acl

auth:
  defer condition = ${if and{{eq{$sender_helo_name}{busy.test}}{exists{%[1]s/busy}}}}
        message = 454 4.7.0 not now
  accept

recipient:
  deny local_parts = nobody
       message = 550 5.1.1 nobody\nof that name
  defer local_parts = later
        message = 450 4.2.1 try later
  accept local_parts = slow
         delay = 1s
  accept local_parts = known
         message = 250 2.1.5 known
  accept

text:
  deny condition = ${if match{$message_body}{spam}}
       message = 554 5.7.1 spam
  defer condition = ${if match{$message_body}{large}}
        message = no room
  accept

verify:
  deny condition = ${if eq{$smtp_command_argument}{hidden@mx.test}}
  accept

begin routers

list:
  driver = redirect
  domains = mx.test
  local_parts = list
  data = a@mx.test, b@mx.test

mailbox:
  driver = accept
  domains = mx.test
  transport = file

begin transports

file:
  driver = appendfile
  file = %[1]s/mail/$message_exim_id
  batch_max = 100
  envelope_to_add
  return_path_add
  message_prefix =
  message_suffix =
  check_string =

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{tim}}{eq{$auth3}{tanstaaftanstaaf}}}}

login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if and{{eq{$auth1}{tim}}{eq{$auth2}{tanstaaftanstaaf}}}}

cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${if eq{$auth1}{tim}{tanstaaftanstaaf}fail}
`

// startServer runs a server that waits so long for a command.
func startServer(t *testing.T, patience string) *server {
	t.Helper()
	s := newServer(t, patience)
	s.start()
	return s
}

// startSecureServer runs a server that has TLS, and lets nobody log in without it.
func startSecureServer(t *testing.T) (s *server, roots *x509.CertPool) {
	t.Helper()
	s = newServer(t, "5m")
	cert, key, roots := lab.Certificate(t)
	for name, from := range map[string]string{"cert": cert, "key": key} {
		data, err := os.ReadFile(from)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(s.path(name), data, 0o644))
	}
	s.start()
	return s, roots
}

func newServer(t *testing.T, patience string) *server {
	t.Helper()
	lab.Tool(t, "exim4")
	folder, err := os.MkdirTemp("", "smtp")
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
	s := &server{t: t, address: lab.Address(t), secure: lab.Address(t), folder: folder}
	text := fmt.Sprintf(config, folder, who.Username, group.Name, lab.Port(t, s.address), lab.Port(t, s.secure), patience)
	require.NoError(t, os.WriteFile(s.path("conf"), []byte(text), 0o600))
	uid, err := strconv.Atoi(who.Uid)
	require.NoError(t, err)
	gid, err := strconv.Atoi(who.Gid)
	require.NoError(t, err)
	for _, own := range []string{"", "spool", "mail"} {
		require.NoError(t, os.MkdirAll(s.path(own), 0o700))
		require.NoError(t, os.Chown(s.path(own), uid, gid))
	}
	return s
}

func (s *server) path(name string) string { return filepath.Join(s.folder, name) }

func (s *server) start() {
	s.t.Helper()
	s.Process = lab.StartGroup(s.t, exec.Command(lab.Tool(s.t, "exim4"), "-bdf", "-C", s.path("conf")))
}

// id is what the server calls a mail.
func id(t *testing.T, m smtp.Accepted) string {
	t.Helper()
	_, id, ok := strings.Cut(m.Text.Value.Plain.Value, "id=")
	require.True(t, ok, "%v", m)
	return id
}

// spooled is the text of a mail, as the server keeps it.
func (s *server) spooled(m smtp.Accepted) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.path("spool"), "input", id(s.t, m)+"-D"))
	require.NoError(s.t, err)
	_, text, _ := strings.Cut(string(data), "\n")
	return text
}

// delivered lets the server deliver a mail, and gives what arrives.
func (s *server) delivered(m smtp.Accepted) (header, text string) {
	s.t.Helper()
	said, err := exec.Command(lab.Tool(s.t, "exim4"), "-C", s.path("conf"), "-M", id(s.t, m)).CombinedOutput()
	require.NoError(s.t, err, "%s", said)
	data, err := os.ReadFile(filepath.Join(s.path("mail"), id(s.t, m)))
	require.NoError(s.t, err, "%s", said)
	header, text, _ = strings.Cut(string(data), "\n\n")
	return header, text
}

// dial says hello; the client waits for the server to come up by itself.
func (s *server) dial(t *testing.T, params smtp.Params, opts ...smtp.Option) *smtp.Client {
	t.Helper()
	c, err := smtp.Dial(lab.Within(t, 20*time.Second), s.address, params, opts...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for.
func quick() *session.Plan {
	plan := *smtp.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 300*time.Millisecond, 5*time.Second
	plan.Liveness.Probe = &probe
	return &plan
}

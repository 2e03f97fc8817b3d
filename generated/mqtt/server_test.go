package mqtt_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/mqtt"
)

// server is a real mosquitto that can be killed and started again at the same
// address.
type server struct {
	t       *testing.T
	address string
	config  string
	*lab.Process
}

// open lets everybody in.
const open = "allow_anonymous true"

// startServer runs a server with more lines of its configuration file.
func startServer(t *testing.T, config string) *server {
	t.Helper()
	s := &server{t: t, address: lab.Address(t), config: filepath.Join(t.TempDir(), "mosquitto.conf")}
	// As root, it would become a user who cannot read the test's files.
	text := fmt.Sprintf("user root\nlistener %s 127.0.0.1\npersistence false\n%s\n", lab.Port(t, s.address), config)
	require.NoError(t, os.WriteFile(s.config, []byte(text), 0o600))
	s.start()
	return s
}

// accounts is the configuration of a server that knows eve.
func accounts(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "passwords")
	out, err := exec.Command(lab.Tool(t, "mosquitto_passwd"), "-b", "-c", file, "eve", "s3cret").CombinedOutput()
	require.NoError(t, err, "%s", out)
	return fmt.Sprintf("allow_anonymous false\npassword_file %s", file)
}

func (s *server) start() {
	s.t.Helper()
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "mosquitto"), "-c", s.config))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(params mqtt.Params, opts ...mqtt.Option) *mqtt.Client {
	s.t.Helper()
	c, err := mqtt.Dial(lab.Within(s.t, 20*time.Second), s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

package nats_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/nats"
)

// server is a real nats-server that can be killed and started again at the
// same address.
type server struct {
	t       *testing.T
	address string
	config  string
	*lab.Process
}

// startServer runs a server with more lines of its configuration file.
func startServer(t *testing.T, config string) *server {
	t.Helper()
	s := &server{t: t, address: lab.Address(t), config: filepath.Join(t.TempDir(), "nats.conf")}
	text := fmt.Sprintf("listen: %q\n%s\n", s.address, config)
	require.NoError(t, os.WriteFile(s.config, []byte(text), 0o600))
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "nats-server"), "-c", s.config))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(params nats.Params, opts ...nats.Option) *nats.Client {
	s.t.Helper()
	c, err := nats.Dial(lab.Within(s.t, 20*time.Second), s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

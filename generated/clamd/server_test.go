package clamd_test

import (
	"crypto/md5"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/clamd"
	"github.com/linewright/linewright/generated/internal/lab"
)

// evil is what the daemon looks for: one signature is the digest of all of it, the
// other one is a part of it.
const evil, part = "an evil thing: 123", "evil thing"

// daemon is a real clamd with a database of our own. It can be killed and started
// again at the same address.
type daemon struct {
	t       *testing.T
	address string
	dir     string
	*lab.Process
}

// startDaemon runs a daemon with more lines of its configuration file.
func startDaemon(t *testing.T, config string) *daemon {
	t.Helper()
	d := &daemon{t: t, address: lab.Address(t), dir: t.TempDir()}
	d.write("database/lab.hdb", fmt.Sprintf("%x:%d:Lab.Whole\n", md5.Sum([]byte(evil)), len(evil)))
	d.write("database/lab.ndb", fmt.Sprintf("Lab.Part:0:*:%x\n", part))
	d.write("clamd.conf", fmt.Sprintf("TCPSocket %s\nTCPAddr 127.0.0.1\nDatabaseDirectory %s\nTemporaryDirectory %s\nUser root\nForeground yes\n%s\n",
		lab.Port(t, d.address), filepath.Join(d.dir, "database"), d.dir, config))
	d.start()
	return d
}

func (d *daemon) start() {
	d.t.Helper()
	d.Process = lab.Start(d.t, exec.Command(lab.Tool(d.t, "clamd"), "-c", filepath.Join(d.dir, "clamd.conf")))
}

// write makes a file of the daemon's, and gives its path.
func (d *daemon) write(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	require.NoError(d.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(d.t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// dial connects; the client waits for the daemon to come up by itself.
func (d *daemon) dial(opts ...clamd.Option) *clamd.Client {
	d.t.Helper()
	c, err := clamd.Dial(lab.Within(d.t, 20*time.Second), d.address, opts...)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { _ = c.Close() })
	return c
}

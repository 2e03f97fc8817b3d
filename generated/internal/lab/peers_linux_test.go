package lab_test

import (
	"flag"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
)

var (
	peersFolder = flag.String("peers", "", "also measure the peers, whose programs are in that folder")
	peerWatch   = flag.Duration("watch", 70*time.Second, "how long a peer may take before it counts as never")
)

// peers are other clients that reconnect by themselves. Their programs are in
// benchmarks/liveness; .ci/networks builds them.
var peers = []party{
	{name: "Twisted, corrected", client: twisted("corrected.py"), server: ourServer, peer: true},
	{name: "Twisted, as written", client: twisted("as_written.py"), server: ourServer, peer: true},
	{name: "nats.go", client: program("natsgo"), server: natsServer, mute: true, peer: true},
	{name: "nats.go, as it comes", client: program("natsgo", "as-it-comes"), server: natsServer, mute: true, peer: true},
	{name: "plain Go, keepalive", client: program("plaingo"), server: ourServer, peer: true},
}

const address = lab.ServerAddress + ":" + port

// twisted runs a script with Debian's Python, which has Debian's Twisted.
func twisted(script string) func(testing.TB, kind, []string) *exec.Cmd {
	return func(t testing.TB, k kind, _ []string) *exec.Cmd {
		lab.Tool(t, "twistd3")
		return exec.Command("/usr/bin/python3", "-B", filepath.Join(*peersFolder, "twisted", script), address, string(k))
	}
}

// program runs one of the folder.
func program(name string, more ...string) func(testing.TB, kind, []string) *exec.Cmd {
	return func(_ testing.TB, k kind, _ []string) *exec.Cmd {
		return exec.Command(filepath.Join(*peersFolder, name), append([]string{address, string(k)}, more...)...)
	}
}

func natsServer(t testing.TB, _ []string) *exec.Cmd {
	return exec.Command(lab.Tool(t, "nats-server"), "-a", lab.ServerAddress, "-p", port)
}

// TestPeers measures them, for comparison: nothing is promised, and nothing
// but a peer that does not work at all fails.
func TestPeers(t *testing.T) {
	if *peersFolder == "" {
		t.Skip("only make networks measures the peers")
	}
	t.Parallel()
	for i := range faults {
		f := &faults[i]
		if !slices.Contains([]string{"drop both ways", "server frozen", "server killed", "server gone for 5 s"}, f.name) {
			continue
		}
		for _, k := range f.all() {
			for _, p := range peers {
				t.Run(strings.Join([]string{f.name, string(k), p.name}, "/"), func(t *testing.T) {
					t.Parallel()
					o := perform(t, p, f, k, promise{}, *peerWatch)
					t.Log(&o)
					results.add(o)
					require.True(t, o.returned || !o.noticed, "it did not come back")
				})
			}
		}
	}
}

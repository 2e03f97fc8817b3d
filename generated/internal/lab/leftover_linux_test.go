package lab_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
)

// TestNothingIsLeft of a network when its test ends: no namespace, process,
// device or file.
func TestNothingIsLeft(t *testing.T) {
	var server *lab.Process
	made := ""
	before := inherited(t)
	t.Run("test", func(t *testing.T) {
		had := lab.Namespaces()
		network, _ := lab.NewRelayedNetwork(t)
		for _, namespace := range lab.Namespaces() {
			if !slices.Contains(had, namespace) && strings.HasPrefix(namespace, fmt.Sprintf("lw-%d-", os.Getpid())) {
				made = strings.TrimSuffix(strings.TrimSuffix(namespace, "-client"), "-server")
			}
		}
		server = lab.Start(t, network.InServer(lab.Role(t, "listen")))
		requireLine(t, server, "listening")
	})
	if server == nil {
		t.Skip("no network was made")
	}
	require.NotEmpty(t, made)
	for _, namespace := range lab.Namespaces() {
		require.NotContains(t, namespace, made+"-")
	}
	_, err := server.Line(lab.Within(t, time.Second))
	require.ErrorContains(t, err, "EOF", "the server outlived its test")
	require.Equal(t, before, inherited(t), "TUN devices are left")
}

// inherited are the TUN devices that this process holds.
func inherited(t *testing.T) (held int) {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	for _, file := range files {
		if target, _ := os.Readlink("/proc/self/fd/" + file.Name()); target == "/dev/net/tun" {
			held++
		}
	}
	return held
}

// TestAnInterruptCleansUp: ^C in the middle of an experiment.
func TestAnInterruptCleansUp(t *testing.T) {
	lab.NewNetwork(t) // or the test is skipped here
	self, err := os.Executable()
	require.NoError(t, err)
	other := exec.Command(self, "-test.run=^TestNetworkCanBeCut$")
	require.NoError(t, other.Start())
	made := func() bool {
		return slices.ContainsFunc(lab.Namespaces(), func(namespace string) bool {
			return strings.HasPrefix(namespace, fmt.Sprintf("lw-%d-", other.Process.Pid))
		})
	}
	require.Eventually(t, made, 20*time.Second, 10*time.Millisecond)
	require.NoError(t, other.Process.Signal(os.Interrupt))
	require.Error(t, other.Wait(), "an interrupted test did not fail")
	require.False(t, made(), "namespaces are left")
}

// TestTheNextTestCleansUp what a killed one could not.
func TestTheNextTestCleansUp(t *testing.T) {
	lab.NewNetwork(t)      // or the test is skipped here
	const nobody = 1 << 22 // above every process number
	namespace := fmt.Sprintf("lw-%d-1-client", nobody)
	ip := lab.Tool(t, "ip")
	require.NoError(t, exec.Command(ip, "netns", "add", namespace).Run())
	inside := exec.Command(ip, "netns", "exec", namespace, "sh", "-c", "echo here; exec sleep 1000")
	out, err := inside.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, inside.Start())
	_, err = out.Read(make([]byte, 1)) // else it may enter what is swept already
	require.NoError(t, err)
	lab.Sweep(ip)
	require.NotContains(t, lab.Namespaces(), namespace)
	require.Error(t, inside.Wait(), "what ran in it was not ended")
}

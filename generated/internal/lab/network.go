package lab

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
)

// The addresses of the two ends of a [Network], and one that is free. They
// exist only inside its namespaces.
const (
	ClientAddress = "192.0.2.1"
	ServerAddress = "192.0.2.2"
	SpareAddress  = "192.0.2.3"
)

const (
	mask  = "/24"
	cable = "cable" // the device's name at both ends
)

// Network is two network namespaces, and a cable between them.
type Network struct {
	t              testing.TB
	ip, nft        string
	client, server string // namespaces
}

var networks atomic.Int64

// NewNetwork makes a network, and removes it when the test ends. It needs root
// on Linux, ip and nft; without them the test is skipped, or fails with CI=true.
func NewNetwork(t testing.TB) *Network {
	t.Helper()
	n := newNamespaces(t)
	n.run(n.ip, "-n", n.client, "link", "add", cable, "type", "veth", "peer", "name", cable, "netns", n.server)
	n.up()
	return n
}

// newNamespaces makes the two ends without a cable.
func newNamespaces(t testing.TB) *Network {
	t.Helper()
	if os.Geteuid() != 0 {
		leaveOut(t, "network namespaces need root on Linux")
	}
	n := &Network{t: t, ip: Tool(t, "ip"), nft: Tool(t, "nft")}
	sweepOnce(n.ip)
	name := fmt.Sprintf("%s%d-%d", namespacePrefix, os.Getpid(), networks.Add(1))
	n.client, n.server = name+"-client", name+"-server"
	for _, namespace := range []string{n.client, n.server} {
		making.Lock()
		out, err := exec.Command(n.ip, "netns", "add", namespace).CombinedOutput()
		making.Unlock()
		if err != nil {
			leaveOut(t, fmt.Sprintf("no network namespaces: %s", strings.TrimSpace(string(out))))
		}
		t.Cleanup(func() { n.run(n.ip, "netns", "del", namespace) })
	}
	return n
}

// up gives the ends of the cable their addresses.
func (n *Network) up() {
	n.t.Helper()
	for namespace, address := range map[string]string{n.client: ClientAddress, n.server: ServerAddress} {
		n.run(n.ip, "-n", namespace, "address", "add", address+mask, "dev", cable)
		n.run(n.ip, "-n", namespace, "link", "set", "lo", "up")
		n.run(n.ip, "-n", namespace, "link", "set", cable, "up")
	}
}

// InClient runs a command in the client's namespace.
func (n *Network) InClient(cmd *exec.Cmd) *exec.Cmd { return n.in(n.client, cmd) }

// InServer runs a command in the server's namespace.
func (n *Network) InServer(cmd *exec.Cmd) *exec.Cmd { return n.in(n.server, cmd) }

func (n *Network) in(namespace string, cmd *exec.Cmd) *exec.Cmd {
	args := append([]string{"netns", "exec", namespace, cmd.Path}, cmd.Args[1:]...)
	inside := exec.Command(n.ip, args...)
	inside.Env, inside.Dir, inside.Stdin = cmd.Env, cmd.Dir, cmd.Stdin
	return inside
}

// rules changes the server's packet filter in one transaction.
func (n *Network) rules(text string) {
	n.t.Helper()
	cmd := n.InServer(exec.Command(n.nft, "-f", "-"))
	cmd.Stdin = strings.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		n.t.Fatalf("nft: %v: %s", err, out)
	}
}

func (n *Network) run(name string, args ...string) {
	n.t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		n.t.Fatalf("%s %s: %v: %s", name, strings.Join(args, " "), err, out)
	}
}

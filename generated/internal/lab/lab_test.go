package lab_test

import (
	"flag"
	"fmt"
	"net"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
)

// roles are the child processes of these tests; client_linux_test.go and
// server_linux_test.go add theirs.
var roles = map[string]func() error{"listen": listen, "dial": dial}

func TestMain(m *testing.M) { lab.Main(experiments{m}, roles) }

// experiments are tests that hardly compute, they wait: many run at once.
type experiments struct{ *testing.M }

// afterwards is done when all tests have run.
var afterwards []func() error

func (e experiments) Run() int {
	const manyWait = "16"
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", manyWait)
	}
	code := e.M.Run()
	for _, do := range afterwards {
		if err := do(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	return code
}

const port = "7000"

// listen is a server that says so when it is ready.
func listen() error {
	l, err := net.Listen("tcp", net.JoinHostPort(lab.ServerAddress, port))
	if err != nil {
		return err
	}
	lab.Obey(nil)
	fmt.Println("listening")
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		c.Close()
	}
}

// dial says whether the server can be reached within a second.
func dial() error {
	c, err := net.DialTimeout("tcp", net.JoinHostPort(lab.ServerAddress, port), time.Second)
	if err != nil {
		fmt.Println("cut")
		return nil
	}
	fmt.Println("connected")
	return c.Close()
}

func TestNetworkCanBeCut(t *testing.T) {
	network := lab.NewNetwork(t)
	server := lab.Start(t, network.InServer(lab.Role(t, "listen")))
	requireLine(t, server, "listening")
	reach := func() string {
		client := lab.Start(t, network.InClient(lab.Role(t, "dial")))
		line, err := client.Line(lab.Within(t, 10*time.Second))
		require.NoError(t, err)
		return line
	}

	require.Equal(t, "connected", reach())
	network.Swallow()
	require.Equal(t, "cut", reach())
	network.Deliver()
	require.Equal(t, "connected", reach())
	network.Pull()
	require.Equal(t, "cut", reach())
	network.Plug()
	require.Equal(t, "connected", reach())
	server.Kill()
	require.Equal(t, "cut", reach())
}

// verdict takes a test's end, and goes no further.
type verdict struct {
	testing.TB
	skipped, failed bool
}

func (v *verdict) Skip(...any) {
	v.skipped = true
	runtime.Goexit()
}

func (v *verdict) Fatalf(string, ...any) {
	v.failed = true
	runtime.Goexit()
}

func TestAMissingToolIsNotAPass(t *testing.T) {
	for ci, skipped := range map[string]bool{"": true, "true": false} {
		t.Setenv("CI", ci)
		v := &verdict{TB: t}
		end := make(chan struct{})
		go func() { // which the verdict ends
			defer close(end)
			lab.Tool(v, "no-such-program-anywhere")
		}()
		<-end
		require.Equal(t, skipped, v.skipped, "CI=%s", ci)
		require.Equal(t, !skipped, v.failed, "CI=%s", ci)
	}
}

func requireLine(t *testing.T, p *lab.Process, want string) {
	t.Helper()
	line, err := p.Line(lab.Within(t, 10*time.Second))
	require.NoError(t, err)
	require.Equal(t, want, line)
}

package lab

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// Process is a program that runs for a test.
type Process struct {
	t     testing.TB
	name  string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	lines chan string
	ended chan struct{} // closed when the process is gone

	mu     sync.Mutex
	stderr bytes.Buffer
}

// Start runs a command for a test, and kills it when the test ends. What it
// writes to standard output is read with [Process.Line]; its standard error is
// shown if the test fails. Its standard input is for [Process.Tell].
func Start(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	p := &Process{t: t, name: cmd.Args[0], cmd: cmd, lines: make(chan string, 1024), ended: make(chan struct{})}
	cmd.Stderr = (*lockedWriter)(p)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", p.name, err)
	}
	go p.read(out)
	t.Cleanup(p.cleanup)
	return p
}

// Line waits for the next line of standard output.
func (p *Process) Line(ctx context.Context) (string, error) {
	select {
	case line, ok := <-p.lines:
		if !ok {
			return "", fmt.Errorf("%s: %w", p.name, io.EOF)
		}
		return line, nil
	case <-ctx.Done():
		return "", fmt.Errorf("no line from %s: %w", p.name, ctx.Err())
	}
}

// Tell writes a line to standard input; see [Obey].
func (p *Process) Tell(order string) {
	p.t.Helper()
	if _, err := io.WriteString(p.stdin, order+"\n"); err != nil {
		p.t.Fatalf("%s is not told %q: %v", p.name, order, err)
	}
}

// Kill ends the process at once, and waits until it is gone. The kernel closes
// its sockets, as it does for a process that crashed.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// read moves lines until the process ends. Lines that nobody reads are dropped:
// a test must not block the process that it watches.
func (p *Process) read(out io.Reader) {
	defer close(p.ended)
	defer close(p.lines)
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		select {
		case p.lines <- scanner.Text():
		default:
		}
	}
	_ = p.cmd.Wait()
}

func (p *Process) cleanup() {
	p.Kill()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.t.Failed() && p.stderr.Len() > 0 {
		p.t.Logf("standard error of %s:\n%s", p.name, p.stderr.Bytes())
	}
}

// lockedWriter collects standard error; a process may outlive its reader.
type lockedWriter Process

func (w *lockedWriter) Write(data []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stderr.Write(data)
}

// Within is a context that ends after d, or with the test.
func Within(t testing.TB, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

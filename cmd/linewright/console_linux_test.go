package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// login are the parameters of the document, for the environment.
var login = []string{"LINEWRIGHT_PARAM_USER=eve", "LINEWRIGHT_PARAM_SECRET=s3cret"}

// unit is a device over TCP, and its address.
func unit(t *testing.T) (*device.Device, string) {
	t.Helper()
	d := dynamictest.Open(t, acmeDocument).Device()
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	addr, err := d.Listen("127.0.0.1:0")
	require.NoError(t, err)
	return d, addr
}

// came waits until the device has received a command.
func came(t *testing.T, d *device.Device, command string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err := d.Wait(ctx, func(h device.History) bool { return len(h.Commands(command)) > 0 })
	require.NoError(t, err, "no %s in %v", command, d.History())
}

// exits waits for a command's end: its exit code, or -1 after a signal.
func exits(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	over := make(chan error, 1)
	go func() { over <- cmd.Wait() }()
	select {
	case err := <-over:
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			return exit.ExitCode()
		}
		require.NoError(t, err)
		return 0
	case <-time.After(patience):
		t.Fatal("it did not end")
		return 0
	}
}

// A person's session, window of another size and all; the terminal is left as
// it was.
func TestDialOnATerminal(t *testing.T) {
	d, addr := unit(t)
	p := onTerminal(t, nil, "linewright", "dial", acmeDocument, addr)
	p.shown.has(t, "user: ")
	before := p.mode()
	p.typed("eve\n")
	p.shown.has(t, "secret: ")
	p.typed("s3cret\n")
	came(t, d, "login")
	p.shown.has(t, "ready on link 1")
	p.typed("rea\tc\t3\r") // read channel=3
	came(t, d, "read")
	p.shown.has(t, "reading {channel: 3")
	p.resize(20, 4)
	p.typed("\x1b[A\r") // Up: the line before
	p.typed("get_name\r")
	came(t, d, "get_name")
	require.Len(t, d.History().Commands("read"), 2)
	p.typed("quit\r")
	came(t, d, "bye")
	require.Equal(t, exitOK, p.exits())
	require.Equal(t, before, p.mode())
	require.NotContains(t, string(p.shown.bytes()), "s3cret")
}

// A terminal that is closed ends the console, also one that was told to
// outlive it: nobody can end it any more.
func TestDialEndsWithItsTerminal(t *testing.T) {
	for name, shell := range map[string]string{"plain": "", "nohup": "trap '' HUP; "} {
		t.Run(name, func(t *testing.T) {
			d, addr := unit(t)
			p := onTerminal(t, login, "sh", "-c", shell+`exec linewright dial "$0" "$1"`, acmeDocument, addr)
			p.shown.has(t, "ready on link 1")
			require.NoError(t, p.tty.Close())
			require.NoError(t, p.keys.Close())
			came(t, d, "bye")
			require.Equal(t, exitOK, p.exits())
		})
	}
}

// Whoever interrupts the prompt for a secret sees again what they type.
func TestInterruptedPromptBringsTheEchoBack(t *testing.T) {
	p := onTerminal(t, login[:1], "linewright", "dial", acmeDocument, "127.0.0.1")
	p.shown.has(t, "secret: ")
	p.echoes(false)
	p.typed("s3cr\x03")
	require.Equal(t, exitFailure, p.exits())
	p.echoes(true)
	require.NotContains(t, string(p.shown.bytes()), "s3cr")
}

// echoes waits until the terminal echoes what is typed, or does not.
func (p *pty) echoes(want bool) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return p.mode().Lflag&unix.ECHO != 0 == want }, patience, time.Millisecond)
}

// Whoever interrupts the wait for a device need not be told of it.
func TestInterruptedDialSaysNothing(t *testing.T) {
	d, addr := unit(t)
	d.RefuseDial()
	var said watched
	cmd := exec.Command("linewright", "dial", "--timeout", "1h", acmeDocument, addr)
	cmd.Env = append(os.Environ(), login...)
	cmd.Stderr = &said
	require.NoError(t, cmd.Start())
	defer cmd.Process.Kill()
	said.has(t, "down: ")
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	require.Equal(t, exitFailure, exits(t, cmd))
	require.NotContains(t, string(said.bytes()), "linewright: ")
}

// A console that hangs on its output ends with the second interrupt.
func TestSecondInterruptEnds(t *testing.T) {
	d, addr := unit(t)
	commands, in, err := os.Pipe()
	require.NoError(t, err)
	out, full, err := os.Pipe()
	require.NoError(t, err)
	for _, f := range []*os.File{commands, in, out, full} {
		defer f.Close()
	}
	fill(t, full)

	cmd := exec.Command("linewright", "dial", acmeDocument, addr)
	cmd.Env = append(os.Environ(), login...)
	cmd.Stdin, cmd.Stdout = commands, full
	require.NoError(t, cmd.Start())
	defer cmd.Process.Kill()
	_, err = in.WriteString("read 3\n")
	require.NoError(t, err)
	came(t, d, "read")
	done := make(chan struct{})
	go func() {
		for tick := time.Tick(20 * time.Millisecond); ; {
			select {
			case <-tick:
				_ = cmd.Process.Signal(syscall.SIGINT)
			case <-done:
				return
			}
		}
	}()
	defer close(done)
	require.Equal(t, -1, exits(t, cmd), "by the signal")
}

// fill writes into a pipe until it takes no more.
func fill(t *testing.T, pipe *os.File) {
	t.Helper()
	raw, err := pipe.SyscallConn()
	require.NoError(t, err)
	require.NoError(t, raw.Control(func(fd uintptr) {
		for err == nil {
			_, err = unix.Write(int(fd), make([]byte, 4<<10))
		}
	}))
	require.ErrorIs(t, err, unix.EAGAIN)
}

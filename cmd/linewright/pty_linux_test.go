package main

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// pty is a terminal with a command on it, and what it shows.
type pty struct {
	t     *testing.T
	keys  *os.File // the person's side
	tty   *os.File // the command's
	cmd   *exec.Cmd
	shown watched
}

// onTerminal starts a command on a terminal of 100 columns and 30 rows.
func onTerminal(t *testing.T, env []string, name string, args ...string) *pty {
	t.Helper()
	p := &pty{t: t, cmd: exec.Command(name, args...)}
	var err error
	p.keys, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	require.NoError(t, unix.IoctlSetPointerInt(int(p.keys.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(p.keys.Fd()), unix.TIOCGPTN)
	require.NoError(t, err)
	p.tty, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	p.resize(100, 30)

	p.cmd.Env = append(os.Environ(), append([]string{"TERM=xterm"}, env...)...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = p.tty, p.tty, p.tty
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(t, p.cmd.Start())
	go p.watch()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		_ = p.keys.Close()
		_ = p.tty.Close()
	})
	return p
}

func (p *pty) watch() {
	buf := make([]byte, 4<<10)
	for {
		n, err := p.keys.Read(buf)
		_, _ = p.shown.Write(buf[:n])
		if err != nil {
			return
		}
	}
}

func (p *pty) resize(columns, rows uint16) {
	p.t.Helper()
	require.NoError(p.t, unix.IoctlSetWinsize(int(p.tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Col: columns, Row: rows}))
}

func (p *pty) typed(text string) {
	p.t.Helper()
	_, err := p.keys.WriteString(text)
	require.NoError(p.t, err)
}

// mode is how the terminal is set.
func (p *pty) mode() unix.Termios {
	p.t.Helper()
	mode, err := unix.IoctlGetTermios(int(p.tty.Fd()), unix.TCGETS)
	require.NoError(p.t, err)
	return *mode
}

// exits waits for the command's end.
func (p *pty) exits() int {
	p.t.Helper()
	return exits(p.t, p.cmd)
}

package dial

import (
	"bytes"
	"context"
	"io"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// The library's messages reach the screen, and what keys ask for is done.
func TestTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, cfg := acme(t)
		defer d.Close()
		told := make(chan tea.Msg, 100)
		c, err := New(cfg, Watch{
			Note:   func(n Note) { told <- n },
			Change: func(ch runtime.StateChange) { told <- ch },
			RTT:    func(d time.Duration) { told <- d },
		})
		require.NoError(t, err)
		over := make(chan error, 1)
		go func() { over <- c.Run() }()
		term := newTerminal(t.Context(), c, NewScreen("acme", cfg.Addr, c.Completer(), false))
		drain := func() {
			synctest.Wait()
			for len(told) > 0 {
				term.Update(<-told)
			}
		}
		press := func(code rune, mod tea.KeyMod) tea.Cmd {
			_, cmd := term.Update(tea.KeyPressMsg{Code: code, Mod: mod})
			return cmd
		}
		term.Update(tea.WindowSizeMsg{Width: 70, Height: 12})
		drain()
		time.Sleep(15 * time.Second)
		drain()
		term.Update(ticked(time.Now()))
		require.Contains(t, term.View().Content, "READY  acme unit:1234  up 15s  link 1")

		term.Update(tea.PasteMsg{Content: "read 3\n"})
		cmd := press(tea.KeyEnter, 0)
		require.Contains(t, term.View().Content, "waiting 1")
		term.Update(cmd())
		drain()
		require.Contains(t, term.View().Content, "< reading {channel: 3")
		require.NotContains(t, term.View().Content, "waiting")

		cmd = press('c', tea.ModCtrl)
		require.Equal(t, ended{}, cmd())
		_, cmd = term.Update(ended{})
		require.Equal(t, tea.Quit(), cmd())
		require.NoError(t, <-over)
		require.Len(t, d.History().Commands("bye"), 1)
	})
}

// Commands are sent as they were typed, also where the first is slow; what
// needs no device does not wait for it.
func TestCommandsGoInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, cfg := acme(t)
		defer d.Close()
		none := Watch{Note: func(Note) {}, Change: func(runtime.StateChange) {}}
		c, err := New(cfg, none)
		require.NoError(t, err)
		over := make(chan error, 1)
		go func() { over <- c.Run() }()
		term := newTerminal(t.Context(), c, NewScreen("acme", cfg.Addr, c.Completer(), false))
		synctest.Wait()
		d.LateReplies(time.Second)
		name, read, help := term.obey("get_name"), term.obey("read 3"), term.obey("help")
		start := time.Now()
		ended := make(chan string, 3)
		for what, do := range map[string]tea.Cmd{"read": read, "help": help} {
			go func() { do(); ended <- what }()
		}
		synctest.Wait()
		require.Equal(t, "help", <-ended)
		require.Empty(t, d.History().Commands("read"))
		name()
		require.Equal(t, "read", <-ended)
		require.Equal(t, 2*time.Second, time.Since(start))
		require.NoError(t, c.Close())
		<-over
	})
}

// piped is a console whose terminal's ends are made of pipes.
type piped struct {
	keys   *io.PipeWriter
	out    bytes.Buffer // once it is over
	over   chan error
	cancel context.CancelFunc
}

func showPiped(t *testing.T, cfg Config) *piped {
	in, keys := io.Pipe()
	s := &piped{keys: keys, over: make(chan error, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	s.cancel = cancel
	t.Cleanup(cancel)
	go func() { s.over <- Show(ctx, cfg, false, in, &s.out) }()
	return s
}

// The whole of it.
func TestShow(t *testing.T) {
	d, cfg := acme(t)
	defer d.Close()
	s := showPiped(t, cfg)
	require.NoError(t, d.Wait(t.Context(), logins(1)))
	_, err := io.WriteString(s.keys, "read 3\r")
	require.NoError(t, err)
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return len(h.Commands("read")) == 1 }))
	_, err = io.WriteString(s.keys, "quit\r")
	require.NoError(t, err)
	require.NoError(t, <-s.over)
	require.NoError(t, s.keys.Close())
	require.Len(t, d.History().Commands("read"), 1)
	require.Len(t, d.History().Commands("bye"), 1)
	require.NotContains(t, s.out.String(), "s3cret")
}

// A refusal ends the client; the user ends the console, and gets the reason.
func TestShowRefused(t *testing.T) {
	d, cfg := acme(t)
	defer d.Close()
	d.RefuseLogin("DENIED")
	s := showPiped(t, cfg)
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return len(h.Of(device.Ended)) == 1 }))
	s.cancel()
	require.ErrorIs(t, <-s.over, runtime.ErrRefused)
	require.NoError(t, s.keys.Close())
	require.NotContains(t, s.out.String(), "s3cret")
}

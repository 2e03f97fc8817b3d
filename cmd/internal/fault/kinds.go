package fault

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// apply makes a fault happen in a scope.
type apply func(*device.Scope)

// kind is one fault that there is.
type kind struct {
	name  string
	other []string // names that say the same
	args  string   // how they are written, "=" included; empty: none
	doc   string
	// act: it happens, and is over. The others stay until they are healed.
	act bool
	// opens: it concerns connections that are being opened.
	opens bool
	parse func(g Grammar, args []string) (apply, error)
}

// kinds are the faults of [device.Scope], in the order in which help lists them.
var kinds = []kind{
	{name: "silence", doc: "read and obey, but send nothing", parse: plain((*device.Scope).Silence)},
	{name: "black-hole", doc: "neither read nor write, close nothing", parse: plain((*device.Scope).BlackHole)},
	{name: "stop-reading", doc: "read nothing more, go on sending", parse: plain((*device.Scope).StopReading)},
	{name: "stall-mid-frame", args: "=BYTES", doc: "send so much of a frame, then nothing", parse: number(1, (*device.Scope).StallMidFrame)},
	{name: "delay", args: "=TIME", doc: "send everything so much later", parse: duration((*device.Scope).Delay)},
	{name: "late-replies", args: "=TIME", doc: "send replies so much later, events at once", parse: duration((*device.Scope).LateReplies)},
	{name: "drip", args: "=TIME", doc: "send one byte each TIME", parse: duration((*device.Scope).Drip)},
	{name: "split-every", args: "=BYTES", doc: "send so few bytes a write", parse: number(1, (*device.Scope).SplitEvery)},
	{name: "drop", other: []string{"drop-replies"}, args: "=COMMAND[,N]", doc: "lose the next N replies to it, or all", parse: parseDrop},
	{name: "duplicate-replies", doc: "send each reply twice", parse: plain((*device.Scope).DuplicateReplies)},
	{name: "refuse-login", args: "[=FRAME]", doc: "answer logins with that, or the spec's refusal", parse: parseRefusal},
	{name: "accept-and-close", opens: true, doc: "close new connections at once", parse: plain((*device.Scope).AcceptAndClose)},
	{name: "refuse-dial", opens: true, doc: "refuse connections", parse: plain((*device.Scope).RefuseDial)},
	{name: "hang-dial", opens: true, doc: "new connections are black holes", parse: plain((*device.Scope).HangDial)},
	{name: "garbage", args: "=TEXT", act: true, doc: "send these bytes, with no line end added", parse: parseGarbage},
	{name: "reset", act: true, doc: "reset the open connections (RST)", parse: plain((*device.Scope).Reset)},
	{name: "close", other: []string{"hangup", "close-all"}, act: true, doc: "close the open connections (FIN)", parse: plain((*device.Scope).Hangup)},
	{name: "half-close", act: true, doc: "end the sending side, go on reading", parse: plain((*device.Scope).HalfClose)},
}

// Names are the faults' names, in the order of help.
func Names() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

func kindOf(name string) *kind {
	for i := range kinds {
		if kinds[i].name == name || slices.Contains(kinds[i].other, name) {
			return &kinds[i]
		}
	}
	return nil
}

// count checks how many arguments there are.
func (k *kind) count(args []string) error {
	switch least, most := k.arity(); {
	case len(args) < least:
		return fmt.Errorf("%s needs an argument: %s%s", k.name, k.name, k.args)
	case most == 0 && len(args) > 0:
		return fmt.Errorf("%s takes no argument", k.name)
	case len(args) > most:
		return fmt.Errorf("%s takes fewer arguments: %s%s", k.name, k.name, k.args)
	}
	return nil
}

// arity reads the number of arguments off the way they are written.
func (k *kind) arity() (least, most int) {
	if k.args == "" {
		return 0, 0
	}
	most = 1 + strings.Count(k.args, ",")
	if strings.HasPrefix(k.args, "=") {
		least = 1
	}
	return least, most
}

func plain(do func(*device.Scope)) func(Grammar, []string) (apply, error) {
	return func(Grammar, []string) (apply, error) { return do, nil }
}

func number(least int, do func(*device.Scope, int)) func(Grammar, []string) (apply, error) {
	return func(_ Grammar, args []string) (apply, error) {
		n, err := strconv.Atoi(args[0])
		if err != nil || n < least {
			return nil, fmt.Errorf("%q is no number from %d on", args[0], least)
		}
		return func(s *device.Scope) { do(s, n) }, nil
	}
}

func duration(do func(*device.Scope, time.Duration)) func(Grammar, []string) (apply, error) {
	return func(_ Grammar, args []string) (apply, error) {
		d, err := parseTime(args[0])
		if err != nil {
			return nil, err
		}
		return func(s *device.Scope) { do(s, d) }, nil
	}
}

func parseDrop(g Grammar, args []string) (apply, error) {
	command, n := args[0], -1
	if !slices.Contains(g.Commands, command) {
		return nil, fmt.Errorf("the spec has no command %q; it has %s", command, strings.Join(g.Commands, ", "))
	}
	if len(args) > 1 {
		var err error
		if n, err = strconv.Atoi(args[1]); err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no number from 1 on", args[1])
		}
	}
	return func(s *device.Scope) { s.DropReplies(command, n) }, nil
}

func parseRefusal(g Grammar, args []string) (apply, error) {
	frame := g.Refusal
	if len(args) > 0 {
		frame = args[0]
	}
	if frame == "" {
		return nil, errors.New("the spec has no error for a login: say refuse-login=FRAME")
	}
	return func(s *device.Scope) { s.RefuseLogin(frame) }, nil
}

func parseGarbage(_ Grammar, args []string) (apply, error) {
	bytes := []byte(args[0])
	return func(s *device.Scope) { s.Garbage(bytes) }, nil
}

package plantest

import (
	"bytes"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Polling is an [Order] that tells what changes to a client that waits for it:
// "idle" is answered by "*changed name" when something has, or by "*changed" once
// "noidle" was sent. While it waits it takes no other command.
func Polling(mods ...Mod) *session.Plan {
	p := Order(InFlight(1))
	p.Vendor = "polling"
	changed := len(p.Messages)
	p.Messages = append(p.Messages, session.Message{Name: "changed", Event: session.PolledEvent, Shape: wire.Shape{
		Prefix: "*changed", Check: func(frame []byte) error {
			if rest := frame[len("*changed"):]; len(rest) > 0 && !bytes.HasPrefix(rest, []byte(" ")) {
				return errFields
			}
			return nil
		},
	}})
	p.Commands = append(p.Commands,
		session.Command{
			Name: "idle", Replies: []session.Reply{{Message: changed}}, Errors: p.Commands[Command(p, "ping")].Errors,
			Timeout: -1, UndoneBy: session.None, Shape: exact("idle"),
		},
		session.Command{Name: "noidle", UndoneBy: session.None, Shape: exact("noidle")})
	p.Standby = &session.Standby{
		Send:      session.Step{Command: Command(p, "idle"), Encode: fixed("idle\r\n")},
		Interrupt: session.Step{Command: Command(p, "noidle"), Encode: fixed("noidle\r\n")},
	}
	return finish(p, mods)
}

package explain

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// Misfit is what fits nothing, and what is done with it.
type Misfit struct {
	What string `json:"what"` // message: one that the document does not know; reply: one that nobody waits for
	Then string `json:"then"` // close, event, drop
	// Unless: awaited (while a command waits it could be meant, and the link is ended),
	// another (so it is by one that answers another request than a command's that
	// waits), heartbeat (its answer is dropped, however late).
	Unless string `json:"unless,omitempty"`
}

func misfits(p *model.Protocol) []Misfit {
	message, reply := Misfit{What: "message", Then: p.Unexpected.Message}, Misfit{What: "reply", Then: p.Unexpected.Reply}
	switch ordered := p.Replies.Match == "order"; {
	case ordered && reply.Then != "close":
		reply.Unless = "awaited"
	case !ordered && reply.Then == "close" && p.Liveness.Probe != nil:
		reply.Unless = "heartbeat"
	case !ordered && reply.Then != "close" && slices.ContainsFunc(p.Commands, func(c *model.Command) bool { return len(c.Echo) > 0 }):
		reply.Unless = "another"
	}
	return []Misfit{message, reply}
}

// Words says what fits nothing.
func (m Misfit) Words() string {
	return map[string]string{"message": "a message that the document does not know", "reply": "a reply that nobody waits for"}[m.What]
}

// Fate says what is done with it.
func (m Misfit) Fate() string {
	then := map[string]string{"close": "the link is ended", "event": "is handed to the program as it is", "drop": "is dropped"}[m.Then]
	return then + map[string]string{
		"awaited":   "; while a command waits, the link is ended",
		"another":   "; one to another request than that which waits ends the link",
		"heartbeat": "; a late answer to the heartbeat is dropped",
	}[m.Unless]
}

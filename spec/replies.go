package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// maxInFlight bounds the queue of commands that wait for their replies.
const maxInFlight = 1 << 16

// replies reads how replies find their commands.
func (l *loader) replies(v value) {
	r := &l.p.Replies
	v.mapping("replies, as in {match: order}",
		may("match", match(r)),
		may("in_flight", integer(&r.InFlight, 1, maxInFlight)),
		may("errors", later(&l.parts.errors)),
		may("late", word(&r.Late, "close", "swallow")),
		may("gap", duration(&r.Gap)),
	)
}

// defaultReplies fills in what the document leaves out; rules about a match that
// is wrong would only repeat that.
func (l *loader) defaultReplies(v value) {
	r := &l.p.Replies
	if v.absent() || v.Get("match") == nil {
		r.Match = "order"
	}
	fill(&r.InFlight, 1)
	if r.Match == "id" {
		fill(&r.Late, "swallow") // the id says whose it is
	}
	fill(&r.Late, "close")
}

// match reads order, kind, or the field that commands and replies have in common.
func match(r *model.Replies) reader {
	return func(v value) {
		if v.Kind != document.Map {
			word(&r.Match, "order", "kind")(v)
			return
		}
		v.mapping("order, kind, or a field as in {id: seq}", need("id", identifier(&r.ID, snake)))
		r.Match = "id"
	}
}

// unexpected reads what to do with what does not fit.
func (l *loader) unexpected(v value) {
	u := &l.p.Unexpected
	v.mapping("policies, as in {frame: close, message: event}",
		may("frame", word(&u.Frame, "close", "drop", "resync")),
		may("message", word(&u.Message, "close", "event", "drop")),
		may("reply", word(&u.Reply, "close", "drop")),
	)
}

func (l *loader) defaultUnexpected() {
	u := &l.p.Unexpected
	fill(&u.Frame, "close")
	fill(&u.Message, "close")
	fill(&u.Reply, "close")
}

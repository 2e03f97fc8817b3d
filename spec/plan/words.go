package plan

import (
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
)

// The spec's words and the session's constants. The empty word is the first of
// the alternatives, as everywhere in the language.
var (
	tlsModes = map[model.TLS]session.TLS{
		"": session.TLSNever, model.TLSNever: session.TLSNever,
		model.TLSOptional: session.TLSOptional, model.TLSAlways: session.TLSAlways,
	}
	events = map[string]session.Event{
		"": session.NotEvent, "false": session.NotEvent,
		"true": session.IsEvent, "also": session.AlsoEvent, "state": session.StateEvent, "poll": session.PolledEvent,
	}
	classes = map[string]session.Class{
		"": session.ClassNone, "ok": session.ClassNone, "failed": session.ClassFailed,
		"retry": session.ClassRetry, "refused": session.ClassRefused, "close": session.ClassClose,
	}
	matches  = map[string]session.Match{"": session.MatchOrder, "order": session.MatchOrder, "kind": session.MatchKind, "id": session.MatchID}
	lates    = map[string]session.Late{"": session.LateClose, "close": session.LateClose, "swallow": session.LateSwallow}
	policies = map[string]session.Policy{
		"": session.Close, "close": session.Close, "drop": session.Drop,
		"event": session.Deliver, "resync": session.Resync,
	}
)

// word looks a word up; one that is not there is an error of the builder.
func word[W ~string, T any](b *builder, words map[W]T, w W, where string) T {
	v, ok := words[w]
	if !ok {
		b.fail("%s: %q is not known", where, string(w))
	}
	return v
}

// ClassOf is the session's class for a spec's word (ok, failed, retry, refused,
// close); the empty word and unknown ones are no error.
func ClassOf(w string) session.Class { return classes[w] }

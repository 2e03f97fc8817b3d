package page

import (
	"slices"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
)

// A change is told of in one place, and changes what stands in others: a reply time is a
// setting, and how long each command waits. Those others are marked too, with a link.

// also is where else a part of a document shows, by the beginning of its path. What ends
// in a dot or in # is any path in it.
var also = []struct {
	path   string
	places []string
}{
	{"endpoint.port", []string{"band/Connect"}},
	{"endpoint.tls", []string{"band/Connect"}},
	{"endpoint.per_command", []string{"band/Connect", "answer/noticing", "answer/reconnecting"}},
	{"session.greeting", []string{"band/Greeting"}},
	{"session.login", []string{"band/Login", "answer/reconnecting"}},
	{"session.ready", []string{"band/Getting ready", "answer/reconnecting"}},
	{"session.logout", []string{"band/Closing"}},
	{"answers", []string{"band/Ready", "answer/messages"}},
	{"liveness.", []string{"band/Ready", "answer/noticing"}},
	{"liveness#", []string{"answer/noticing"}},
	{"liveness.keepalive.", []string{"kernel"}},
	{"liveness.user_timeout", []string{"kernel"}},
	{"timeouts.connect", []string{"phase/connect", "band/Connect"}},
	{"timeouts.greeting", []string{"phase/greeting", "band/Greeting"}},
	{"timeouts.login", []string{"phase/login", "band/Login", "band/Getting ready"}},
	{"timeouts.ready", []string{"phase/wait", "answer/commands"}},
	{"timeouts.reply", []string{"phase/reply", "waits", "band/Closing"}},
	{"timeouts.write", []string{"phase/write"}},
	{"timeouts.frame", []string{"phase/frame"}},
	{"reconnect.", []string{"band/Lost"}},
	{"reconnect.initial", []string{"backoff"}},
	{"reconnect.factor", []string{"backoff"}},
	{"reconnect.max", []string{"backoff"}},
	{"reconnect.jitter", []string{"backoff"}},
	{"reconnect#", []string{"answer/reconnecting"}},
	{"replies.", []string{"band/Ready"}},
	{"unexpected.", []string{"band/Ready", "answer/messages"}},
}

// fateful are the rules about what becomes of a command whose link dies.
var fateful = []string{"repeated-now", "repeated-no-more", "lasting-changed"}

// elsewhere is where else a change shows.
func elsewhere(c breaking.Change) (places []string) {
	path := where(c.Path)
	for _, a := range also {
		within := strings.HasSuffix(a.path, ".") || strings.HasSuffix(a.path, "#")
		if path == a.path || strings.HasPrefix(path, a.path) && (within || strings.ContainsRune(".[#", rune(path[len(a.path)]))) {
			places = append(places, a.places...)
		}
	}
	if rest, ok := strings.CutPrefix(path, "reconnect#down-"); ok {
		places = append(places, "load/"+rest)
	}
	if strings.HasPrefix(path, "commands.") && slices.Contains(fateful, c.ID) {
		places = append(places, "answer/commands")
	}
	if strings.HasPrefix(path, "messages.") && (strings.HasPrefix(c.ID, "event-") || c.ID == "message-dropped") {
		places = append(places, "answer/messages")
	}
	return places
}

// where is a path in the document without the sign of its root.
func where(path string) string { return strings.TrimPrefix(path, "$.") }

// pointer leads from what has changed with something to that.
type pointer struct {
	Kind     breaking.Kind
	At, Path string
}

// markElsewhere marks what has changed with something else.
func (b *builder) markElsewhere(changes []breaking.Change) {
	for _, c := range changes {
		p := pointer{c.Kind, b.thing(c), where(c.What())}
		if p.At == "" || c.Kind == breaking.Version {
			continue
		}
		for _, place := range elsewhere(c) {
			same := func(other pointer) bool { return other.Path == p.Path }
			if !slices.ContainsFunc(b.pointers[place], same) {
				b.pointers[place] = append(b.pointers[place], p)
			}
		}
	}
}

// comebackID is the id of an outage, as a change calls it.
func comebackID(c explain.Comeback) string {
	how := "down-"
	if c.Silent {
		how = "silent-"
	}
	return "reconnect#" + how + quantity.Duration(time.Duration(c.Outage))
}

func loadPlace(r explain.Restart) string { return "load/" + quantity.Duration(time.Duration(r.Outage)) }

package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/linewright/linewright/spec/internal/alone"
)

// TestAChangeIsMarkedWhereItShows, not only where it was made: each number in all
// places that it changes, and nothing where none did.
func TestAChangeIsMarkedWhereItShows(t *testing.T) {
	alone.Skip(t)
	for _, test := range []struct{ vendor, old, now, path, places string }{
		{"nut", "every: 20s", "every: 25s", "liveness.probe.every", "band/Ready|answer/noticing"},
		{"nut", "every: 20s", "every: 25s", "liveness.keepalive.idle", "band/Ready|answer/noticing|kernel"},
		{"nut", "reply: 10s", "reply: 9s", "timeouts.reply", "band/Closing|phase/reply|waits"},
		{"nut", "reply: 10s", "reply: 9s", "timeouts.ready", "phase/wait|answer/commands"},
		{"nut", "connect: 5s", "connect: 6s", "timeouts.connect", "band/Connect|phase/connect"},
		{"nut", "initial: 500ms", "initial: 2s", "reconnect.initial", "band/Lost|backoff"},
		{"nut", "initial: 500ms", "initial: 2s", "reconnect", "answer/reconnecting|load/1s"},
		{"acme", "message: event", "message: drop", "unexpected.message", "band/Ready|answer/messages"},
	} {
		t.Run(test.vendor+" "+test.path, func(t *testing.T) {
			t.Parallel()
			old := documents(t)[test.vendor]
			now := []byte(strings.Replace(string(old), test.old, test.now, 1))
			require.NotEqual(t, old, now)
			data := render(t, now, against(t, old, now))
			requireSound(t, data)
			require.ElementsMatch(t, strings.Split(test.places, "|"), pointing(t, data, test.path))
		})
	}
}

// pointing are the places that say that a path has changed; what stands there is marked.
func pointing(t testing.TB, data []byte, path string) (places []string) {
	t.Helper()
	for _, e := range elements(t, data) {
		if e.attrs["class"] != "also" || !slices.Contains(strings.Fields(e.text()), path) {
			continue
		}
		places = append(places, e.attrs["data-place"])
		require.True(t, within(e.Parent, "changed"), "%s is marked", e.attrs["data-place"])
	}
	return places
}

// within reports whether an element, or one that it is in, has a class.
func within(n *html.Node, class string) bool {
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if a.Key == "class" && slices.Contains(strings.Fields(a.Val), class) {
				return true
			}
		}
	}
	return false
}

package page_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/breaking"
)

// card is the review's answer.
func card(t testing.TB, data []byte) element {
	t.Helper()
	for _, e := range elements(t, data) {
		if e.attrs["class"] == "answer" && strings.Contains(e.text(), "What does this change break?") {
			return e
		}
	}
	t.Fatal("no such answer")
	return element{}
}

// TestTheReviewSaysWhom it breaks: devices first, each change once, the version before
// all, and Go's names only as a number.
func TestTheReviewSaysWhom(t *testing.T) {
	old := documents(t)["acme"]
	now := strings.NewReplacer(
		"max: 4KiB", "max: 2KiB", "  get_name:", "  ask_name:", "every: 10s, timeout: 5s", "every: 5s, timeout: 4s",
	).Replace(string(old))
	r := against(t, old, []byte(now))
	r.Changes = breaking.Join(r.Changes, []breaking.Change{
		{ID: "symbol-removed", Path: "(*Client).Old", Message: "gone", Kind: breaking.Breaking, For: []breaking.Party{breaking.API}, Fingerprint: "0123456789ab"},
		{ID: "both", Path: "$.endpoint.tls", Message: "TLS is another", Kind: breaking.Breaking, For: []breaking.Party{breaking.API, breaking.Device}, Fingerprint: "0123456789ac"},
	})
	data := render(t, []byte(now), r)
	requireSound(t, data)
	text := card(t, data).text()
	require.Regexp(t, `^What does this change break\? Version 1\.0\.0 must become 2\.0\.0 or higher\. 4 of \d+ changes break something\. For devices `, text)
	devices, programs, found := strings.Cut(text, "For programs")
	require.True(t, found, text)
	require.Contains(t, devices, "a frame of more than 2 KiB is refused; it might have 4 KiB")
	require.Contains(t, devices, "a device must answer the heartbeat within 4 s, and had 5 s")
	require.Contains(t, devices, "TLS is another (and for programs)")
	require.Contains(t, programs, "renamed: get_name is now ask_name")
	require.NotContains(t, programs, "TLS is another", "it has been said")
	require.NotContains(t, text, "(*Client)")
	require.Contains(t, text, "for Go programs one name of the generated package")
	require.NotContains(t, text, "$.version")
}

// TestAVersionThatGoesBack is a change, though nothing else is.
func TestAVersionThatGoesBack(t *testing.T) {
	old := documents(t)["acme"]
	now := []byte(strings.Replace(string(old), "version: 1.0.0", "version: 0.9.0", 1))
	data := render(t, now, against(t, old, now))
	require.Contains(t, card(t, data).text(), "Version 0.9.0 must become 1.0.0 or higher. Nothing else has changed.")
}

// TestHexStaysFolded: fingerprints and Go's names are there for those who ask.
func TestHexStaysFolded(t *testing.T) {
	old := documents(t)["acme"]
	now := []byte(strings.Replace(string(old), "  get_name:", "  ask_name:", 1))
	r := against(t, old, now)
	r.Changes = breaking.Join(r.Changes, []breaking.Change{{ID: "symbol-removed", Path: "(*Client).Old", Message: "gone", Kind: breaking.Breaking, For: []breaking.Party{breaking.API}, Fingerprint: "0123456789ab"}})
	hex := regexp.MustCompile(`\b[0-9a-f]{12}\b`)
	var folded []string
	for _, e := range elements(t, render(t, now, r)) {
		switch {
		case e.Data == "details" && e.attrs["class"] == "fold":
			_, open := e.attrs["open"]
			require.False(t, open)
			folded = append(folded, e.text())
		case slices.Contains([]string{"td", "th", "li", "p", "h3"}, e.Data):
			require.NotRegexp(t, hex, e.text())
		}
	}
	require.Len(t, folded, 2)
	require.Contains(t, folded[0], "(*Client).Old")
	require.Contains(t, folded[1], "{fingerprint: 0123456789ab, reason: } # (*Client).Old: symbol-removed")
}

// TestARenameIsMarkedWhereItIs: at what has the name now.
func TestARenameIsMarkedWhereItIs(t *testing.T) {
	old := documents(t)["acme"]
	now := []byte(strings.Replace(string(old), "  get_name:", "  ask_name:", 1))
	for _, e := range elements(t, render(t, now, against(t, old, now))) {
		if e.attrs["id"] == "commands.ask_name" && e.Data == "article" {
			require.Contains(t, e.text(), "breaking renamed: get_name is now ask_name")
			return
		}
	}
	t.Fatal("no such card")
}

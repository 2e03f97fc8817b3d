package breaking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/breaking"
)

// TestGoNames: what the document renames has another name in Go, and is not gone; what
// only looks alike is.
func TestGoNames(t *testing.T) {
	now := edit{`set: {send: "SET`, `put_down: {send: "SET`, "alive: {send: \"ALIVE\"", "awake: {send: \"AWAKE\""}.apply(t, before)
	got := map[string]string{}
	for _, c := range compare(t, before, now) {
		if c.OfGo() {
			got[c.Path] = c.ID
		}
	}
	require.Equal(t, "symbol-renamed", got["(*Client).Set"])
	require.Equal(t, "symbol-renamed", got["SetRequest"])
	require.NotContains(t, got, "(*Client).PutDown", "it is the one that was renamed")
	require.NotContains(t, got, "PutDownRequest")
	require.Equal(t, "symbol-removed", got["(*Client).Alive"], "the wire differs, so it is another command")
	require.Equal(t, "symbol-added", got["(*Client).Awake"])

	changed := compare(t, before, edit{`"SET {n:uint8}"`, `"SET {n:uint16}"`}.apply(t, before))
	var ids []string
	for _, c := range changed {
		if c.OfGo() {
			ids = append(ids, c.ID)
		}
	}
	require.Contains(t, ids, "symbol-changed")
}

// TestGoNamesOfSeveral: a command and its reply have other names at once, and what else
// begins like them, or is called so in lower case, has none.
func TestGoNamesOfSeveral(t *testing.T) {
	for name, tt := range map[string]struct {
		edits edit
		want  map[string]string
	}{
		"a command and its reply": {
			edit{`get: {send: "GET", reply: level`, `fetch: {send: "GET", reply: gauge`, "level: {receive", "gauge: {receive", "{do: get}", "{do: fetch}"},
			map[string]string{"(*Client).Get": "(*Client).Fetch", "GetRequest": "FetchRequest", "Level": "Gauge"},
		},
		"each begins like the other": {
			edit{`get: {send: "GET", reply: level`, `level: {send: "GET", reply: get_level`, "level: {receive", "get_level: {receive", "{do: get}", "{do: level}"},
			map[string]string{"(*Client).Get": "(*Client).Level", "GetRequest": "LevelRequest", "Level": "GetLevel"},
		},
		"an argument of the old name": {
			edit{"finish: {send", "stop: {send", "level: {receive", "gauge: {receive", "reply: level", "reply: gauge"},
			map[string]string{"(*Client).Finish": "(*Client).Stop", "FinishRequest": "StopRequest", "Level": "Gauge"},
		},
		"a command and a message of one name": {
			edit{"  ask: {send", "  query: {send", "told: {receive", "ask: {receive", "reply: told", "reply: ask"},
			map[string]string{"(*Client).Ask": "(*Client).Query", "AskRequest": "QueryRequest", "Told": "Ask"},
		},
		"a reply that begins like its command": {
			edit{"  ask: {send", "  tol: {send"},
			map[string]string{"(*Client).Ask": "(*Client).Tol", "AskRequest": "TolRequest"},
		},
	} {
		got := map[string]string{}
		for _, c := range compare(t, before, tt.edits.apply(t, before)) {
			if c.ID == "symbol-renamed" {
				got[c.Old] = c.New
			}
			require.NotContains(t, []string{"symbol-removed", "symbol-added"}, c.ID, "%s: %s", name, c.Path)
		}
		require.Equal(t, tt.want, got, name)
	}
	told := edit{"  ask: {send", "  tol: {send"}.apply(t, before)
	var back []string
	for _, c := range compare(t, told, before) {
		if c.OfGo() {
			back = append(back, c.ID)
		}
	}
	require.Equal(t, []string{"symbol-renamed", "symbol-renamed"}, back, "told begins with tol, and is not it")
}

// TestSplit: what is of Go is apart, and the version is neither.
func TestSplit(t *testing.T) {
	changes := []breaking.Change{{Path: "$.version", Kind: breaking.Version}, {Path: "$.commands.a"}, {Path: "(*Client).A"}}
	document, ofGo := breaking.Split(changes)
	require.Equal(t, changes[1:2], document)
	require.Equal(t, changes[2:], ofGo)
}

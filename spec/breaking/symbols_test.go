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

// TestSplit: what is of Go is apart, and the version is neither.
func TestSplit(t *testing.T) {
	changes := []breaking.Change{{Path: "$.version", Kind: breaking.Version}, {Path: "$.commands.a"}, {Path: "(*Client).A"}}
	document, ofGo := breaking.Split(changes)
	require.Equal(t, changes[1:2], document)
	require.Equal(t, changes[2:], ofGo)
}

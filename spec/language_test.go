package spec_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/language"
)

// TestLanguageHasTheLoadersKeys: package language says of each map what the loader
// knows of it: which keys it may have, and which it must. Documents of the test
// data and of the reference show each map at least once.
func TestLanguageHasTheLoadersKeys(t *testing.T) {
	want := map[string][]string{}
	for _, c := range language.Constructs() {
		for _, k := range c.All() {
			want[c.Name] = append(want[c.Name], strings.TrimSpace(k.Name+" "+required(k.Required)))
		}
	}
	seen := map[string]bool{}
	for _, doc := range seeds(t) {
		spec.Keys([]byte(doc), func(path string, keys []spec.Key) {
			c := constructAt(path, keys)
			require.NotNil(t, c, "package language has no map at %s", path)
			name := c.Name
			var have []string
			for _, k := range keys {
				have = append(have, strings.TrimSpace(k.Name+" "+required(k.Required)))
			}
			require.ElementsMatch(t, want[name], have, "%s, read at %s", name, path)
			seen[name] = true
		})
	}
	for name := range want {
		require.True(t, seen[name], "no document shows %s", name)
	}
}

// TestLanguageHasTheLoadersTypes: and so of types.
func TestLanguageHasTheLoadersTypes(t *testing.T) {
	var names []string
	for _, w := range language.Builtins {
		names = append(names, w.Word)
	}
	require.Equal(t, spec.Builtins(), names)
}

// step is a part of a path: a key, or the number of an item.
var step = regexp.MustCompile(`\.([\w-]+)|\["((?:[^"\\]|\\.)*)"\]|\[\d+\]`)

// constructAt is what package language says of the map that the loader reads at a
// path with these keys. Where a map on the way may be of several constructs, it is
// one that has the next key.
func constructAt(path string, keys []spec.Key) *language.Construct {
	at := []*language.Form{language.Root}
	for _, m := range step.FindAllStringSubmatch(path, -1) {
		var next []*language.Form
		for _, f := range at {
			if m[1]+m[2] == "" {
				next = append(next, f.Items())
				continue
			}
			if of := f.Entries(); of != nil {
				next = append(next, of)
			}
			for _, c := range f.Maps() {
				if k, ok := c.Key(m[1] + m[2]); ok {
					next = append(next, k.Form)
				}
			}
		}
		at = next
	}
	var maps []*language.Construct
	for _, f := range at {
		maps = append(maps, f.Maps()...)
	}
	return language.Told(maps, func(name string) bool { return slices.Contains(keys, spec.Key{Name: name, Required: true}) })
}

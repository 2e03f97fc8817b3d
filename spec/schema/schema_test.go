package schema_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/internal/samples"
	"github.com/linewright/linewright/spec/schema"
)

// compiled is the schema, which must be one: the library holds it to draft-07.
func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSON()))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("linewright.json", doc))
	s, err := c.Compile("linewright.json")
	require.NoError(t, err)
	return s
}

func all(t testing.TB) []samples.Document {
	t.Helper()
	docs, err := samples.All("../..")
	require.NoError(t, err)
	require.NotEmpty(t, docs)
	return docs
}

// seen are the rules of which a schema sees what the loader does, but for what
// isSeen leaves out. It sees more: some names that nothing has, for instance, are
// no names at all.
var seen = []string{
	"unknown-key", "missing-key", "kind", "word", "bool", "unit", "duration", "size", "percent", "version",
	"integer", "number", "go-name", "type-kind", "step-form", "example-form", "escape-form",
}

// loaded are the findings of a document, and the tree that an editor reads; none
// where it is no YAML, or so large that it is not read to its end.
func loaded(source string) (findings []spec.Finding, tree *document.Node, ok bool) {
	_, findings = spec.Load("it.yaml", []byte(source))
	list := report.NewList("it.yaml", []byte(source))
	tree = document.Load([]byte(source), list)
	return findings, tree, tree != nil && list.Len() == 0
}

// TestSchemaAgreesWithTheLoader: on every document at hand, of vendors, of the test
// data and of the reference.
func TestSchemaAgreesWithTheLoader(t *testing.T) {
	s := compiled(t)
	right, wrong := 0, 0
	for _, doc := range all(t) {
		findings, tree, ok := loaded(doc.Text)
		if !ok {
			continue
		}
		if agree(t, s, doc.Name+"\n"+doc.Text, tree, findings) {
			right++
		} else {
			wrong++
		}
	}
	t.Logf("%d documents that a schema has nothing to say about, %d others", right, wrong)
	require.Greater(t, right, 200)
	require.Greater(t, wrong, 25)
}

// agree holds the schema to the loader's findings about a document. It reports
// whether the schema accepts the document.
func agree(t *testing.T, s *jsonschema.Schema, source string, tree *document.Node, findings []spec.Finding) bool {
	t.Helper()
	err := s.Validate(value(tree))
	var places [][]string
	if err != nil {
		places = placesOf(err)
	}
	for _, f := range findings {
		if isSeen(f, tree) && !isAt(pointer(f.Path), places) {
			t.Errorf("the schema says nothing near %s: %s [%s]\n%v\n%s", f.Path, f.Message, f.Rule, err, source)
		}
	}
	near := func(f spec.Finding) bool { return isInSameThing(pointer(f.Path), places) }
	if err != nil && !slices.ContainsFunc(findings, near) {
		t.Errorf("the schema refuses what the loader has nothing to say about:\n%v\n%v\n%s", err, findings, source)
	}
	return err == nil
}

// isSeen reports whether a schema can know of a finding: not what depends on a
// field's type or on another command, nor where the loader is strict about the
// notation of a number or a boolean that editors read. What is below a slip in a
// key is not known to editors, either.
func isSeen(f spec.Finding, tree *document.Node) bool {
	path := pointer(f.Path)
	_, found := nodeAt(tree, path[:max(0, len(path)-1)])
	if !found || !slices.Contains(seen, f.Rule) || strings.HasSuffix(f.Message, "where a value is wanted") || strings.Contains(f.Message, "has no reply") {
		return false
	}
	n, _ := nodeAt(tree, path)
	switch v := value(n).(type) {
	case bool:
		return f.Rule != "bool" && f.Rule != "word"
	case json.Number:
		n, err := v.Float64()
		return !(f.Rule == "number" || f.Rule == "integer" && err == nil && n == math.Trunc(n))
	}
	return true
}

// nodeAt is what is at a place; nothing where there is none.
func nodeAt(n *document.Node, path []string) (at *document.Node, found bool) {
	for _, step := range path {
		if e := n.Get(step); e != nil {
			n = e.Value
		} else if i, err := strconv.Atoi(step); err == nil && i < len(n.Items) {
			n = n.Items[i]
		} else {
			return &document.Node{}, false
		}
	}
	return n, true
}

// anywhere begins the place of a key that is no name: the library does not say
// where that is.
const anywhere = "…"

// placesOf are the places of all that a validator complains about.
func placesOf(err error) [][]string {
	var places [][]string
	var visit func(e *jsonschema.ValidationError)
	visit = func(e *jsonschema.ValidationError) {
		if names, ok := e.ErrorKind.(*kind.PropertyNames); ok {
			places = append(places, []string{anywhere, names.Property})
			return
		}
		if len(e.Causes) == 0 {
			places = append(places, e.InstanceLocation)
		}
		for _, cause := range e.Causes {
			visit(cause)
		}
	}
	visit(err.(*jsonschema.ValidationError))
	return places
}

// isAt reports whether a place is among others, or that of the map or list around
// it is.
func isAt(place []string, places [][]string) bool {
	around := place[:max(0, len(place)-1)]
	return slices.ContainsFunc(places, func(p []string) bool {
		if len(p) == 2 && p[0] == anywhere {
			return slices.Contains(place, p[1])
		}
		return slices.Equal(p, place) || slices.Equal(p, around) || len(p) > len(place) && slices.Equal(p[:len(place)], place)
	})
}

// isInSameThing reports whether a place is in the same message, command or the like
// as one of others: of what has a mistake, the loader may not read the rest.
func isInSameThing(place []string, places [][]string) bool {
	return slices.ContainsFunc(places, func(p []string) bool {
		n := min(2, len(place), len(p))
		return n > 0 && p[0] == anywhere || slices.Equal(p[:n], place[:n])
	})
}

// pointer is a finding's path in steps: $.a["b c"][3] is a, b c, 3.
func pointer(path string) []string {
	steps := []string{}
	for path = strings.TrimPrefix(path, "$"); path != ""; {
		switch {
		case path[0] == '.':
			end := strings.IndexAny(path[1:], ".[")
			if end < 0 {
				end = len(path) - 1
			}
			steps, path = append(steps, path[1:end+1]), path[end+1:]
		case strings.HasPrefix(path, `["`):
			text, err := strconv.QuotedPrefix(path[1:])
			if err != nil {
				return steps
			}
			key, _ := strconv.Unquote(text)
			steps, path = append(steps, key), path[len(text)+2:]
		default:
			index, rest, _ := strings.Cut(path[1:], "]")
			steps, path = append(steps, index), rest
		}
	}
	return steps
}

// TestSchemaIsTheSameEachTime: a file made of it does not change by itself.
func TestSchemaIsTheSameEachTime(t *testing.T) {
	require.Equal(t, string(schema.JSON()), string(schema.JSON()))
	require.True(t, json.Valid(schema.JSON()))
	require.Less(t, len(schema.JSON()), 200<<10)
}

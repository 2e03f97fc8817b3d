package spec_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/samples"
)

// seeds are all documents at hand.
func seeds(t testing.TB) []string {
	all, err := samples.All("..")
	require.NoError(t, err)
	var out []string
	for _, doc := range all {
		out = append(out, doc.Text)
	}
	return out
}

// tokens are what mutations put in.
var tokens = []string{
	"{x:word}", "{#x}", "{x}", "{? {x:word}}", "\\n", "{", "}", "'", "null", "[]", "{}", "true", "1", "none", "list(Arg)", "Arg", "secret(Arg)",
	"{x:bytes}", "{x:list(Arg)}", "{x:text}", "300", "-1", "ok", "event: true, ", "optional: true, ", "{_:word}", "{CR}", "{NOEOL}", "layout",
}

// mutate changes a few places of a document: a token more, a piece less, or a
// piece of another document.
func mutate(r *rand.Rand, doc, other string) string {
	for range 1 + r.IntN(4) {
		at := r.IntN(len(doc) + 1)
		switch r.IntN(4) {
		case 0:
			doc = doc[:at] + tokens[r.IntN(len(tokens))] + doc[at:]
		case 1:
			end := min(len(doc), at+r.IntN(20))
			doc = doc[:at] + doc[end:]
		case 2:
			from := r.IntN(len(other))
			doc = doc[:at] + other[from:min(len(other), from+r.IntN(30))] + doc[at:]
		case 3: // swap two lines
			lines := strings.Split(doc, "\n")
			i, j := r.IntN(len(lines)), r.IntN(len(lines))
			lines[i], lines[j] = lines[j], lines[i]
			doc = strings.Join(lines, "\n")
		}
	}
	return doc
}

// TestMutations: whatever is done to a document, it is a protocol or has
// findings, and a protocol can be run; nothing panics.
func TestMutations(t *testing.T) {
	docs := seeds(t)
	r := rand.New(rand.NewPCG(3, 4))
	rules := map[string]bool{}
	for i := range 4000 {
		doc := mutate(r, docs[i%len(docs)], docs[r.IntN(len(docs))])
		p, findings := spec.Load("mutated.yaml", []byte(doc))
		require.Equal(t, p == nil, len(findings) > 0, doc)
		if p != nil {
			_, err := dynamic.Open(p)
			require.NoError(t, err, doc)
		}
		for _, f := range findings {
			rules[f.Rule] = true
			require.NotEmpty(t, f.Message, doc)
		}
	}
	require.Greater(t, len(rules), 40, "mutations should break many rules")
}

package box

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/internal/samples"
	"github.com/linewright/linewright/spec/model"
)

// TestRandomValues: of all documents at hand, random values of each message and command, as
// they are written, and what becomes of them when bytes are changed, read alike.
func TestRandomValues(t *testing.T) {
	alone.Skip(t)
	docs, err := samples.All("../../..")
	require.NoError(t, err)
	page := open(t)
	r := rand.New(rand.NewPCG(5, 6))
	frames, protocols := 0, 0
	for _, doc := range docs {
		p, findings := spec.Load(doc.Name, []byte(doc.Text))
		if len(findings) > 0 || p == nil {
			continue
		}
		if _, err := Plan(p, nil); err != nil {
			continue // this version cannot run it
		}
		t.Run(doc.Name, func(t *testing.T) {
			w := newTwins(t, page, p)
			w.random(r, p)
			w.compare()
			frames += w.total
			protocols++
		})
	}
	require.Greater(t, protocols, 100)
	t.Log(frames, "frames of", protocols, "documents")
}

const rounds = 12

func (w *twins) random(r *rand.Rand, p *model.Protocol) {
	for direction, templates := range w.sides {
		f := w.framings[direction]
		for i, tpl := range templates {
			for range rounds {
				values := codectest.Values(r, tpl.Fields)
				frame, err := codec.Append(nil, &f, tpl, values)
				if err != nil {
					continue
				}
				content := f.Of(tpl.Frame).Content(frame)
				w.add(direction, i, content)
				w.add(direction, i, altered(r, content))
				w.add(direction, i, content[:r.IntN(len(content)+1)])
				w.add(direction, i, []byte(strings.ReplaceAll(string(content), "0", "00")))
			}
		}
	}
}

// TestCorpora: what fuzzing has found to be of interest reads alike, as each message of
// documents that have every construct.
func TestCorpora(t *testing.T) {
	alone.Skip(t)
	page := open(t)
	found := append(corpora(t), fuzzed(t)...)
	total := 0
	for name, p := range documents(t) {
		t.Run(name, func(t *testing.T) {
			w := newTwins(t, page, p)
			r := rand.New(rand.NewPCG(7, 8))
			for direction, templates := range w.sides {
				for _, frame := range found {
					if len(templates) > 0 {
						w.add(direction, r.IntN(len(templates)), frame)
					}
				}
			}
			w.compare()
			total += w.total
		})
	}
	t.Log(total, "frames")
}

// fuzzed are the corpora of the codecs that are not the runtime's.
func fuzzed(t *testing.T) (all [][]byte) {
	t.Helper()
	paths, err := filepath.Glob("../../internal/codec/testdata/fuzz/*/*")
	require.NoError(t, err)
	more, err := filepath.Glob("../../../generated/*/testdata/fuzz/*/*")
	require.NoError(t, err)
	for _, path := range append(paths, more...) {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range corpusBytes.FindAllStringSubmatch(string(data), -1) {
			text, err := strconv.Unquote(m[1])
			require.NoError(t, err, path)
			all = append(all, []byte(text))
		}
	}
	require.Greater(t, len(all), 200)
	return all
}

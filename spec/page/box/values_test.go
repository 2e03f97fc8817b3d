package box

import (
	"math/rand/v2"
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
		if _, err := Plan(p); err != nil {
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

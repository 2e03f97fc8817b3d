package dynamic_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
)

// FuzzOpen: a document without findings can be run, and however a stream is
// split, it is the same frames.
func FuzzOpen(f *testing.F) {
	for _, pattern := range []string{"../vendors/*.yaml", "../plan/testdata/*.yaml", "testdata/*.yaml"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(f, err)
		require.NotEmpty(f, paths)
		for _, path := range paths {
			source, err := os.ReadFile(path)
			require.NoError(f, err)
			var stream []byte
			p := open(f, path)
			for _, m := range p.Model().Messages {
				for _, e := range m.Examples {
					stream = append(append(stream, e.Wire...), p.Plan().Framing.SendEnd...)
				}
			}
			f.Add(source, stream)
		}
	}
	f.Fuzz(func(t *testing.T, source, stream []byte) {
		const long = 4 << 10
		m, findings := spec.Load("fuzz.yaml", source)
		if len(findings) > 0 || len(stream) > long {
			return
		}
		p, err := dynamic.Open(m)
		require.NoError(t, err)
		session.New(p.Plan(), session.Options{}) // panics on a plan that cannot work
		whole := decoded(t, p, stream, len(stream))
		require.Equal(t, whole, decoded(t, p, stream, 1), "byte by byte")
		require.Equal(t, whole, decoded(t, p, stream, 7), "in pieces")
	})
}

// decoded is what a client finds in a stream that comes in pieces of so many
// bytes, up to the first error.
func decoded(t *testing.T, p *dynamic.Protocol, stream []byte, piece int) (found []string) {
	framing := p.Plan().Framing
	d := wire.NewDecoder(&framing, wire.NewDispatch(received(p).shapes))
	var buf []byte
	for {
		f, consumed, need, err := d.Next(buf, every{})
		if err != nil {
			return append(found, err.Error())
		}
		buf = buf[consumed:]
		if need == 0 {
			require.Positive(t, consumed)
			found = append(found, fmt.Sprintf("%d %q", f.Message, f.Bytes))
			continue
		}
		if len(stream) == 0 {
			return found
		}
		n := min(max(piece, 1), len(stream))
		buf, stream = append(buf, stream[:n]...), stream[n:]
	}
}

// every expects every message.
type every struct{}

func (every) Expects(int) bool { return true }

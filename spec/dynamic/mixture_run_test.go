package dynamic_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/model"
)

var mixtures = flag.Int("mixtures", 1, "how many random documents of each kind TestMixtures makes")

var firstMixture = flag.Int("first-mixture", 0, "the number of the first document of each kind that TestMixtures makes")

// TestMixtures makes documents at random. What lint accepts becomes Go that
// compiles and agrees with the dynamic codec, and is found whole in a stream.
func TestMixtures(t *testing.T) {
	alone.Skip(t)
	if testing.Short() {
		t.Skip("compiles generated packages")
	}
	module := newModule(t)
	var names []string
	for _, kind := range mixtureKinds {
		for n := range *mixtures {
			m := newMixture(kind, uint64(*firstMixture+n), 15)
			p := m.accepts(m.types, m.commands)
			require.NotNil(t, p, "%s", m.source(m.types, m.commands))
			t.Run(m.name, func(t *testing.T) { aloneInStreams(t, p) })
			m.generate(t, p, module)
			names = append(names, m.name)
		}
	}
	compareAll(t, module, names)
}

// generate writes a mixture's package, with a function that compares it.
func (m *mixture) generate(t *testing.T, p *model.Protocol, module string) {
	dir := filepath.Join(module, m.name)
	require.NoError(t, os.Mkdir(dir, 0o700))
	source := m.source(m.types, m.commands)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "spec.yaml"), source, 0o600))
	files, problems := generator.Generate(p, generator.Options{Source: m.name + ".yaml", ImportPath: "differential/" + m.name})
	require.Empty(t, problems, "%s", source)
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o700))
		require.NoError(t, os.WriteFile(name, f.Data, 0o600))
	}
	code := differential(p.Name, nil, framesOf(t, files, "commands"), argsOf(files), false)
	code = strings.ReplaceAll(code, "dynamictest.Compare(", "dynamictest.CompareFrames(")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "compare.go"), []byte(code), 0o600))
}

// aloneInStreams is stream for each command by itself.
func aloneInStreams(t *testing.T, m *model.Protocol) {
	p, err := dynamic.Open(m)
	require.NoError(t, err)
	f := sent(p)
	framing := f.receiving(p)
	for i, template := range f.templates {
		r := rand.New(rand.NewPCG(7, uint64(i)))
		for range 200 {
			d := wire.NewDecoder(&framing, wire.NewDispatch(f.shapes[i:i+1]))
			want := codectest.Values(r, template.Fields)
			frame, err := codec.Append(nil, &framing, template, want)
			if err != nil {
				continue
			}
			got := next(t, d, frame, only{}, 1+r.IntN(len(frame)))
			require.Equal(t, 0, got.Message, "%q of %s", frame, template.Source)
			require.Equal(t, string(framing.Of(template.Frame).Content(frame)), string(got.Bytes), template.Source)
			values, err := codec.Parse(&framing, template, got.Bytes)
			require.NoError(t, err, "%q of %s", frame, template.Source)
			require.True(t, codec.Equal(want, values), "%s: %s, was %s", template.Source, values.Map(), want.Map())
		}
	}
}

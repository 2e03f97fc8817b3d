package spec_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
)

func TestVendorsLoad(t *testing.T) {
	names, err := filepath.Glob("vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		vendor := strings.TrimSuffix(filepath.Base(name), ".yaml")
		t.Run(vendor, func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			p, findings := spec.Load(name, data)
			require.Empty(t, findings)
			require.Equal(t, vendor, p.Name)
			requireDocs(t, p)
		})
	}
}

// requireDocs: what people read in generated code and on the review page says
// what it is.
func requireDocs(t *testing.T, p *model.Protocol) {
	t.Helper()
	documented := func(what string, n model.Named) { assert.NotEmpty(t, n.Doc, "%s %s", what, n.Name) }
	// A field may leave it to its type.
	explained := func(what string, f *model.Field) {
		if t := f.Type; t.Doc == "" && (t.Elem == nil || t.Elem.Doc == "") {
			documented(what, f.Named)
		}
	}
	documented("vendor", p.Named)
	for _, typ := range p.Types {
		documented("type", typ.Named)
	}
	for _, f := range p.Params {
		documented("parameter", f.Named)
	}
	for _, m := range p.Messages {
		documented("message", m.Named)
		for _, f := range m.Template.Fields {
			if f != m.ID {
				explained("message "+m.Name+" field", f)
			}
		}
	}
	for _, c := range p.Commands {
		documented("command", c.Named)
		for _, f := range c.Template.Fields {
			if !c.Private && f != c.ID {
				explained("command "+c.Name+" field", f)
			}
		}
	}
}

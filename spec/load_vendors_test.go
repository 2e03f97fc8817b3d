package spec_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
)

func TestVendorsLoad(t *testing.T) {
	for _, vendor := range []string{"acme", "redis", "nats", "beanstalkd", "pop3", "openvpn"} {
		t.Run(vendor, func(t *testing.T) {
			name := "vendors/" + vendor + ".yaml"
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
	documented := func(what string, n model.Named) { require.NotEmpty(t, n.Doc, "%s %s", what, n.Name) }
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
			documented("message "+m.Name+" field", f.Named)
		}
	}
	for _, c := range p.Commands {
		documented("command", c.Named)
		for _, f := range c.Template.Fields {
			if !c.Private {
				documented("command "+c.Name+" field", f.Named)
			}
		}
	}
}

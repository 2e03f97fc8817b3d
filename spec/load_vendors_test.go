package spec_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
)

func TestVendorsLoad(t *testing.T) {
	for _, vendor := range []string{"acme", "redis", "nats"} {
		t.Run(vendor, func(t *testing.T) {
			name := "vendors/" + vendor + ".yaml"
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			p, findings := spec.Load(name, data)
			require.Empty(t, findings)
			require.Equal(t, vendor, p.Name)
		})
	}
}

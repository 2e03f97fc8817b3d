package machine

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMachine(t *testing.T) {
	m := Machine{CPU: "a processor", Cores: 2, Kernel: "Linux 6.1", Go: "go1.26"}
	require.Equal(t, "2 cores, a processor, Linux 6.1, go1.26", m.String())
	require.Equal(t, "4 cores", Machine{Cores: 4}.String())
	this := This()
	require.Positive(t, this.Cores)
	require.Contains(t, this.Kernel, "Linux ")
	require.Contains(t, this.Go, "go")
}

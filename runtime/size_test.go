package runtime

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// TestAnIdleClientIsSmall: there may be thousands. The bounds are classes of the
// allocator.
func TestAnIdleClientIsSmall(t *testing.T) {
	for _, test := range []struct {
		what      string
		size, fit uintptr
	}{
		{"Client", unsafe.Sizeof(Client{}), 128},
		{"Client with its clock", unsafe.Sizeof(Client{}) + unsafe.Sizeof(clock{}), 192},
		{"link", unsafe.Sizeof(link{}), 64},
		{"socket", unsafe.Sizeof(socket{}), 48},
		{"reader", unsafe.Sizeof(reader{}), 96},
	} {
		t.Logf("%s: %d bytes", test.what, test.size)
		require.LessOrEqual(t, test.size, test.fit, test.what)
	}
}

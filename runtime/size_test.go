package runtime

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
)

// TestAnIdleClientIsSmall: there may be thousands. The bounds are classes of the
// allocator.
func TestAnIdleClientIsSmall(t *testing.T) {
	for _, test := range []struct {
		what      string
		size, fit uintptr
	}{
		{"Client with its session", unsafe.Sizeof(Client{}) + unsafe.Sizeof(session.Session{}), 416},
		{"and its clock", unsafe.Sizeof(Client{}) + unsafe.Sizeof(session.Session{}) + unsafe.Sizeof(clock{}), 480},
		{"link", unsafe.Sizeof(link{}), 64},
		{"socket", unsafe.Sizeof(socket{}), 48},
		{"reader", unsafe.Sizeof(reader{}), 96},
	} {
		t.Logf("%s: %d bytes", test.what, test.size)
		require.LessOrEqual(t, test.size, test.fit, test.what)
	}
}

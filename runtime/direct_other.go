//go:build !unix

package runtime

import (
	"errors"
	"syscall"
)

// canWriteDirectly: a write inside RawConn.Write could block here, so that a
// goroutine writes.
const canWriteDirectly = false

// direct is never made here.
type direct struct{}

func newDirect(syscall.RawConn) *direct { return nil }

func (*direct) write([]byte) (int, error) { return 0, errors.ErrUnsupported }

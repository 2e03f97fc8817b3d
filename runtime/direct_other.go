//go:build !unix

package runtime

import (
	"errors"
	"syscall"
)

// canGoDirect: a read or write inside a RawConn's functions could block here.
const canGoDirect = false

// direct is never made here.
type direct struct{ conn syscall.RawConn }

func (direct) write([]byte) (int, error) { return 0, errors.ErrUnsupported }

func (direct) read(*inbox) (int, error) { return 0, errors.ErrUnsupported }

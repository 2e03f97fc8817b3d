//go:build !linux

package runtime

// bare is never made here.
type bare struct{ kernel }

func (s *socket) stripped() *socket { return s }

//go:build !linux

package runtime

import "net"

// bare is never made here.
type bare struct{ kernel }

func stripped(tcp *net.TCPConn) net.Conn { return tcp }

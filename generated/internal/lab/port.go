package lab

import (
	"fmt"
	"net"
	"testing"
)

// Address is a loopback address that nothing listens on yet, for a server that
// wants to be told its port.
func Address(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Port is the port of an address.
func Port(t testing.TB, address string) string {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(fmt.Errorf("address of a server: %w", err))
	}
	return port
}

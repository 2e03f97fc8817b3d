package lab

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// Address is a loopback address that nothing listens on yet, for a server that
// wants to be told its port. The port is below those that systems give to
// outgoing connections: while the server is down, nobody else gets it, and a
// client that dials it cannot be connected to itself. A datagram socket of the
// same number keeps other tests away until this one ends: servers take their
// time before they listen.
func Address(t testing.TB) string {
	t.Helper()
	return free(t, datagrams, stream)
}

// DatagramAddress is an Address for a server that takes datagrams.
func DatagramAddress(t testing.TB) string {
	t.Helper()
	return free(t, stream, datagrams)
}

// free is an address that is kept by one kind of socket, and free for another.
func free(t testing.TB, keep, leave func(address string) (io.Closer, error)) string {
	t.Helper()
	const first, count, tries = 20_000, 10_000, 100
	for range tries {
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(first+rand.IntN(count)))
		ours, err := keep(address)
		if err != nil {
			continue
		}
		theirs, err := leave(address)
		if err != nil {
			_ = ours.Close()
			continue
		}
		_ = theirs.Close()
		t.Cleanup(func() { _ = ours.Close() })
		return address
	}
	t.Fatalf("no free port in %d tries", tries)
	return ""
}

func stream(address string) (io.Closer, error)    { return net.Listen("tcp", address) }
func datagrams(address string) (io.Closer, error) { return net.ListenPacket("udp", address) }

// Port is the port of an address.
func Port(t testing.TB, address string) string {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(fmt.Errorf("address of a server: %w", err))
	}
	return port
}

package runtime

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// serveNames answers DNS queries on one connection, framed as over TCP: every
// name has the address in record.
func serveNames(conn net.Conn, record *atomic.Pointer[net.IP]) {
	defer conn.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(conn, size[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(conn, query); err != nil {
			return
		}
		end := 12 // of the question: labels, a zero, type and class
		for query[end] != 0 {
			end += 1 + int(query[end])
		}
		end += 5
		answer := append([]byte(nil), query[:end]...)
		copy(answer[2:], []byte{0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}) // a response; one question
		if kind := binary.BigEndian.Uint16(query[end-4:]); kind == 1 {
			answer[7] = 1                                                   // one answer
			answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4) // the same name, A, IN, TTL 0
			answer = append(answer, record.Load().To4()...)
		}
		_, _ = conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...))
	}
}

// TestNameThatMoves: a name is resolved at each dial, so the client follows it
// to another address.
func TestNameThatMoves(t *testing.T) {
	var record atomic.Pointer[net.IP]
	move := func(ip string) {
		parsed := net.ParseIP(ip)
		record.Store(&parsed)
	}
	resolver := net.DefaultResolver
	defer func() { net.DefaultResolver = resolver }()
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go serveNames(theirs, &record)
		return ours, nil
	}}

	plan := plantest.Acme()
	plan.Reconnect.Initial, plan.Reconnect.Max = time.Millisecond, 50*time.Millisecond
	first, second := device.New(plan), device.New(plan)
	defer second.Close()
	answer(first, plan)
	answer(second, plan)
	addr, err := first.Listen("127.0.0.2:0")
	require.NoError(t, err)
	port := addr[strings.LastIndexByte(addr, ':'):]
	_, err = second.Listen("127.0.0.3" + port)
	require.NoError(t, err)

	move("127.0.0.2")
	c, err := Dial(t.Context(), plan, "device.example"+port, someone())
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, first.Close())
	move("127.0.0.3")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	require.NoError(t, second.Wait(ctx, func(h device.History) bool { return len(h.Commands("login")) == 1 }))
}

package device_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"time"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

func Example() {
	d := device.New(plantest.Acme())
	defer d.Close()
	d.Reply("login", "OK")
	d.Handle("read", func(r *device.Request) { r.Replyf("READING %s 21.5 C", r.Words()[1]) })

	conn, _ := d.Dialer()(context.Background(), "tcp", "unit:1234")
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	fmt.Fprint(conn, "LOGIN user secret\nREAD 3\n")
	for range 2 {
		lines.Scan()
		fmt.Println(lines.Text())
	}
	for _, r := range d.History().Commands("") {
		fmt.Println("the device received:", r.Command)
	}
	// Output:
	// OK
	// READING 3 21.5 C
	// the device received: login
	// the device received: read
}

// A black hole: the device stops reading and writing, and closes nothing.
func ExampleScope_BlackHole() {
	d := device.New(plantest.Acme())
	defer d.Close()
	d.Reply("heartbeat", "HEARTBEAT_ACK")
	addr, err := d.Listen("127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer conn.Close()

	d.BlackHole()
	fmt.Fprint(conn, "HEARTBEAT\n")
	_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	_, err = conn.Read(make([]byte, 1))
	fmt.Println("no ack:", err.(net.Error).Timeout())

	d.Heal()
	_ = conn.SetReadDeadline(time.Time{})
	lines := bufio.NewScanner(conn)
	lines.Scan()
	fmt.Println(lines.Text())
	// Output:
	// no ack: true
	// HEARTBEAT_ACK
}

package dynamic_test

import (
	"context"
	"fmt"
	"os"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
)

// A spec is loaded and spoken at once; here to a fake device in memory.
func Example() {
	data, err := os.ReadFile("../vendors/acme.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	model, findings := spec.Load("acme.yaml", data)
	if len(findings) > 0 {
		fmt.Println(findings)
		return
	}
	acme, err := dynamic.Open(model)
	if err != nil {
		fmt.Println(err)
		return
	}

	d := device.New(acme.Plan())
	defer d.Close()
	d.Reply("login", "OK")
	d.Reply("heartbeat", "HEARTBEAT_ACK")
	d.Handle("read", func(r *device.Request) { r.Replyf("READING %s 21.50 C", r.Words()[1]) })

	ctx := context.Background()
	c, err := acme.Dial(ctx, "10.0.0.7", dynamic.Map{"user": "u", "secret": "s"}, runtime.WithDialer(d.Dialer()))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()

	name, values, err := c.Call(ctx, "read", dynamic.Map{"channel": 3})
	fmt.Println(name, values, err)

	_, _, err = c.Call(ctx, "read", dynamic.Map{"chanel": 3})
	fmt.Println(err)
	// Output:
	// reading {channel: 3, value: 21.50, unit: celsius} <nil>
	// read: not sent: chanel: is not a field; there are channel
	// channel: is missing
}

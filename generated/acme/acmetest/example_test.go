package acmetest_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/acme/acmetest"
	"github.com/linewright/linewright/runtime/device"
)

var login = acme.Params{User: "eve", Secret: "s3cret"}

// A fake answers by itself; handlers say what is different.
func Example() {
	unit := acmetest.New()
	defer unit.Close()
	unit.HandleRead(func(r *acmetest.ReadRequest) {
		if r.Channel > 16 {
			r.ReplyFault(acme.Fault{Code: acme.FaultCodeNoSuchChannel, Text: "no such channel"})
			return
		}
		r.Default()
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := unit.Dial(ctx, login)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for _, channel := range []uint8{3, 17} {
		reading, err := c.Read(ctx, channel)
		fmt.Println(reading.Value, err)
	}
	fmt.Println("it was asked for", unit.ReceivedRead())
	// Output:
	// 21.50 <nil>
	// 0 acme: fault (code no_such_channel, text "no such channel")
	// it was asked for [{3} {17}]
}

// An event may be the consequence of a command: it goes to the one connection
// that the command came on.
func ExampleDevice_HandleSetLimits() {
	unit := acmetest.New()
	defer unit.Close()
	unit.HandleSetLimits(func(r *acmetest.SetLimitsRequest) {
		r.ReplyOK()
		r.EmitAlarm(acme.Alarm{ID: 17, Severity: acme.SeverityWarning, Active: true})
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := unit.Dial(ctx, login)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	events := c.Subscribe()
	defer events.Close()
	if err := c.SetLimits(ctx, 3, acme.Decimal{}, acme.Decimal{Coef: 10}); err != nil {
		log.Fatal(err)
	}
	for event := range events.Events(ctx) {
		if alarm, ok := event.(*acme.Alarm); ok {
			fmt.Println("alarm", alarm.ID, alarm.Severity)
			return
		}
	}
	// Output: alarm 17 WARNING
}

// Over TCP it serves any client, also one of another program.
func ExampleDevice_tcp() {
	unit := acmetest.New(device.WithHistory(1000))
	defer unit.Close()
	addr, err := unit.Listen("127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := acme.Dial(ctx, addr, login)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	device.RefuseLogin(unit.Next().Scope, &acme.Denied{})
	unit.Reset()
	<-c.Done()
	fmt.Println(errors.Is(c.Err(), acme.ErrRefused))
	// Output: true
}

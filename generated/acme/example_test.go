package acme_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/acme/acmetest"
)

// For most uses: dial, send commands, close. The unit here is a fake one in
// memory; one on the network is reached by acme.Dial, with its address.
func Example() {
	unit := acmetest.New()
	defer unit.Close()

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := unit.Dial(ctx, acme.Params{User: "eve", Secret: "s3cret"})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()

	r, err := c.Read(ctx, 3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("channel", r.Channel, "is", r.Value, r.Unit)
	// Output: channel 3 is 21.50 C
}

// A command fails in one of two ways: the unit answers with an error, which is
// a type of this package, or it does not answer, and the error says what is
// known of the command.
func ExampleError() {
	unit := acmetest.New()
	defer unit.Close()
	unit.HandleReset(func(r *acmetest.ResetRequest) {
		r.ReplyFault(acme.Fault{Code: acme.FaultCodeNotAllowed, Text: "not now"})
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := unit.Dial(ctx, acme.Params{User: "eve", Secret: "s3cret"})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()

	err = c.Reset(ctx)
	if fault := (*acme.Fault)(nil); errors.As(err, &fault) {
		fmt.Println("the unit says:", fault.Code, "-", fault.Text)
	}

	err = c.SetInterval(ctx, 3, 0)
	if e := (*acme.Error)(nil); errors.As(err, &e) && e.Fate == acme.NotSent {
		fmt.Println("not sent:", e.Err)
	}
	// Output:
	// the unit says: not_allowed - not now
	// not sent: interval: is not in 1..3600 (byte 11)
}

// Events come in the order in which the unit sent them. Each is valid until the
// next one; Clone keeps it.
func ExampleSubscription() {
	unit := acmetest.New()
	defer unit.Close()

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := unit.Dial(ctx, acme.Params{User: "eve", Secret: "s3cret"})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()

	events := c.Subscribe()
	defer events.Close()
	unit.EmitReading(acme.Reading{Channel: 3, Value: acme.Decimal{Coef: 2150, Scale: 2}, Unit: acme.UnitCelsius})
	unit.EmitAlarm(acme.Alarm{ID: 17, Severity: acme.SeverityCritical, Active: true, Text: acme.Some("Boiler")})
	for event := range events.Events(ctx) {
		switch event := event.(type) {
		case *acme.Reading:
			fmt.Println("reading", event.Channel, event.Value, event.Unit)
		case *acme.Alarm:
			fmt.Println("alarm", event.ID, event.Severity, event.Text.Or("without a name"))
			return
		}
	}
	// Output:
	// reading 3 21.50 C
	// alarm 17 CRITICAL Boiler
}

package runtime_test

import (
	"context"
	"fmt"
	"iter"
	"log"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// watched is what every generated client has, whoever the vendor is.
type watched interface {
	States(ctx context.Context) iter.Seq[runtime.StateChange]
}

// watch prints the states of any vendor's client, and calls ready when it is. In
// a real program the changes' times, errors and delays go to a log or a
// dashboard.
func watch(ctx context.Context, name string, c watched, ready func()) {
	for ch := range c.States(ctx) {
		switch ch.To {
		case runtime.Ready:
			fmt.Println(name, "is ready")
			ready()
		case runtime.Backoff:
			fmt.Println(name, "is lost, attempt", ch.Attempt, "to come")
		case runtime.Closed:
			fmt.Println(name, "is closed")
		}
	}
}

// Code that looks after clients of several vendors needs only this package.
func ExampleClient_States() {
	unit := device.New(acme.Plan())
	defer unit.Close()
	unit.Reply("login", "OK")

	c, err := acme.New("10.0.0.7", acme.Params{User: "eve", Secret: "s3cret"}, acme.WithDialer(unit.Dialer()))
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	running := make(chan error, 1)
	go func() { running <- c.Run(ctx) }()
	watch(context.Background(), "boiler", c, cancel) // a run that is canceled closes the client
	fmt.Println("run:", <-running)
	// Output:
	// boiler is ready
	// boiler is closed
	// run: context canceled
}

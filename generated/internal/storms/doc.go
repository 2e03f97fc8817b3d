// Package storms blows the storms of runtime/simulate/storm over the generated
// clients: their plans, their encoders and parsers, their keys and classes. The
// callers are those of a program that uses a client; in the simulated world its
// calls go to a simulated session (runtime.WithHost).
//
// Its command, simulate, is what `make simulate` runs.
package storms

import (
	"errors"

	"github.com/linewright/linewright/runtime/simulate/storm"
	"github.com/linewright/linewright/runtime/simulate/storm/handmade"
)

// Workloads are those of the generated clients, and the hand-made ones.
func Workloads() []*storm.Workload {
	return append([]*storm.Workload{Acme(), Redis(), Nats()}, handmade.Workloads()...)
}

// answered reports whether an error is the server's answer of type F.
func answered[F error](err error) bool {
	var f F
	return errors.As(err, &f)
}

package fleet

import (
	"context"

	"github.com/linewright/linewright/benchmarks/fleet/beat"
	"github.com/linewright/linewright/runtime"
)

// engine is generated clients that share an engine.
func engine(ctx context.Context, address string, n int) error {
	e := runtime.NewEngine()
	return spread(n, func() error {
		_, err := beat.Dial(ctx, address, runtime.WithEngine(e))
		return err
	})
}

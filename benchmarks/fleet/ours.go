package fleet

import (
	"context"
	"fmt"
	"sync"

	"github.com/linewright/linewright/benchmarks/fleet/beat"
)

// dialling is how many connect at a time, so that no listen queue overflows.
const dialling = 64

// ours is one generated client for each connection, as people write it.
func ours(ctx context.Context, address string, n int) error {
	return spread(n, func() error {
		_, err := beat.Dial(ctx, address)
		return err
	})
}

// spread does something n times, some of them at once.
func spread(n int, do func() error) error {
	var (
		group sync.WaitGroup
		mu    sync.Mutex
		first error
		left  = n
	)
	next := func() bool {
		mu.Lock()
		defer mu.Unlock()
		left--
		return left >= 0 && first == nil
	}
	for range dialling {
		group.Go(func() {
			for next() {
				if err := do(); err != nil {
					mu.Lock()
					first = fmt.Errorf("client %d: %w", n-left, err)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return first
}

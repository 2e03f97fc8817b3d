package main

import "github.com/linewright/linewright/cmd/internal/demo"

// demoCommand is `demo`.
type demoCommand struct{}

// Run tells the story; an interrupt ends it.
func (*demoCommand) Run(o *terminal) error {
	ctx, stop := interruptible()
	defer stop()
	return demo.Run(ctx, o.out)
}

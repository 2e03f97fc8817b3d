package main

import (
	"context"
	"io"

	"github.com/linewright/linewright/cmd/internal/demo"
)

// demoCommand is `demo`.
type demoCommand struct{}

// Run tells the story; an interrupt ends it, and so does an output that takes no more.
func (*demoCommand) Run(o *terminal) error {
	ctx, stop := interruptible()
	defer stop()
	told, cancel := context.WithCancel(ctx)
	defer cancel()
	err := demo.Run(told, &heard{o.out, cancel})
	if by := interrupted(ctx); by != nil {
		return by
	}
	return err
}

// heard is an output that says when nobody hears it any more.
type heard struct {
	io.Writer
	gone context.CancelFunc
}

func (h *heard) Write(data []byte) (int, error) {
	n, err := h.Writer.Write(data)
	if err != nil {
		h.gone()
	}
	return n, err
}

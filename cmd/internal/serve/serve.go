package serve

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"sync"

	"github.com/linewright/linewright/cmd/internal/fault"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// Config is what a device is to be.
type Config struct {
	Protocol *dynamic.Protocol
	Listen   string // "host:port"; port 0: any free one
	TLS      *tls.Config
	Faults   []fault.Fault // from the start
	Seed     uint64        // of what happens at random
	Events   []Repeated
	Control  io.Reader // lines to obey; nil: none
	Out      io.Writer // the address, and what the lines ask for
	Log      io.Writer // a line for whatever happens
}

// GrammarOf is the language of faults for a protocol's device.
func GrammarOf(p *dynamic.Protocol) fault.Grammar {
	g := fault.Grammar{}
	for _, c := range p.Model().Commands {
		g.Commands = append(g.Commands, c.Name)
	}
	if frame, ok := p.Refusal(); ok {
		g.Refusal = string(frame)
	}
	return g
}

// server is a device, and what surrounds it.
type server struct {
	protocol *dynamic.Protocol
	device   *device.Device
	injector *injector
	conns    *conns
	log      *log
	out      io.Writer
	seed     uint64
	repeated []context.CancelFunc // end what is sent again and again
	running  sync.WaitGroup
}

// Run serves until ctx ends, or a line of Control says quit. The end of Control
// is not the end of the device. The error is why it could not listen, or say where.
func Run(ctx context.Context, cfg Config) error {
	ctx, quit := context.WithCancel(ctx)
	defer quit()
	s := newServer(cfg)
	defer s.log.close()
	defer s.device.Close()
	for _, f := range cfg.Faults {
		s.injector.add(f) // before the first client can come
	}
	addr, err := s.device.Listen(cfg.Listen)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cfg.Out, "listening on %s\n", addr); err != nil {
		return err // nobody would know where
	}
	for _, r := range cfg.Events {
		s.repeat(ctx, r)
	}
	s.running.Go(func() { s.injector.run(ctx) })
	defer s.running.Wait()
	defer quit()
	s.obey(ctx, cfg.Control)
	return nil
}

// newServer makes one that nobody can reach yet.
func newServer(cfg Config) *server {
	s := &server{
		protocol: cfg.Protocol, out: cfg.Out, seed: cfg.Seed,
		conns: &conns{open: map[int]*conn{}}, log: newLog(cfg.Protocol, cfg.Log),
	}
	options := []device.Option{device.WithTrace(s.record)}
	if cfg.TLS != nil {
		options = append(options, device.WithTLS(cfg.TLS))
	}
	s.device = cfg.Protocol.Device(options...)
	s.injector = newInjector(s.device, cfg.Seed, s.log.note)
	s.device.Otherwise(func(r *device.Request) {
		s.injector.command()
		cfg.Protocol.Respond(r)
	})
	return s
}

// record takes what the device saw or did; it never blocks.
func (s *server) record(r device.Record) {
	s.conns.record(r)
	s.log.record(r)
}

package main

import (
	"crypto/tls"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/linewright/linewright/cmd/internal/fault"
	"github.com/linewright/linewright/cmd/internal/serve"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// serveCommand is `serve`.
type serveCommand struct {
	Listen string   `placeholder:"HOST:PORT" help:"Where to listen; port 0 is any free one. Default: 127.0.0.1 and the document's port."`
	Fault  []string `sep:"none" placeholder:"FAULT" help:"Misbehave so (see above); may be given several times."`
	Every  []string `sep:"none" placeholder:"'TIME MESSAGE'" help:"Send an event again and again, as in '1s reading channel=3'; may be given several times."`
	Seed   *uint64  `placeholder:"N" help:"Of what happens at random. Default: a new one, which is printed."`
	Cert   string   `placeholder:"FILE" help:"Speak TLS with this certificate chain (PEM)."`
	Key    string   `placeholder:"FILE" help:"Its private key (PEM)."`
	Spec   string   `arg:"" name:"SPEC" help:"A document; - is standard input."`
}

// Help is what --help says above the flags.
func (*serveCommand) Help() string {
	return `The device answers each command with its first reply: the message's first good example, with the fields that
the command echoes. What it sees and does is logged to standard error, without secrets. Lines on standard input
are obeyed: a fault, heal, emit MESSAGE, conns, history; help lists them.

` + fault.Help()
}

// Run serves until it is interrupted, or told to quit.
func (c *serveCommand) Run(o *terminal) error {
	protocol, err := o.open(c.Spec)
	if err != nil {
		return err
	}
	cfg, err := c.config(protocol)
	if err != nil {
		return usageError{err}
	}
	if cfg.TLS, err = c.tls(protocol.Model()); err != nil {
		return err
	}
	cfg.Out, cfg.Log = o.out, o.err
	if c.Spec != stdin {
		cfg.Control = o.in
	}
	if in, ok := o.in.(*os.File); ok && c.Spec != stdin && term.IsTerminal(in.Fd()) {
		o.note("a line is a fault, or heal, emit MESSAGE, conns, history; help explains them")
	}
	if c.Seed == nil && random(cfg.Faults) {
		o.note("seed %d", cfg.Seed)
	}
	ctx, stop := interruptible()
	defer stop()
	return serve.Run(ctx, cfg)
}

// config is what the flags ask for.
func (c *serveCommand) config(p *dynamic.Protocol) (serve.Config, error) {
	cfg := serve.Config{Protocol: p, Listen: c.Listen, Seed: rand.Uint64N(1_000_000)}
	if c.Seed != nil {
		cfg.Seed = *c.Seed
	}
	if cfg.Listen == "" {
		cfg.Listen = net.JoinHostPort("127.0.0.1", strconv.Itoa(int(p.Model().Endpoint.Port)))
	}
	grammar := serve.GrammarOf(p)
	for _, text := range c.Fault {
		f, err := grammar.Parse(text)
		if err == nil && f.Act() && f.Plain() {
			err = fmt.Errorf("%s meets no connection at the start: say when, as in %s@10s", text, text)
		}
		if err != nil {
			return cfg, fmt.Errorf("--fault: %w", err)
		}
		cfg.Faults = append(cfg.Faults, f)
	}
	for _, text := range c.Every {
		r, err := serve.ParseRepeated(p, text)
		if err != nil {
			return cfg, fmt.Errorf("--every: %w", err)
		}
		cfg.Events = append(cfg.Events, r)
	}
	return cfg, nil
}

// tls is the configuration that the certificate is in; nil: none.
func (c *serveCommand) tls(m *model.Protocol) (*tls.Config, error) {
	switch {
	case c.Cert == "" && c.Key == "" && m.Endpoint.TLS == model.TLSAlways:
		return nil, usageError{fmt.Errorf("%s speaks only TLS: say --cert FILE and --key FILE", m.Name)}
	case c.Cert == "" && c.Key == "":
		return nil, nil
	case c.Cert == "" || c.Key == "":
		return nil, usageError{fmt.Errorf("--cert and --key go together")}
	case m.Endpoint.TLS == model.TLSNever:
		return nil, usageError{fmt.Errorf("%s does not speak TLS", m.Name)}
	}
	pair, err := keyPair(c.Cert, c.Key)
	if err != nil {
		return nil, err
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}}, nil
}

// keyPair reads a certificate and its key.
func keyPair(certFile, keyFile string) (tls.Certificate, error) {
	cert, err := readSmall(certFile)
	if err != nil {
		return tls.Certificate{}, err
	}
	key, err := readSmall(keyFile)
	if err != nil {
		return tls.Certificate{}, err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		reason := strings.TrimPrefix(err.Error(), "tls: ")
		return pair, fmt.Errorf("%s and %s are no certificate and its key: %s", certFile, keyFile, reason)
	}
	return pair, nil
}

// random reports whether chance decides about a fault.
func random(faults []fault.Fault) bool {
	for _, f := range faults {
		if f.Random() {
			return true
		}
	}
	return false
}

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/linewright/linewright/cmd/internal/dial"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/model"
)

// dialCommand is `dial`.
type dialCommand struct {
	Param      []string      `sep:"none" placeholder:"NAME=VALUE" help:"A parameter of the document; NAME=@FILE reads the value from a file. May be given several times."`
	TLS        bool          `name:"tls" help:"Encrypt, where the document leaves it open."`
	CA         string        `name:"ca" placeholder:"FILE" help:"Trust these certificates (PEM) instead of the system's. Implies --tls."`
	ServerName string        `placeholder:"NAME" help:"The name that the server's certificate must have. Default: the address's host. Implies --tls."`
	Timeout    time.Duration `help:"Bounds each command, and without a terminal the first connection too. Default: the document's timeouts."`
	Spec       string        `arg:"" name:"SPEC" help:"A document."`
	Addr       string        `arg:"" name:"ADDR" help:"Of the device: HOST, or HOST:PORT where it is not the document's port."`
}

// Help is what --help says above the flags.
func (*dialCommand) Help() string {
	return `A line is a command with its fields, in order or by name: read 3, or read channel=3. Texts with blanks or = in
them are quoted. Lists are written as the device has them (a,b or 'a b'), or as JSON in single quotes, which layouts
and objects always are: '{"x": 1}'. help lists the commands.

On a terminal the top row shows the state, the round-trip time of heartbeats and, where the device is not there,
why, and when the next dial comes. Tab completes, Up and Down go through the history, Ctrl-C logs out and ends, and
so does closing the terminal. Commands are sent one after the other.

Elsewhere lines are read from standard input and obeyed one after the other; replies and events go to standard
output, all else to standard error, and the console logs out after the last line. The exit code is 1 where a
command failed, and 2 where there was no connection, or it was lost for good.

A parameter that is not given with --param is taken from the environment (LINEWRIGHT_PARAM_NAME, in capitals),
or else asked for, a secret without an echo. Do not put secrets on the command line: others can see it.`
}

// Run talks until the user, standard input or a signal ends it.
func (c *dialCommand) Run(o *terminal) error {
	if c.Spec == stdin {
		return usageError{errors.New("dial reads commands from standard input: the document must be a file")}
	}
	if c.Timeout < 0 {
		return usageError{fmt.Errorf("--timeout=%v: must not be negative", c.Timeout)}
	}
	protocol, err := o.open(c.Spec)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	cfg := dial.Config{Protocol: protocol, Addr: c.Addr, Timeout: c.Timeout}
	if cfg.Options, err = c.tls(protocol.Model()); err != nil {
		return err
	}
	if cfg.Params, err = parameters(ctx, protocol, c.Param, o); err != nil {
		return err
	}
	if in, out, ok := o.screen(); ok {
		return dial.Show(ctx, cfg, o.colour, in, out)
	}
	err = dial.Lines(ctx, cfg, o.in, o.out, o.err)
	switch {
	case errors.Is(err, dial.ErrFailed):
		return errFindings
	case errors.Is(err, context.Canceled):
		return errReported // whoever interrupted knows
	}
	return err
}

// tls are the options that the flags ask for.
func (c *dialCommand) tls(m *model.Protocol) ([]runtime.Option, error) {
	if !c.TLS && c.CA == "" && c.ServerName == "" {
		return nil, nil
	}
	if m.Endpoint.TLS == model.TLSNever {
		return nil, usageError{fmt.Errorf("%s does not speak TLS", m.Name)}
	}
	cfg := &tls.Config{ServerName: c.ServerName}
	if c.CA != "" {
		data, err := readSmall(c.CA)
		if err != nil {
			return nil, err
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("%s holds no certificate in PEM form", c.CA)
		}
	}
	return []runtime.Option{runtime.WithTLS(cfg)}, nil
}

// screen is the terminal that a person sits at; ok is false where one end is
// none, or says that it cannot move its cursor.
func (o *terminal) screen() (in io.Reader, out io.Writer, ok bool) {
	from, isFile := o.in.(*os.File)
	if !isFile || !term.IsTerminal(from.Fd()) || os.Getenv("TERM") == "dumb" {
		return nil, nil, false
	}
	checked, isChecked := o.out.(*checkedWriter)
	if !isChecked {
		return nil, nil, false
	}
	to, isFile := checked.w.(*os.File)
	if !isFile || !term.IsTerminal(to.Fd()) {
		return nil, nil, false
	}
	return from, to, true
}

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/cmd/internal/capture"
	"github.com/linewright/linewright/spec/decode"
	"github.com/linewright/linewright/spec/dynamic"
)

// decodeCommand is `decode`.
type decodeCommand struct {
	Format      string  `enum:"text,json" default:"text" help:"How to print it: ${enum}, a line each."`
	From        string  `enum:"auto,text,hex,pcap" default:"auto" help:"How the capture is written: ${enum}."`
	Direction   string  `enum:",sent,received" default:"" placeholder:"WHICH" help:"Of bytes without a mark: sent, by the client, or received. A text is then its bytes as they are."`
	Port        string  `placeholder:"PORT" help:"Of the servers, in packets; any: all whose beginning was captured. Default: the document's."`
	MinCoverage float64 `placeholder:"PERCENT" help:"Exit with 1 if less of the document was seen."`
	Summary     bool    `help:"Print no frames, only what was not understood, and what was seen."`
	ShowUnknown bool    `help:"Show also what was sent and begins as no command, which may be a secret out of its place."`
	Spec        string  `arg:"" name:"SPEC" help:"The document; - is standard input."`
	Capture     string  `arg:"" optional:"" default:"-" name:"CAPTURE" help:"What was captured. Default: standard input."`
}

// Help is what --help says above the flags.
func (*decodeCommand) Help() string {
	return `Reads what a client and a server have said to each other, and prints a line for each frame: > was sent, by the
client, < was received. What is neither a message nor a command is marked ??, with the nearest one and what is wrong.
Behind it comes what of the document was seen. Secrets are not shown.

A capture is packets (pcap and pcapng: TCP connections to the document's port, see --port), hex digits (bare, or as
xxd and hexdump -C write them), or text. Lines of hex and text have a mark of their direction:

  > PING                        a line that was sent
  < PONG                        one that was received
  [ 12.5] A >> "PING\r\n"       at 12.5 s, on connection A: bytes, quoted as in Go
  A connect                     a connection begins; A close: it ends
  > 50 49 4e 47 0d 0a           hex digits; rows without a mark go on in the same direction

Exit code: 0 all was understood, 1 something was not or was encrypted, or less was seen than --min-coverage says,
2 the capture could not be read.`
}

var (
	errMinCoverage = errors.New("--min-coverage: want a percentage, 0 to 100")
	errTwoInputs   = errors.New("the document and the capture cannot both be standard input")
	errUnread      = errors.New("interrupted: the rest was not read")
)

// Validate is called by kong.
func (c *decodeCommand) Validate() error {
	switch {
	case !(c.MinCoverage >= 0 && c.MinCoverage <= 100):
		return errMinCoverage
	case c.Spec == stdin && c.Capture == stdin:
		return errTwoInputs
	}
	_, err := c.port(1)
	return err
}

// port is the servers'; 0: any.
func (c *decodeCommand) port(ofSpec uint16) (uint16, error) {
	switch c.Port {
	case "":
		return ofSpec, nil
	case "any":
		return 0, nil
	}
	n, err := strconv.ParseUint(c.Port, 10, 16)
	if err != nil || n == 0 {
		return 0, errors.New("--port: want 1 to 65535, or any")
	}
	return uint16(n), nil
}

// Run prints what the capture says.
func (c *decodeCommand) Run(o *terminal) error {
	protocol, err := o.open(c.Spec)
	if err != nil {
		return err
	}
	in, err := o.captured(c.Capture)
	if err != nil {
		return err
	}
	defer in.Close()
	ctx, stop := interruptible()
	defer stop()

	out := bufio.NewWriterSize(o.out, 64<<10)
	var info capture.Info
	print := c.printer(out, &info)
	d := decode.New(protocol, print.record)
	if c.ShowUnknown {
		d.ShowUnknown()
	}
	failed := capture.Read(&prompt{interruptibly(ctx, in), out}, c.options(protocol), &info, d.Take)
	err = d.End(info.Last)
	if d.Totals().Connections > 0 && err == nil {
		err = print.summary(d.Summary())
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		return fmt.Errorf("write standard output: %w", reason(err))
	}
	return c.verdict(o, d, &info, failed)
}

// options are what the flags and the document say of the capture.
func (c *decodeCommand) options(p *dynamic.Protocol) capture.Options {
	port, _ := c.port(p.Model().Endpoint.Port)
	return capture.Options{
		Form: capture.Form(c.From), Direction: c.Direction, Port: port, Default: p.Model().Endpoint.Port,
		LineEnd: func(from decode.Direction) (string, bool) { return decode.LineEnd(p, from) },
	}
}

// verdict is the end: what could not be read, and what was found.
func (c *decodeCommand) verdict(o *terminal, d *decode.Decoder, info *capture.Info, failed error) error {
	if info.Unread > 0 {
		o.note("%d packets could not be read", info.Unread)
	}
	if info.Fragments > 0 {
		o.note("%d packets are fragments of IP packets, which are not put together", info.Fragments)
	}
	if info.Unknown > 0 {
		o.note("%d connections were left out: their beginnings were not captured, and no side has the document's port", info.Unknown)
	}
	totals := d.Totals()
	switch {
	case failed != nil:
		return fmt.Errorf("read %s: %w", c.name(), reason(failed))
	case totals.Connections == 0:
		return fmt.Errorf("read %s: %s", c.name(), nothing(info))
	case totals.Undecodable():
		return errFindings
	}
	if percent := d.Coverage().Shares().All().Percent(); percent < c.MinCoverage {
		o.note("%.1f %% of the document was seen, less than %g %%", percent, c.MinCoverage)
		return errFindings
	}
	return nil
}

func (c *decodeCommand) name() string {
	if c.Capture == stdin {
		return "standard input"
	}
	return c.Capture
}

// nothing says why nothing was decoded.
func nothing(info *capture.Info) string {
	if info.Form != capture.Pcap {
		return "nobody says anything in it"
	}
	if len(info.Others) == 0 {
		return "no connection to the port is in it: say another with --port"
	}
	var ports []string
	for _, port := range slices.Sorted(maps.Keys(info.Others))[:min(len(info.Others), 5)] {
		ports = append(ports, fmt.Sprint(port))
	}
	return "no connection to the port is in it, but there are some to " + strings.Join(ports, ", ") + ": say which with --port"
}

// captured opens a capture.
func (o *terminal) captured(path string) (io.ReadCloser, error) {
	if path == stdin {
		return io.NopCloser(o.in), nil
	}
	f, err := os.Open(path)
	if err == nil {
		var info os.FileInfo
		if info, err = f.Stat(); err == nil && info.IsDir() {
			err = errors.New("is a directory, not a capture")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, reason(err))
	}
	return f, nil
}

// interruptibly reads from in until the context ends, whatever in is.
func interruptibly(ctx context.Context, in io.Reader) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{in}, make([]byte, 256<<10))
		w.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { w.CloseWithError(errUnread) })
	return r
}

// prompt shows what was decoded before it waits for more.
type prompt struct {
	io.Reader
	out *bufio.Writer
}

func (p *prompt) Read(b []byte) (int, error) {
	if err := p.out.Flush(); err != nil {
		return 0, err
	}
	return p.Reader.Read(b)
}

// printed is how records are printed.
type printed interface {
	record(decode.Record) error
	summary(decode.Summary) error
}

func (c *decodeCommand) printer(out *bufio.Writer, info *capture.Info) printed {
	if c.Format == "json" {
		return &jsonLines{out, info, c.Summary}
	}
	return &decodedText{out: out, brief: c.Summary}
}

// jsonLines prints a JSON object a line.
type jsonLines struct {
	out   *bufio.Writer
	info  *capture.Info
	brief bool
}

func (j *jsonLines) record(r decode.Record) error {
	if j.brief && r.Kind != decode.Unknown {
		return nil
	}
	line, err := r.JSON(j.info.Start)
	if err != nil {
		return err
	}
	_, err = j.out.Write(append(line, '\n'))
	return err
}

func (j *jsonLines) summary(s decode.Summary) error { return json.NewEncoder(j.out).Encode(s) }

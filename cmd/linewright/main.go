// Linewright turns a YAML document that says how a device speaks into a typed
// Go client that stays connected. This command is its tools:
//
//	linewright init acme             begin with a document that teaches, and a test
//	linewright lint acme.yaml        what is wrong with a document, all of it
//	linewright rules                 what lint looks at, with examples
//	linewright fmt -w acme.yaml      write it in its canonical form
//	linewright docs acme.yaml        a page for who decides whether it is right
//	linewright generate acme.yaml    write the Go package acme beside it, and its fake
//	linewright decode acme.yaml CAP  read captured traffic
//	linewright dial acme.yaml ADDR   talk to a device: a live, typed console
//	linewright serve acme.yaml       be a fake device, which misbehaves on request
//	linewright schema                a JSON Schema of documents, for editors
//	linewright demo                  what such a client does, in one terminal
//
// The package holds flags, output and exit codes; what the tools do is in the
// module's other packages. Output follows the rules in terminal.go.
package main

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are the command line, as kong reads it.
type commands struct {
	Init     initCommand     `cmd:"" help:"Begin a device: a document that teaches, and what goes with it."`
	Generate generateCommand `cmd:"" help:"Write the Go client of each document, and a fake device to test against."`
	Lint     lintCommand     `cmd:"" help:"Say what is wrong with documents, and what will give trouble."`
	Rules    rulesCommand    `cmd:"" help:"List what lint looks at, with good and bad examples."`
	Fmt      fmtCommand      `cmd:"" help:"Write documents in their canonical form; comments stay."`
	Explain  explainCommand  `cmd:"" help:"Say what a document promises: how soon a dead peer is noticed, and the load of reconnecting."`
	Docs     docsCommand     `cmd:"" help:"Make a page of a document, for who decides whether it is right."`
	Breaking breakingCommand `cmd:"" help:"Say what a change to a document breaks, and for whom."`
	Decode   decodeCommand   `cmd:"" help:"Read captured traffic: each frame, what was not understood, and what of the document was seen."`
	Dial     dialCommand     `cmd:"" help:"Talk to a device: a live, typed console."`
	Serve    serveCommand    `cmd:"" help:"Be a fake device that answers, and misbehaves on request."`
	Schema   schemaCommand   `cmd:"" help:"Print a JSON Schema of documents, for editors."`
	Demo     demoCommand     `cmd:"" help:"Show a client that notices a silent peer and comes back."`
	Version  versionCommand  `cmd:"" help:"Say which linewright this is."`
	Help     helpCommand     `cmd:"" help:"Explain a command."`
}

func main() {
	code := run(os.Args[1:], stdio())
	if code > exitSignal {
		raise(syscall.Signal(code - exitSignal))
	}
	os.Exit(code)
}

// run is the whole command: it returns the exit code.
func run(args []string, o *terminal) int {
	parser, err := newParser(o)
	if err != nil {
		return o.fail(err)
	}
	ctx, err := parser.Parse(args)
	if err == nil {
		err = noneEmpty(ctx)
	}
	if err != nil {
		return o.fail(usageError{err})
	}
	return o.fail(ctx.Run(o, parser))
}

// noneEmpty refuses empty names and values, which come from variables that are not
// set: an --against of nothing would be no review, and nobody would know.
func noneEmpty(ctx *kong.Context) error {
	for _, p := range ctx.Path {
		value, name := p.Positional, ""
		switch {
		case p.Flag != nil:
			value, name = p.Flag.Value, "--"+p.Flag.Name
		case p.Positional != nil:
			name = p.Positional.Name
		default:
			continue
		}
		text, isText := value.Target.Interface().(string)
		list, _ := value.Target.Interface().([]string)
		if isText && text == "" || slices.Contains(list, "") {
			return fmt.Errorf("%s is given, but empty", name)
		}
	}
	return nil
}

func newParser(o *terminal) (*kong.Kong, error) {
	return kong.New(&commands{},
		kong.Name("linewright"),
		kong.Description("From a YAML document of a line protocol to a typed Go client that stays connected."),
		kong.Writers(o.out, o.err),
		kong.KindMapper(reflect.String, kong.MapperFunc(verbatim)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
}

// verbatim takes a word of the command line as it is. By itself kong makes text of it,
// and a file's name need not be text.
func verbatim(ctx *kong.DecodeContext, target reflect.Value) error {
	t, err := ctx.Scan.PopValue("string")
	if err != nil {
		return err
	}
	target.SetString(t.String())
	return nil
}

// helpCommand is `help`, for people who do not try --help first.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain."`
}

func (c *helpCommand) Run(parser *kong.Kong) error {
	_, err := parser.Parse(append(c.Command, "--help"))
	if err != nil {
		return usageError{err}
	}
	return nil
}

// usageError is a command line that makes no sense.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

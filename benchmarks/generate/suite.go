// Package generate measures the loader and the generator.
package generate

import (
	"errors"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
)

// The figures: what it takes, and whether that grows faster than the document.
var (
	perLines = contest.Counted("ms/1000 lines")
	perItem  = contest.Figure{Name: "µs/message", Of: func(r trial.Result) float64 { return r.CPU }}
	whole    = contest.Counted("ms")
	all      = contest.Named("ms in all")
)

// sizes are numbers of messages.
var sizes = []int{10, 100, 1000, 10_000}

// during is how long a small document is done again and again.
const during = 300 * time.Millisecond

// Suite is documents of 10 to 10,000 messages, and the whole command for a
// document of nearly nothing.
func Suite() contest.Suite {
	s := contest.Suite{Name: "generate", Title: "Loader and generator", Prepare: build}
	for _, n := range sizes {
		s.Rows = append(s.Rows, generates(n))
	}
	for _, n := range sizes {
		s.Rows = append(s.Rows, loads(n))
	}
	s.Rows = append(s.Rows, refuses(), command())
	s.Curves = []contest.Curve{curve("generate", all), curve("load and lint", whole)}
	return s
}

// curve is how one of the two grows with the number of messages.
func curve(what string, f contest.Figure) contest.Curve {
	c := contest.Curve{Name: what, Unit: "messages", Figure: f}
	for _, n := range sizes {
		c.Points = append(c.Points, contest.Point{X: float64(n), Row: fmt.Sprintf("%s, %d messages", what, n)})
	}
	return c
}

func generates(n int) contest.Row {
	r := contest.Row{
		Name: fmt.Sprintf("generate, %d messages", n), Figures: []contest.Figure{perLines, perItem},
		Clients: []contest.Client{{Name: contest.Ours, Run: func([]string) (trial.Result, error) { return generating(n) }}},
		Targets: []contest.Target{{Figure: perLines, Bound: contest.AtMost, Value: 10}},
	}
	if n < 10_000 { // it takes as long as everything else
		r.Clients = append(r.Clients, contest.Client{
			Name: "limit, go/format of it", Run: func([]string) (trial.Result, error) { return formatting(n) },
		})
	}
	return r
}

func loads(n int) contest.Row {
	r := contest.Row{
		Name: fmt.Sprintf("load and lint, %d messages", n), Figures: []contest.Figure{whole, perItem},
		Clients: []contest.Client{{Name: contest.Ours, Run: func([]string) (trial.Result, error) { return loading(n) }}},
	}
	if n == 10_000 {
		r.Targets = []contest.Target{{Figure: whole, Bound: contest.AtMost, Value: 1000}}
	}
	return r
}

func command() contest.Row {
	return contest.Row{
		Name: "linewright generate, one message", Figures: []contest.Figure{whole},
		Clients: []contest.Client{{Name: contest.Ours, Run: commanding}},
		Targets: []contest.Target{{Figure: whole, Bound: contest.AtMost, Value: 60}},
	}
}

// Document is one of n messages, each with examples, and a command.
func Document(n int) []byte {
	var b strings.Builder
	b.WriteString(`linewright: 1
vendor: large
version: 1.0.0
sources: {here: made for this comparison}
endpoint: {port: 4000, tls: never}
frames: {line: {ends: LF, max: 4KiB}}
liveness: {detect_within: 15s, probe: {send: ping, every: 10s, timeout: 5s}}
replies: {match: kind}
messages:
  pong: {receive: "PONG"}
`)
	for i := range n {
		fmt.Fprintf(&b, "  m%d:\n    receive: \"M%05d {channel:uint8} {value:decimal} {text:text}\"\n    event: true\n", i, i)
		fmt.Fprintf(&b, "    examples:\n      - {wire: \"M%05d 3 21.50 warm\", is: {channel: 3, value: 21.50, text: warm}}\n", i)
		fmt.Fprintf(&b, "      - {wire: \"M%05d x 21.50 warm\", bad: channel}\n", i)
	}
	b.WriteString("commands:\n  ping: {send: \"PING\", reply: pong, private: true}\n")
	return []byte(b.String())
}

var errFindings = errors.New("the document is not right")

// Load resolves a document, in which nothing may be found.
func Load(source []byte) (*model.Protocol, error) {
	p, findings := spec.Load("large.yaml", source)
	if len(findings) > 0 {
		return nil, fmt.Errorf("%w: %v", errFindings, findings[0])
	}
	return p, nil
}

func generate(p *model.Protocol) ([]generator.File, int, error) {
	files, problems := generator.Generate(p, generator.Options{Source: "large.yaml", ImportPath: "example.com/large"})
	if len(problems) > 0 {
		return nil, 0, fmt.Errorf("%w: %v", errFindings, problems[0])
	}
	lines := 0
	for _, f := range files {
		lines += strings.Count(string(f.Data), "\n")
	}
	return files, lines, nil
}

func loading(n int) (trial.Result, error) {
	source := Document(n)
	r, err := trial.Loop(during, int64(n), func() error {
		_, err := Load(source)
		return err
	})
	r.PerUnit = r.CPU * float64(n) / 1e3
	return r, err
}

func generating(n int) (trial.Result, error) {
	p, err := Load(Document(n))
	if err != nil {
		return trial.Result{}, err
	}
	lines := 0
	r, err := trial.Loop(during, int64(n), func() (err error) {
		_, lines, err = generate(p)
		return err
	})
	return perLine(r, n, lines), err
}

func formatting(n int) (trial.Result, error) {
	p, err := Load(Document(n))
	if err != nil {
		return trial.Result{}, err
	}
	files, lines, err := generate(p)
	if err != nil {
		return trial.Result{}, err
	}
	r, err := trial.Loop(during, int64(n), func() error {
		for _, f := range files {
			if _, err := format.Source(f.Data); err != nil {
				return err
			}
		}
		return nil
	})
	return perLine(r, n, lines), err
}

func perLine(r trial.Result, n, lines int) trial.Result {
	r.PerUnit = r.CPU * float64(n) / float64(lines)
	r.More = map[string]float64{all.Name: r.CPU * float64(n) / 1e3}
	return r
}

// commanding runs the command as people do.
func commanding(addresses []string) (r trial.Result, err error) {
	tool := filepath.Join(addresses[len(addresses)-1], "linewright")
	dir, err := os.MkdirTemp("", "generate-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	source := filepath.Join(dir, "large.yaml")
	if err := os.WriteFile(source, Document(1), 0o666); err != nil {
		return r, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/large\n"), 0o666); err != nil {
		return r, err
	}
	r, err = trial.Loop(3*during, 1, func() error {
		cmd := exec.Command(tool, "generate", source)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	})
	r.PerUnit = 1e3 / r.Rate
	return r, err
}

// build makes the command, in its own module.
func build(folder string) error {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/linewright/linewright").Output()
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-o", folder+"/", "./cmd/linewright")
	cmd.Dir = strings.TrimSpace(string(module))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

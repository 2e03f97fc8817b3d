// Package decode compares parsers of short lines, in memory.
package decode

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/benchmarks/decode/meter"
	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/limit"
	"github.com/linewright/linewright/benchmarks/internal/trial"
	"github.com/linewright/linewright/runtime/wire"
)

const (
	size      = 40   // bytes of a line, its end included
	count     = 8192 // different lines: a processor learns the lengths of one by heart
	limitName = "limit, by hand"
)

var (
	perLine    = contest.Counted("CPU ns/line")
	errRefused = errors.New("a line is refused")
	errLost    = errors.New("lines are lost")
)

// text is count lines, with numbers of varying length.
func text() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var all []byte
	for range count {
		value := wire.Decimal{Coef: int64(r.Uint64()) >> (30 + r.IntN(30)), Scale: uint8(r.IntN(4))}
		line := fmt.Sprintf("READING %d %s ", r.IntN(256), value)
		all = append(append(all, (line + "degrees celsius and more of it")[:size-1]...), '\n')
	}
	return all
}

// Suite is parsing lines that are there, and finding lines and parsing them.
func Suite() contest.Suite {
	figures := []contest.Figure{perLine, contest.Allocs}
	return contest.Suite{
		Name: "decode", Title: "Lines of 40 B with three fields, in memory",
		Rows: []contest.Row{
			{
				Name: "parse", Figures: figures,
				Clients: []contest.Client{client(contest.Ours, generated), client(limitName, byHand), client("Fields and strconv", fields)},
				Targets: []contest.Target{
					{Figure: perLine, Against: limitName, Bound: contest.AtMost, Value: 1.15},
					{Figure: contest.Allocs, Bound: contest.AtMost},
				},
			},
			{
				Name: "find and parse", Figures: figures,
				Clients: []contest.Client{
					client(contest.Ours, decoder), client(limitName, indexByte),
					client("ReadSlice, by hand", readSlice), client("Scanner, Fields and strconv", scanner),
					{Name: "Twisted", Run: twisted},
				},
			},
		},
	}
}

// pass parses all lines of text once.
type pass func(text []byte) error

// client runs passes for a while.
func client(name string, of func() pass) contest.Client {
	return contest.Client{Name: name, Run: func([]string) (trial.Result, error) {
		lines, parse := text(), of()
		result, err := trial.Loop(300*time.Millisecond, count, func() error { return parse(lines) })
		result.PerUnit = result.CPU * 1e3 // unlike the time, it is not somebody else's
		return result, err
	}}
}

func each(text []byte, parse func(line []byte) bool) error {
	for ; len(text) > 0; text = text[size:] {
		if !parse(text[:size-1]) {
			return errRefused
		}
	}
	return nil
}

func generated() pass {
	var m meter.Reading
	return func(text []byte) error {
		return each(text, func(line []byte) bool { return m.ParseFrame(line) == nil })
	}
}

func byHand() pass {
	var m limit.Reading
	return func(text []byte) error { return each(text, m.Parse) }
}

func fields() pass {
	return func(text []byte) error { return each(text, split) }
}

// split is what most people write.
func split(line []byte) bool {
	part := strings.Fields(string(line))
	if len(part) < 4 || part[0] != "READING" {
		return false
	}
	channel, err := strconv.ParseUint(part[1], 10, 8)
	if err != nil {
		return false
	}
	value, err := strconv.ParseFloat(part[2], 64)
	_, _ = channel, value
	return err == nil
}

// decoder is what a client does with what it has received.
func decoder() pass {
	plan := meter.Plan()
	var shapes []wire.Shape
	for _, m := range plan.Messages {
		shapes = append(shapes, m.Shape)
	}
	d := wire.NewDecoder(&plan.Framing, wire.NewDispatch(shapes))
	var m meter.Reading
	return func(text []byte) error {
		n := 0
		for ; len(text) > 0; n++ {
			frame, used, _, err := d.Next(text, anytime{})
			if err != nil {
				return err
			}
			if err := m.ParseFrame(frame.Bytes); err != nil {
				return err
			}
			text = text[used:]
		}
		return complete(n)
	}
}

// anytime expects whatever comes, as a client does with events.
type anytime struct{}

func (anytime) Expects(int) bool { return true }

func complete(n int) error {
	if n != count {
		return fmt.Errorf("%w: %d instead of %d", errLost, n, count)
	}
	return nil
}

func indexByte() pass {
	var m limit.Reading
	return func(text []byte) error {
		n := 0
		for ; len(text) > 0; n++ {
			end := bytes.IndexByte(text, '\n')
			if !m.Parse(text[:end]) {
				return errRefused
			}
			text = text[end+1:]
		}
		return complete(n)
	}
}

func readSlice() pass {
	var m limit.Reading
	in := bufio.NewReaderSize(nil, 64<<10)
	return func(text []byte) error {
		in.Reset(bytes.NewReader(text))
		for n := 0; ; n++ {
			line, err := in.ReadSlice('\n')
			if err == io.EOF {
				return complete(n)
			}
			if err != nil {
				return err
			}
			if !m.Parse(line[:len(line)-1]) {
				return errRefused
			}
		}
	}
}

func scanner() pass {
	return func(text []byte) error {
		n := 0
		for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); n++ {
			if !split(lines.Bytes()) {
				return errRefused
			}
		}
		return complete(n)
	}
}

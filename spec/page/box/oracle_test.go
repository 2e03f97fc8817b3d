package box

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// oracle cuts the frames of a direction with the runtime's own decoder, and keeps what that
// has asked the messages, so that the script can be asked to cut with the same answers.
type oracle struct {
	direction string
	framing   wire.Framing
	shapes    []wire.Shape
	dispatch  *wire.Dispatch
	ways      []way
	telnet    bool
	answers   map[string]any // to what a check or a count was asked
}

// newOracles are those of both directions.
func newOracles(t testing.TB, p *model.Protocol, frames *framesOf) map[string]*oracle {
	t.Helper()
	run, err := dynamic.Open(p)
	require.NoError(t, err)
	all := map[string]*oracle{
		"received": {framing: run.Plan().Framing}, "sent": {framing: run.Plan().Framing.Reversed()},
	}
	for i := range run.Plan().Messages {
		all["received"].shapes = append(all["received"].shapes, run.Plan().Messages[i].Shape)
	}
	for i := range run.Plan().Commands {
		all["sent"].shapes = append(all["sent"].shapes, run.Plan().Commands[i].Shape)
	}
	for direction, o := range all {
		side := &frames.Received
		if direction == "sent" {
			side = &frames.Sent
		}
		o.direction, o.answers, o.telnet = direction, map[string]any{}, frames.Telnet
		for i := range o.shapes {
			o.listen(i, &side.Shapes[i])
		}
		o.dispatch = wire.NewDispatch(o.shapes)
		o.ways = o.waysOf(frames.Modes)
	}
	return all
}

// limit makes frames of all kinds small.
func (o *oracle) limit(frames *framesOf) {
	const frame, line = 40, 24
	o.framing.Max, o.framing.MaxLine = frame, line
	o.framing.Others = slices.Clone(o.framing.Others)
	for i := range o.framing.Others {
		o.framing.Others[i].Max, o.framing.Others[i].MaxLine = frame, line
	}
	kinds := frames.Received.Kinds
	if o.direction == "sent" {
		kinds = frames.Sent.Kinds
	}
	for i := range kinds {
		kinds[i].Max, kinds[i].MaxLine = frame, line
	}
}

// listen puts itself between the decoder and a message.
func (o *oracle) listen(i int, planned *shape) {
	s := &o.shapes[i]
	if check := s.Check; check != nil {
		s.Check = func(frame []byte) error {
			err := check(frame)
			o.answers[fmt.Sprintf("%d %s", i, base64.StdEncoding.EncodeToString(frame))] = err == nil
			return err
		}
	}
	s.Steps = o.steps(s.Steps, planned.Steps)
	s.Nested = slices.Clone(s.Nested)
	for n := range s.Nested {
		s.Nested[n].Cases = o.cases(s.Nested[n].Cases, planned.Nested[n].Cases)
	}
}

func (o *oracle) steps(list []wire.Step, planned []step) []wire.Step {
	list = slices.Clone(list)
	for i := range list {
		s := &list[i]
		if of := s.Count; of != nil {
			at := planned[i].Count
			s.Count = func(frame []byte) (int, error) {
				n, err := of(frame)
				var answer any = n
				if err != nil {
					answer = nil
				}
				o.answers[fmt.Sprintf("%d:%v %s", at.Template, at.At, base64.StdEncoding.EncodeToString(frame))] = answer
				return n, err
			}
		}
		s.Body, s.Cases = o.steps(s.Body, planned[i].Body), o.cases(s.Cases, planned[i].Cases)
	}
	return list
}

func (o *oracle) cases(list []wire.Case, planned []branch) []wire.Case {
	list = slices.Clone(list)
	for i := range list {
		list[i].Body = o.steps(list[i].Body, planned[i].Body)
	}
	return list
}

// way is one in which a frame is looked for.
type way struct {
	shapes []wire.Shape
	all    bool
	mode   int // -1: any
}

func (w way) Expects(m int) bool {
	s := &w.shapes[m]
	return w.all || !s.Prompt && (s.Prefix != "" || !s.Block)
}

func (w way) InMode(modes []int) bool { return w.mode < 0 || slices.Contains(modes, w.mode) }

func (o *oracle) waysOf(modes int) (ways []way) {
	moded, awaited := false, false
	for i := range len(o.framing.Others) + 1 {
		moded = moded || len(o.framing.Of(uint8(i)).In) > 0
	}
	for i := range o.shapes {
		s := &o.shapes[i]
		moded = moded || len(s.In) > 0
		awaited = awaited || s.Prompt || s.Block && s.Prefix == ""
	}
	for _, all := range [...]bool{false, true} {
		if all && !awaited {
			continue
		}
		ways = append(ways, way{o.shapes, all, -1})
		for mode := range modes {
			if moded {
				ways = append(ways, way{o.shapes, all, mode})
			}
		}
	}
	return ways
}

// found is what a decoder says of what comes next.
type found struct {
	wire.Frame
	n, need int
	err     error
	decoder *wire.Decoder
	way     way
}

func (f *found) frame() bool { return f.err == nil && f.need == 0 }

func (f *found) known() bool { return f.frame() && f.Message != wire.NoMessage }

func (o *oracle) next(b []byte) (best found) {
	for i, w := range o.ways {
		now := found{decoder: wire.NewDecoder(&o.framing, o.dispatch), way: w}
		now.Frame, now.n, now.need, now.err = now.decoder.Next(b, w)
		if now.known() && !o.vague(now.Message) {
			return now
		}
		if i == 0 || now.known() && !best.known() {
			best = now
		}
	}
	return best
}

func (o *oracle) vague(m int) bool {
	s := &o.shapes[m]
	return s.Prefix == "" && !s.Block && !s.Object && o.framing.Of(s.Frame).Packet == nil
}

// split says the frames in b, a text each; at says where a byte was.
func (o *oracle) split(whole []byte) (said []string) {
	b, places := whole, make([]int, 0, len(whole))
	for i := range whole {
		places = append(places, i)
	}
	if o.telnet {
		b, places = withoutTelnet(whole)
	}
	begin := func(i int) int { return append(places, len(whole))[i] }
	end := func(i int) int { return places[i-1] + 1 }
	bad, reason := [2]int{-1, -1}, ""
	flush := func() {
		if bad[0] >= 0 {
			said = append(said, fmt.Sprintf("! %d-%d %s", begin(bad[0]), end(bad[1]), reason))
		}
		bad[0] = -1
	}
	for at := 0; at < len(b); {
		rest := b[at:]
		f := o.next(rest)
		from := at + f.n
		switch {
		case f.need > 0:
			if from < len(b) {
				flush()
				said = append(said, fmt.Sprintf("… %d %d", begin(from), f.need))
			}
			flush()
			return said
		case f.err != nil:
			f.decoder.Drop()
			n, need := f.decoder.Skip(rest[f.n:], f.way)
			if at = from + n; need > 0 {
				at = len(b)
			}
			if bad[0] >= 0 && bad[1] != from {
				flush()
			}
			if bad[0] < 0 {
				bad[0], reason = from, f.err.Error()
			}
			bad[1] = at
		default:
			flush()
			said = append(said, o.say(rest[:f.n], at, f.Frame, begin, end))
			at = from
		}
	}
	flush()
	return said
}

// say is a frame as text.
func (o *oracle) say(b []byte, at int, f wire.Frame, begin, end func(i int) int) string {
	var s strings.Builder
	if f.Message == wire.NoMessage {
		s.WriteString("nothing")
	} else {
		shape := &o.shapes[f.Message]
		fmt.Fprintf(&s, "%d of %d %v", f.Message, shape.Frame, o.vague(f.Message))
	}
	fmt.Fprintf(&s, " -%d %s", end(at+len(b)), base64.StdEncoding.EncodeToString(f.Bytes))
	if len(f.Bytes) == 0 {
		return s.String()
	}
	first := int(uintptr(unsafe.Pointer(&f.Bytes[0]))) - int(uintptr(unsafe.Pointer(&b[0])))
	if first >= 0 && first < len(b) {
		fmt.Fprintf(&s, " %d-%d", begin(at+first), end(at+first+len(f.Bytes)))
		if o.telnet {
			for i := range f.Bytes {
				fmt.Fprintf(&s, " %d", begin(at+first+i))
			}
		}
		return s.String()
	}
	fmt.Fprint(&s, " at")
	for _, i := range o.unescaped(b, f) {
		fmt.Fprintf(&s, " %d", begin(at+i))
	}
	return s.String()
}

// unescaped is where each byte of a frame was that had escapes.
func (o *oracle) unescaped(b []byte, f wire.Frame) []int {
	for k := range len(o.framing.Others) + 1 {
		own := o.framing.Of(uint8(k))
		if own.Packet == nil || own.Packet.Escape == nil {
			continue
		}
		for from := range b {
			var places []int
			var plain []byte
			for i := from; i < len(b) && len(plain) < len(f.Bytes); i++ {
				places = append(places, i)
				c := b[i]
				if e := own.Packet.Escape; c == e.Byte && i+1 < len(b) {
					i++
					if c = b[i]; !e.Double {
						c = (e.Escaped + "\x00")[max(0, strings.IndexByte(e.Codes, c))]
					}
				}
				plain = append(plain, c)
			}
			if bytes.Equal(plain, f.Bytes) {
				return places
			}
		}
	}
	return nil
}

func withoutTelnet(b []byte) (plain []byte, places []int) {
	var filter wire.Telnet
	for i := range b {
		before := len(plain)
		if plain, _ = filter.Filter(plain, nil, b[i:i+1]); len(plain) > before {
			places = append(places, i)
		}
	}
	return plain, places
}

package box

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
	telnet    bool
	reasons   map[string]bool // why bytes were no frame
	answers   map[string]any  // to what a check or a count was asked
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
		o.direction, o.answers, o.reasons, o.telnet = direction, map[string]any{}, map[string]bool{}, frames.Telnet
		for i := range o.shapes {
			o.listen(i, &side.Shapes[i])
		}
		o.dispatch = wire.NewDispatch(o.shapes)
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

var errNotThis = errors.New("another message")

// listen puts itself between the decoder and a message.
func (o *oracle) listen(i int, planned *shape) {
	s := &o.shapes[i]
	if check := s.Check; check != nil {
		s.Check = func(frame []byte) error {
			key := strconv.Itoa(i) + " " + base64.StdEncoding.EncodeToString(frame)
			valid, known := o.answers[key]
			if !known {
				valid = check(frame) == nil
				o.answers[key] = valid
			}
			if valid == false {
				return errNotThis
			}
			return nil
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
	only   int // what is awaited; -1: anything, but what any line could begin
	mode   int // -1: any
}

func (w way) Expects(m int) bool {
	s := &w.shapes[m]
	return m == w.only || w.only < 0 && !s.Prompt && (s.Prefix != "" || !s.Block)
}

func (w way) InMode(modes []int) bool { return w.mode < 0 || slices.Contains(modes, w.mode) }

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

func (o *oracle) ask(b []byte, w way) found {
	f := found{decoder: wire.NewDecoder(&o.framing, o.dispatch), way: w}
	f.Frame, f.n, f.need, f.err = f.decoder.Next(b, w)
	return f
}

func (o *oracle) anything(b []byte) found { return o.ask(b, way{o.shapes, -1, -1}) }

// readings are the messages that b begins with, each awaited in turn.
func (o *oracle) readings(b []byte) (all []found) {
	for k := range len(o.framing.Others) + 1 {
		own := o.framing.Of(uint8(k))
		for m := range o.shapes {
			s := &o.shapes[m]
			if s.Frame != uint8(k) || s.Inside || own.Use == wire.UseSend {
				continue
			}
			mode := -1
			if in := append(slices.Clone(s.In), own.In...); len(in) > 0 {
				mode = in[0]
			}
			if f := o.ask(b, way{o.shapes, m, mode}); f.known() && f.Message == m {
				all = append(all, f)
			}
		}
	}
	return all
}

// next is what comes next, and the messages that the same bytes are, too.
func (o *oracle) next(b []byte) (best found, others []int) {
	first, readings := o.anything(b), o.readings(b)
	goesOn := func(f found) bool {
		if f.n == len(b) {
			return true
		}
		then := o.anything(b[f.n:])
		return o.sure(then)
	}
	worth := func(f found) (n int) {
		if n = f.n; goesOn(f) {
			n += 1 << 30
		}
		if o.sure(f) {
			n += 1 << 31
		}
		return n
	}
	best = first
	for i, most := 0, -1; i < len(readings); i++ {
		r := readings[i]
		switch {
		case o.sure(first) && (goesOn(first) || !goesOn(r) || r.n <= first.n):
			continue
		case o.sure(first):
		case (first.known() || first.need > 0) && !o.sure(r), o.shapes[r.Message].Prompt && !goesOn(r):
			continue
		}
		if w := worth(r); w > most {
			best, most = r, w
		}
	}
	for _, r := range readings {
		if best.known() && r.Message != best.Message && r.n == best.n {
			others = append(others, r.Message)
		}
	}
	return best, others
}

func (o *oracle) sure(f found) bool { return f.known() && !o.vague(f.Message) }

func (o *oracle) vague(m int) bool {
	s := &o.shapes[m]
	return s.Prefix == "" && !s.Prompt && !s.Block && !s.Object && o.framing.Of(s.Frame).Packet == nil
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
			o.reasons[reason] = true
			said = append(said, fmt.Sprintf("! %d-%d %s", begin(bad[0]), end(bad[1]), reason))
		}
		bad[0] = -1
	}
	for at := 0; at < len(b); {
		rest := b[at:]
		f, others := o.next(rest)
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
			said = append(said, o.say(rest[:f.n], at, f.Frame, begin, end)+fmt.Sprint(" ", others))
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

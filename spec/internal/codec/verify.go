package codec

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Problem is what is wrong with an example.
type Problem struct {
	Rule    string // vector-fails, bad-accepted or vector-not-canonical
	Part    string // of the example
	Field   string // the field that it is about, where there is one
	Message string
}

// The rules about examples.
const (
	RuleFails        = "vector-fails"
	RuleBadAccepted  = "bad-accepted"
	RuleNotCanonical = "vector-not-canonical"
)

// The parts of an example.
const (
	PartWire = "wire"
	PartIs   = "is"
	PartBad  = "bad"
)

// Verify checks one example of a message or command: a good one must parse to
// what it says and be written back as the same bytes, a bad one must be refused
// at the place that it names. Nil: it is as it says.
func Verify(f *wire.Framing, t *model.Template, e *model.Example) *Problem {
	values, place, err := explain(f.Of(t.Frame), t, e.Wire)
	if e.Bad != "" {
		return verifyBad(e, place, err)
	}
	if err != nil {
		return &Problem{Rule: RuleFails, Part: PartWire, Field: place.field(), Message: "the example does not parse: " + err.Error()}
	}
	if e.Is != nil {
		if p := verifyIs(f, t, e, values); p != nil {
			return p
		}
	}
	return verifyBack(f, t, e, values)
}

// Refused says where a frame, without its end, is refused by a template, and why. No
// error: it is not.
func Refused(f *wire.Framing, t *model.Template, frame []byte) (Place, error) {
	_, place, err := explain(f.Of(t.Frame), t, frame)
	return place, err
}

// explain parses a frame and tells where it was refused.
func explain(f *wire.Framing, t *model.Template, frame []byte) (Values, Place, error) {
	if len(frame) > f.Max {
		return nil, Place{Kind: PlaceLength}, &wire.SizeError{Max: f.Max}
	}
	invalid := f.Valid(frame)
	if place := placeOf(invalid); place.Kind == PlaceLength {
		return nil, place, invalid
	}
	p := newParser(f, frame)
	values := p.template(t, "")
	p.end()
	if p.r.Err() == nil && invalid != nil {
		return nil, placeOf(invalid), invalid
	}
	return values, p.place, p.r.Err()
}

// placeOf is the place of an error about the frame as a whole.
func placeOf(err error) Place {
	if e := (*wire.FrameError)(nil); errors.As(err, &e) {
		return Place{Kind: PlaceKind(e.Part)}
	}
	return Place{}
}

func verifyBad(e *model.Example, place Place, err error) *Problem {
	if err == nil {
		return &Problem{Rule: RuleBadAccepted, Part: PartBad, Field: e.Bad, Message: "the bad example is accepted"}
	}
	if place.is(e.Bad, err) {
		return nil
	}
	return &Problem{
		Rule: RuleFails, Part: PartBad, Field: e.Bad,
		Message: "the example is refused at " + place.String() + ", not at " + e.Bad + ": " + err.Error(),
	}
}

func verifyIs(f *wire.Framing, t *model.Template, e *model.Example, got Values) *Problem {
	want, err := Record(f, t.Fields, e.Is)
	if err != nil {
		var field string
		if fe := (*wire.FieldError)(nil); errors.As(err, &fe) {
			field = fe.Field
		}
		message := strings.ReplaceAll(err.Error(), "\n", "; ")
		return &Problem{Rule: RuleFails, Part: PartIs, Field: field, Message: "what the example is, does not fit: " + message}
	}
	for i, it := range got {
		if !Equal(it.Value, want[i].Value) {
			return &Problem{
				Rule: RuleFails, Part: PartIs, Field: it.Name,
				Message: it.Name + " is " + Show(it.Value) + ", not " + Show(want[i].Value),
			}
		}
	}
	return nil
}

// verifyBack writes the values and compares. What has more than one form that
// says the same (ignored fields, text that may be left out, JSON) need only mean the same.
func verifyBack(f *wire.Framing, t *model.Template, e *model.Example, values Values) *Problem {
	frame, err := Append(nil, f, t, values)
	if err != nil {
		return &Problem{Rule: RuleNotCanonical, Part: PartWire, Message: "the example cannot be written back: " + err.Error()}
	}
	frame = f.Of(t.Frame).Content(frame)
	if bytes.Equal(frame, e.Wire) {
		return nil
	}
	if (loose{}).ops(t.Ops) {
		if again, err := Parse(f, t, frame); err == nil && Equal(values, again) {
			return nil
		}
	}
	return &Problem{Rule: RuleNotCanonical, Part: PartWire, Message: "the example is written back as " + strconv.Quote(string(frame))}
}

// loose finds out whether frames that differ may mean the same; it holds the types
// that it has seen.
type loose map[*model.Type]bool

func (l loose) ops(ops []*model.Op) bool {
	return slices.ContainsFunc(ops, func(op *model.Op) bool {
		switch op.Kind {
		case model.OpField:
			return op.Field.Name == ignored || l.value(op.Field.Type)
		case model.OpObject:
			return true
		case model.OpOptional:
			return op.Decide == model.DecideText || l.ops(op.Body) || slices.ContainsFunc(op.Body, saysDefault)
		default:
			return false
		}
	})
}

// saysDefault reports whether a field may be there with what its absence means.
func saysDefault(op *model.Op) bool { return op.Kind == model.OpField && op.Field.HasDefault }

func (l loose) value(t *model.Type) bool {
	switch t.Kind {
	case model.JSON, model.JSONRaw, model.PairsOf:
		return true
	case model.Layout, model.OneOf:
		if l[t] {
			return false
		}
		l[t] = true
		return l.ops(t.Body.Ops)
	case model.List, model.Padded:
		return l.value(t.Elem)
	default:
		return false
	}
}

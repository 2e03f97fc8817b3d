package codec

import (
	"errors"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
)

// Place is where a frame was refused.
type Place struct {
	Kind    PlaceKind
	Path    string // of a field: options.user, keys[2]
	Counted bool   // it is a count, or its extent is
	Due     string // the text that is due there, of a literal
	// After is what was read just before. A number ends at the first other
	// byte, so a bad one is often noticed only behind it.
	After *Place
}

// PlaceKind is the kind of a [Place].
type PlaceKind string

// The kinds of place.
const (
	PlaceField   PlaceKind = "field"
	PlaceLiteral PlaceKind = wire.PartLiteral
	PlaceLength  PlaceKind = wire.PartLength
	PlaceEnd     PlaceKind = wire.PartEnd
)

// String names the place as a bad example does.
func (p Place) String() string {
	if p.Kind == PlaceField {
		return p.Path
	}
	return string(p.Kind)
}

// field is the field of the place, or "".
func (p Place) field() string {
	if p.Kind == PlaceField {
		return p.Path
	}
	return ""
}

// is reports whether a bad example that names a place may mean this one.
func (p Place) is(name string, err error) bool {
	part := ""
	if e := (*wire.FieldError)(nil); errors.As(err, &e) {
		part = e.Field
	}
	inside := Place{Kind: PlaceField, Path: part}
	if p.String() == name || p.names(name) || inside.names(name) {
		return true
	}
	behind := p.Kind != PlaceField && p.After != nil
	if name == wire.PartLength && (p.Counted || behind && p.After.Counted) {
		return true
	}
	return behind && p.After.names(name)
}

// names reports whether name is the field's own, or that of one around it.
func (p Place) names(name string) bool {
	if p.Kind != PlaceField && p.Kind != PlaceLength {
		return false
	}
	parts := strings.FieldsFunc(p.Path, func(c rune) bool { return c == '.' || c == '[' })
	for _, part := range parts {
		if part == name {
			return true
		}
	}
	return false
}

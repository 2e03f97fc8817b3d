package codec

import (
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// factor is what a scaled number is a multiple of.
func factor(t *model.Type) wire.Decimal {
	by, _ := wire.ParseDecimal(t.Scale) // it was read before
	return by
}

// scaled is the value of a number on the wire.
func scaled(t *model.Type, v any) any {
	if t.Scale == "" {
		return v
	}
	switch n := v.(type) {
	case int64:
		return wire.ScaleInt(n, factor(t))
	case uint64:
		return wire.ScaleUint(n, factor(t))
	}
	return v
}

// unscaled is the number to write for a value.
func (a *appender) unscaled(t *model.Type, path string, v any) any {
	if t.Scale == "" {
		return v
	}
	d, ok := typed[wire.Decimal](a, path, v)
	switch {
	case !ok:
		return nil
	case t.Kind == model.Int:
		return a.w.UnscaleInt(path, d, factor(t))
	}
	return a.w.UnscaleUint(path, d, factor(t))
}

// onWire is the number on the wire that limits are about; why there is none.
func onWire(t *model.Type, v any) (n any, why string) {
	d, ok := v.(wire.Decimal)
	if t.Scale == "" || !ok {
		return v, ""
	}
	n, ok = d.Unscale(factor(t))
	if !ok {
		return nil, wire.NotMultiple(factor(t))
	}
	return n, ""
}

// convertScaled makes a value, with the factor's places, of any number.
func convertScaled(t *model.Type, v any) (any, error) {
	text, ok := numberText(v)
	if !ok {
		return nil, nil
	}
	d, err := wire.ParseDecimal(text)
	if err != nil {
		return nil, &wire.FieldError{Reason: "is not of type " + describe(t)}
	}
	n, why := onWire(t, d)
	if why != "" {
		return nil, &wire.FieldError{Reason: why}
	}
	raw, err := parseNumber(t, strconv.FormatInt(n.(int64), 10))
	if err != nil {
		return nil, &wire.FieldError{Reason: "is not of type " + describe(t)}
	}
	return checked(t, scaled(t, raw))
}

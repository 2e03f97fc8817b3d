package dynamic

import (
	"errors"
	"fmt"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
)

// Params makes the protocol's parameters out of what is given; defaults are
// filled in. As with generated clients, the zero value of an optional
// parameter is an absent one. The error tells all that is unknown, missing or
// of a wrong type, or could not be sent. The result is what the session's
// Vars.Params is.
func (p *Protocol) Params(given Map) (Values, error) {
	filled := make(Map, len(given))
	for name, v := range given {
		filled[name] = v
	}
	var errs []error
	for _, f := range p.model.Params {
		if filled[f.Name] != nil || !f.HasDefault {
			continue
		}
		v, err := codec.FromText(&p.plan.Framing, f.Type, f.Default)
		if err != nil {
			errs = append(errs, fmt.Errorf("default of %s: %w", f.Name, err))
		}
		filled[f.Name] = v
	}
	out, err := p.Record(p.model.Params, filled)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, fmt.Errorf("parameters of %s: %w", p.model.Name, err)
	}
	for i, f := range p.model.Params {
		if f.Optional && isZero(out[i].Value) {
			out[i].Value = nil
		}
		if out[i].Value == nil {
			continue
		}
		if err := codec.Writable(&p.plan.Framing, f.Type, out[i].Value); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.Name, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("parameters of %s: %w", p.model.Name, err)
	}
	return out, nil
}

// isZero reports whether a value is its type's zero, or absent.
func isZero(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []byte:
		return len(v) == 0
	case []any:
		return len(v) == 0
	case bool:
		return !v
	case int64:
		return v == 0
	case uint64:
		return v == 0
	case float64:
		return v == 0
	case wire.Decimal:
		return v.Coef == 0
	case Enum:
		return v.Wire == ""
	default:
		return false
	}
}

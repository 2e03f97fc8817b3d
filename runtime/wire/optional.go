package wire

import "encoding/json"

// Optional is a value that may be absent; the zero value is absent. In JSON it
// is its value or null; use omitzero to leave it out.
type Optional[T any] struct {
	Value T
	Set   bool
}

// Bit is 1 for true, for flags.
func Bit(v bool) uint64 {
	if v {
		return 1
	}
	return 0
}

// Some is an Optional with a value.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Set: true} }

// Get gives the value, and whether there is one.
func (o Optional[T]) Get() (v T, ok bool) { return o.Value, o.Set }

// Or gives the value, or other where there is none.
func (o Optional[T]) Or(other T) T {
	if o.Set {
		return o.Value
	}
	return other
}

// IsZero reports whether there is no value, for omitzero.
func (o Optional[T]) IsZero() bool { return !o.Set }

// MarshalJSON gives the value's JSON, or null.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if !o.Set {
		return []byte("null"), nil
	}
	return json.Marshal(o.Value)
}

// UnmarshalJSON takes the value's JSON, or null for none.
func (o *Optional[T]) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		*o = Optional[T]{}
		return nil
	}
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	*o = Some(v)
	return nil
}

package dynamic

import (
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// numberReader reads a number from a field of frames of t.
func numberReader(framing *wire.Framing, t *model.Template, f *model.Field) func(frame []byte) (uint64, bool) {
	return func(frame []byte) (uint64, bool) {
		values, err := codec.Parse(framing, t, frame)
		if err != nil {
			return 0, false
		}
		switch v, _ := values.Get(f.Name); v := v.(type) {
		case nil:
			return 0, false
		case uint64:
			return v, true
		case int64:
			return uint64(v), true
		case string:
			return session.ParseID(v), true
		case []byte:
			return session.ParseID(string(v)), true
		}
		return 0, true
	}
}

package codec

import (
	"errors"

	"github.com/linewright/linewright/runtime/wire"
)

// Reasons that are given in several places.
const (
	isMissing = "is missing"
	otherType = "has a value of another type"
	notInEnum = "is none of the enum's values"
)

// reason is the reason alone of a field's error.
func reason(err error) string {
	var e *wire.FieldError
	if errors.As(err, &e) {
		return e.Reason
	}
	return err.Error()
}

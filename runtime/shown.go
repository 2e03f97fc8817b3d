package runtime

import "github.com/linewright/linewright/runtime/wire"

// maxShownError bounds the text of an error that comes from outside, in bytes.
const maxShownError = 1000

// shownError is an error whose own text a log or a terminal would take for more
// than text.
type shownError struct {
	text string
	err  error
}

func (e *shownError) Error() string { return e.text }

func (e *shownError) Unwrap() error { return e.err }

// shown makes an error from outside the module safe to print: what dialling,
// TLS and custom connections say may hold the peer's own words, above all the
// names in a certificate that nobody has verified.
func shown(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if safe := wire.Shown(text, maxShownError); safe != text {
		return &shownError{safe, err}
	}
	return err
}

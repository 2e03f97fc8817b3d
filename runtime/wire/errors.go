package wire

import "strconv"

// What a [FieldError] names where the trouble is not with a field of the spec:
// the kinds of bad example that the spec language knows beside fields.
const (
	// PartLiteral: text that the template fixes is not there.
	PartLiteral = "literal"
	// PartLength: fewer bytes are left than were counted.
	PartLength = "length"
	// PartEnd: the line or the frame ends too late.
	PartEnd = "end"
	// PartChecksum: the checksum is that of other bytes.
	PartChecksum = "checksum"
)

// FieldError says which field of a frame could not be written or read, and
// why. It never holds the field's value, which may be a secret.
type FieldError struct {
	// Field is the name that the caller gave, for a member of a JSON object
	// its path (options.user), or one of the Part constants.
	Field string
	// Reason is what is wrong: lower case, without the value.
	Reason string
	// Offset is where the field begins, in bytes from the frame's start; for
	// JSON members it is 0, the path says more.
	Offset int
}

// maxShown bounds a field's name in an error's text, in bytes.
const maxShown = 100

// Error is "field: reason (byte n)". A name that is not plain text, as a JSON
// key of the peer can be, is quoted.
func (e *FieldError) Error() string {
	s := Shown(e.Field, maxShown) + ": " + e.Reason
	if e.Field == "" {
		s = e.Reason
	}
	if e.Offset > 0 {
		s += " (byte " + strconv.Itoa(e.Offset) + ")"
	}
	return s
}

// SizeError says that a frame to be sent would be larger than Framing.Max.
type SizeError struct {
	Max int // bytes
}

// Error gives the maximum.
func (e *SizeError) Error() string {
	return "frame is larger than " + strconv.Itoa(e.Max) + " bytes"
}

// FrameError says that received bytes cannot become a frame: a line or a frame
// is too long, or a count out of range. What follows in the stream cannot be
// told; see [Decoder.Resync].
type FrameError struct {
	Reason string // lower case, without anything received
	Part   string // PartLength or PartChecksum, where one of them is wrong
}

// Error is the reason.
func (e *FrameError) Error() string { return e.Reason }

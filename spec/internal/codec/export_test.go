package codec

// For the tests outside of the package.
var (
	Family  = family
	Framing = framing
)

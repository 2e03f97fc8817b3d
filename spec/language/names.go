package language

import "regexp"

// Current is the version of the language that is described here.
const Current = 1

// How names and versions are written.
var (
	SnakeForm   = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	PascalForm  = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
	GoNameForm  = regexp.MustCompile(`^[A-Z][A-Za-z0-9_]*$`)
	VersionForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$`)
	RangeForm   = regexp.MustCompile(`^(-?[0-9]+(?:\.[0-9]+)?|0x[0-9a-fA-F]+)\.\.(-?[0-9]+(?:\.[0-9]+)?|0x[0-9a-fA-F]+)$`)
)

// Bounds of what is written.
const (
	MaxName       = 64       // of a name, in bytes
	MaxExpression = 16 << 10 // of a template, a type or a value, in bytes
)

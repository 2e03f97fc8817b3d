package spec

// A document of 4 MiB can ask for more work than it has bytes: by naming large
// things many times. These bounds are far above what any protocol needs, and
// keep the time to load a document nearly linear.
const (
	// maxOps bounds a template with all its layouts written out: each doubles
	// what it holds twice. maxAllOps bounds all templates together.
	maxOps         = 10_000
	maxAllOps      = 500_000
	maxLayoutDepth = 16
	// maxObjectDepth bounds the objects and lists inside each other that one
	// mapping writes out.
	maxObjectDepth = 16
	// minDepth and maxDepth bound how many values of a type may be in each other;
	// maxCircle the types, forms among them, that hold each other.
	minDepth  = 2
	maxDepth  = 64
	maxCircle = 256
	// maxFields bounds the fields of a template or a JSON object.
	maxFields = 1_000
	// maxAssigns bounds the fields that all steps, probes and answers send.
	maxAssigns = 100_000
	// maxAwaited bounds the replies and errors of all commands together, those
	// of replies.errors counted for each.
	maxAwaited = 200_000
	// maxEcho bounds the fields that a command has echoed.
	maxEcho = 64
	// maxTried bounds the fields of all examples together, those of a template
	// counted for each.
	maxTried = 500_000
)

// spend takes n from what is left of a bound; v is told once that nothing is.
// It reports whether there was enough.
func spend(left *int, n int, v value, format string, args ...any) bool {
	if *left < 0 {
		return false
	}
	if *left -= n; *left < 0 {
		v.fail("too-much", "", format, args...)
		return false
	}
	return true
}

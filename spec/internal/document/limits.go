package document

// What a document may be. A reviewed spec is far below all of these; they keep
// a hostile one from costing time or memory.
const (
	maxBytes    = 4 << 20
	maxDepth    = 64      // of maps and lists in each other
	maxKeys     = 20_000  // in one map
	maxNodes    = 200_000 // in all: maps, lists, scalars and keys' empty values
	maxMistakes = 100     // after which the rest is not read
)

package wire

import "strings"

// Pair is a key that the spec does not name, and its value, as text.
type Pair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// ClonePairs is a copy that shares no memory with a frame.
func ClonePairs(pairs []Pair) []Pair {
	out := make([]Pair, len(pairs))
	for i, p := range pairs {
		out[i] = Pair{Key: strings.Clone(p.Key), Value: strings.Clone(p.Value)}
	}
	return out
}

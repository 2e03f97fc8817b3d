package decode

import "bytes"

// maxEchoes and maxEchoed bound the lines of which an echo may come, and their bytes.
const (
	maxEchoes = 1024
	maxEchoed = 1 << 20
)

// echoes are lines of the client's that may come back.
type echoes struct {
	lines [][]byte
	bytes int
}

// sent remembers the lines of a frame.
func (e *echoes) sent(frame, end []byte) {
	if len(end) == 0 {
		return
	}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(frame, end), end) {
		e.lines, e.bytes = append(e.lines, bytes.Clone(line)), e.bytes+len(line)
	}
	for len(e.lines) > maxEchoes || len(e.lines) > 1 && e.bytes > maxEchoed {
		e.forget(1)
	}
}

func (e *echoes) forget(n int) {
	for range n {
		e.bytes -= len(e.lines[0])
		e.lines = e.lines[1:]
	}
}

// came reports whether a line is an echo. Lines before it do not come any more: what is
// secret is not echoed.
func (e *echoes) came(line []byte) bool {
	for i, sent := range e.lines {
		if bytes.Equal(line, sent) {
			e.forget(i + 1)
			return true
		}
	}
	return false
}

package check_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestIDs(t *testing.T) {
	// Two commands with the id 7, handed over at these times; what came between.
	reused := func(first, second time.Duration, epoch session.Epoch, chunks ...check.Chunk) func(*check.Run, *check.Client) {
		return func(r *check.Run, c *check.Client) {
			r.Tag = func(line []byte) string {
				tag, found := bytes.CutPrefix(line, []byte("="))
				if !found {
					return ""
				}
				return string(tag)
			}
			c.Calls[0].Tag, c.Calls[0].Handed = "7", []check.Handed{{Mono: first, Epoch: 1}}
			c.Calls[1].Tag, c.Calls[1].Handed = "7", []check.Handed{{Mono: second, Epoch: epoch}}
			c.Chunks = append(chunks, c.Chunks...)
		}
	}
	chunk := func(at time.Duration, epoch session.Epoch, text string) check.Chunk {
		return check.Chunk{Mono: at, Epoch: epoch, Bytes: []byte(text)}
	}
	finds(t, "ids",
		wrong{"before any reply", reused(3*s, 5*s, 1)},
		wrong{"after another's", reused(3*s, 5*s, 1, chunk(4*s, 1, "=8\n"))},
		wrong{"after half of it", reused(3*s, 5*s, 1, chunk(4*s, 1, "=7"))},
		wrong{"after one of another link", reused(3*s, 5*s, 1, chunk(4*s, 2, "=7\n"))},
	)
	bears(t, "ids",
		wrong{"after the reply", reused(3*s, 5*s, 1, chunk(4*s, 1, "=7\n"))},
		wrong{"after both halves of it", reused(3*s, 5*s, 1, chunk(4*s, 1, "="), chunk(4*s+1, 1, "7\n"))},
		wrong{"on another link", reused(3*s, 80*s, 2)},
	)
}

package check_test

import (
	"testing"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestSequences(t *testing.T) {
	plan := plantest.Post()
	// What a device had on a connection of a post office: commands, and who sends a letter.
	had := func(commands ...string) func(*check.Run, *check.Client) {
		return func(r *check.Run, c *check.Client) {
			r.Plan, r.Seen = plan, nil
			for i := 0; i < len(commands); i += 2 {
				r.Seen = append(r.Seen, check.Seen{At: 3 * s, Conn: 1, Command: plantest.Command(plan, commands[i]), ID: commands[i+1]})
			}
		}
	}
	finds(t, "sequences",
		wrong{"others come between", had("from", "1", "count", "")},
		wrong{"another letter comes between", had("from", "1", "from", "2")},
		wrong{"a part without the beginning", had("to", "")},
		wrong{"a part behind what was undone", had("from", "1", "reset", "", "to", "")},
		wrong{"a part behind the end", had("from", "1", "letter", "", "text", "")},
	)
	bears(t, "sequences",
		wrong{"one after the other", had("hello", "", "from", "1", "to", "", "letter", "", "count", "", "from", "2")},
		wrong{"the heartbeat comes between", had("from", "1", "ping", "", "to", "")},
		wrong{"what is undone", had("from", "1", "reset", "", "count", "")},
		wrong{"tried again", had("from", "1", "from", "1", "to", "", "to", "")},
	)
}

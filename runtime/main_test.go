package runtime

import (
	"flag"
	"testing"
	"time"

	"go.uber.org/goleak"
)

var engines = flag.Bool("engine", false, "all clients are driven by engines, one each, which park and unpark links all the time")

func TestMain(m *testing.M) {
	flag.Parse()
	if *engines {
		everyone = []Option{func(c *config) { c.engine = restless() }}
	}
	goleak.VerifyTestMain(m)
}

// restless is an engine that takes hardly any link for idle, or for busy, for long.
func restless() *Engine {
	e := NewEngine()
	e.idle, e.busy = 200*time.Microsecond, 2
	return e
}

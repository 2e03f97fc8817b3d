package box

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/model"
)

// TestExamplesAreFound: whoever pastes an example is told that it is the message it is an
// example of, or that it may be. It is the oracle that is asked: the script finds the same.
func TestExamplesAreFound(t *testing.T) {
	for name, p := range documents(t) {
		frames, err := framesPlan(newRefs(), p)
		require.NoError(t, err)
		for direction, o := range newOracles(t, p, frames) {
			things := thingsOf(p, direction)
			for i, thing := range things {
				for _, e := range thing.examples {
					if e.Bad != "" {
						continue
					}
					wire := wrapped(p, direction, thing.template, e.Wire)
					f, others := o.next(wire)
					require.NoError(t, f.err, "%s %s %q", name, thing.name, wire)
					assert.Equal(t, len(wire), f.n, "%s %s %q", name, thing.name, wire)
					assert.Contains(t, append(others, f.Message), i, "%s %s %q", name, thing.name, wire)
				}
			}
		}
	}
}

// thing is a message or a command.
type thing struct {
	name     string
	template *model.Template
	examples []*model.Example
}

func thingsOf(p *model.Protocol, direction string) (all []thing) {
	if direction == "sent" {
		for _, c := range p.Commands {
			all = append(all, thing{c.Name, &c.Template, c.Examples})
		}
		return all
	}
	for _, m := range p.Messages {
		all = append(all, thing{m.Name, &m.Template, m.Examples})
	}
	return all
}

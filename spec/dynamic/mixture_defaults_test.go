package dynamic_test

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// mixtureDefaults are values that some types take.
var mixtureDefaults = strings.Split("0|1|300|a|abc|-5.5|true|A|low|7.0", "|")

// defaults says of fields that may be absent what that means, where a value can say
// that. It draws nothing, so that the documents stay the ones that they were.
func (m *mixture) defaults() {
	p := m.accepts(m.types, m.commands)
	if p == nil {
		return
	}
	for i, c := range p.Commands {
		if i%3 != 0 {
			m.commandDefaults(i, c)
		}
	}
}

// commandDefaults says it of the fields of one command.
func (m *mixture) commandDefaults(i int, c *model.Command) {
	var said []string
	for j, f := range c.Template.Fields {
		if !f.Optional {
			continue
		}
		for k := range mixtureDefaults {
			value := mixtureDefaults[(i+j+k)%len(mixtureDefaults)]
			more := append(said[:len(said):len(said)], fmt.Sprintf("%s: {default: %s}", f.Name, value))
			line := strings.TrimSuffix(m.commands[i], "}\n") + ", fields: {" + strings.Join(more, ", ") + "}}\n"
			commands := append([]string(nil), m.commands...)
			if commands[i] = line; m.accepts(m.types, commands) != nil {
				said = more
				break
			}
		}
	}
	if len(said) > 0 {
		m.commands[i] = strings.TrimSuffix(m.commands[i], "}\n") + ", fields: {" + strings.Join(said, ", ") + "}}\n"
	}
}

package serve

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/spec/dynamic"
)

// Repeated is an event that a device sends again and again.
type Repeated struct {
	Every time.Duration
	text  string
	frame string // without its end
}

// ParseRepeated reads "TIME MESSAGE [FIELD=VALUE…]".
func ParseRepeated(p *dynamic.Protocol, text string) (Repeated, error) {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	every, err := time.ParseDuration(first)
	if err != nil || every <= 0 {
		return Repeated{}, fmt.Errorf("%q is no time; say TIME MESSAGE, as in \"1s reading channel=3\"", first)
	}
	frame, err := parseEvent(p, rest)
	return Repeated{Every: every, text: text, frame: frame}, err
}

// parseEvent reads "MESSAGE [FIELD=VALUE…]"; fields that are not given are those
// of the message's first example.
func parseEvent(p *dynamic.Protocol, text string) (frame string, err error) {
	words, err := entry.Words(text)
	if err != nil {
		return "", err
	}
	if len(words) == 0 {
		return "", fmt.Errorf("a message is missing; %s", messages(p))
	}
	m := p.Message(words[0].Value)
	if m == nil {
		return "", fmt.Errorf("the spec has no message %q; %s", words[0].Value, messages(p))
	}
	values, err := entry.Values(p, m.Template.Fields, words[1:])
	if err != nil {
		return "", err
	}
	bytes, err := p.Example(m.Name, values)
	return string(bytes), err
}

func messages(p *dynamic.Protocol) string {
	var names []string
	for _, m := range p.Model().Messages {
		names = append(names, m.Name)
	}
	return "there are " + strings.Join(names, ", ")
}

// repeat sends an event until ctx ends, or stop.
func (s *server) repeat(ctx context.Context, r Repeated) {
	ctx, stop := context.WithCancel(ctx)
	s.repeated = append(s.repeated, stop)
	s.running.Go(func() {
		tick := time.NewTicker(r.Every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				s.device.Emit(r.frame)
			case <-ctx.Done():
				return
			}
		}
	})
}

// stop ends what repeat began.
func (s *server) stop() {
	for _, stop := range s.repeated {
		stop()
	}
	s.repeated = nil
}

package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// loadHead is what is counted of clients that come back, by one name everywhere.
var loadHead = []string{"it was down for", "refused in the busiest second", "connections in the busiest second", "99 % are back within"}

// loadPoints say of a device that comes back what the busiest seconds do not.
func (b *builder) loadPoints() (all []point) {
	first := b.Report.Schedule.Steps[0]
	all = append(all, point{Head: "a moment", Text: "the device cuts all connections and takes new ones at once; each client comes back after " + span(first)})
	if text := b.sustainedWords(); text != "" {
		all = append(all, point{Text: text})
	}
	return append(all, b.returning())
}

// sustainedWords is how many dials a second there are once every client waits the
// longest; empty: they give up.
func (b *builder) sustainedWords() string {
	s := b.Report.Schedule
	last := s.Steps[len(s.Steps)-1]
	mean := (time.Duration(last.Shortest) + time.Duration(last.Longest)) / 2
	if mean <= 0 || s.GiveUpAttempts > 0 || s.GiveUpElapsed != explain.Never {
		return ""
	}
	n := float64(b.Report.Load.Clients) / mean.Seconds()
	rate := quantity.Count(int(n + 0.5))
	if n < 10 {
		rate = fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("The busiest second is one of the first. As an outage goes on each client dials every %s, and about %s a second are refused on average.", span(last), rate)
}

// returning is what each client does that comes back.
func (b *builder) returning() point {
	s, how := &b.p.Session, "TCP"
	switch {
	case b.p.Endpoint.TLS == model.TLSAlways:
		how += ", TLS"
	case b.p.Endpoint.TLS == model.TLSOptional:
		how += ", TLS " + ifTLS
	}
	p := point{Head: "each that comes back connects (" + how + ") and sends"}
	for _, step := range slices.Concat(s.Login, s.Ready) {
		if step.Do != nil {
			p.Links = append(p.Links, "commands."+step.Do.Name)
		}
	}
	var lasting []string
	for _, c := range b.p.Commands {
		if c.Lasting != nil {
			lasting = append(lasting, c.Name)
		}
	}
	switch {
	case len(lasting) > 0 && len(p.Links) > 0:
		p.Text = "and again each " + strings.Join(lasting, ", ") + " that is in force"
	case len(lasting) > 0:
		p.Text = "again each " + strings.Join(lasting, ", ") + " that is in force"
	case len(p.Links) == 0:
		p.Text = "nothing before a program does"
	}
	return p
}

// silentWords say why the worst is so much longer than the delays where the network is
// silent; empty: nothing notices that.
func (b *builder) silentWords() string {
	s := b.Report.Schedule
	last := s.Steps[len(s.Steps)-1]
	n, ok := b.silent()
	if !ok {
		return ""
	}
	return fmt.Sprintf("Where the device is down, a dial fails at once, and what is left is the delay. Where the network is silent, the client must notice first (within %s), and a dial that began just before the end waits for %s in vain, and then its delay, of %s at most.",
		n.Worst, words(b.p.Timeouts.Connect), last.Longest)
}

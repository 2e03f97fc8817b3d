package explain

import (
	"fmt"
	"slices"
	"strings"
)

// Promise is the shortest answer to how soon a dead peer is noticed: for each mode of
// the link, where they differ in it.
func (r *Report) Promise() string {
	var modes []string
	said := map[string][]string{}
	for _, n := range r.Noticing {
		if n.Case != Idle {
			continue
		}
		text := r.promise(n.Mode)
		if said[text] == nil {
			modes = append(modes, text)
		}
		said[text] = append(said[text], n.Mode)
	}
	switch len(modes) {
	case 0:
		return "Each command has a connection of its own: there is none that could fall silent unnoticed."
	case 1:
		return upper(modes[0]) + "."
	}
	var all []string
	for _, text := range modes {
		all = append(all, "In mode "+strings.Join(said[text], " and ")+" "+text+".")
	}
	return strings.Join(all, " ")
}

func (r *Report) promise(mode string) string {
	worst := map[Case]Noticing{}
	for _, n := range r.Noticing {
		if n.Mode == mode {
			worst[n.Case] = n
		}
	}
	idle, frozen, busy := worst[Idle].Worst, worst[Frozen].Worst, worst[Busy].Worst
	if frozen == Never {
		return fmt.Sprintf("a peer that is gone is noticed within %s, by the kernel alone; one whose program hangs is not, while the link is idle", max(idle, busy))
	}
	text := "a silent peer is noticed within " + max(idle, frozen).String()
	if busy > max(idle, frozen) {
		text += ", and within " + busy.String() + " while a command waits"
	}
	return text
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Return is the shortest answer to what a device sees whose clients come back; of a
// report that was not simulated ([Options.Static]) it knows nothing.
func (r *Report) Return() string {
	if len(r.Load.Restarts) == 0 {
		return "Nothing comes back by itself: each command has a connection of its own."
	}
	shortest, longest := r.Load.Restarts[0], r.Load.Restarts[len(r.Load.Restarts)-1]
	return fmt.Sprintf("Losing %s clients for %s, a server sees up to %s connect within one second; after a long outage at most %s, and 99 %% are back within %s.",
		thousands(r.Load.Clients), shortest.Words(), thousands(shortest.Peak), thousands(longest.Peak), longest.Back99)
}

// AnyTime is the shortest answer to what may come at any time.
func (r *Report) AnyTime() string {
	switch n := len(r.Unasked); n {
	case 0:
		return "No message comes unasked: each answers a command."
	case 1:
		return fmt.Sprintf("1 of %d messages may come unasked.", r.Messages)
	default:
		return fmt.Sprintf("%d of %d messages may come unasked.", n, r.Messages)
	}
}

// Fates is the shortest answer to what becomes of a command whose link dies.
func (r *Report) Fates() string {
	var again, unknown int
	for _, c := range r.Commands {
		switch {
		case slices.Contains([]string{"repeated", "lasting"}, c.LinkDies):
			again++
		case c.LinkDies != "session":
			unknown++
		}
	}
	text := fmt.Sprintf("Of the commands whose link dies, %s sent once more", are(again))
	if unknown > 0 {
		text += fmt.Sprintf("; of %d nobody knows whether the device has carried them out", unknown)
	}
	return text + ". What was not sent yet fails, and says so."
}

func are(n int) string {
	switch n {
	case 0:
		return "none is"
	case 1:
		return "1 is"
	}
	return fmt.Sprintf("%d are", n)
}

// Words says how long the server was down.
func (r Restart) Words() string {
	if r.Outage == 0 {
		return "a moment"
	}
	return r.Outage.String()
}

// Words are the outage and by when half, 95 % and all are ready again. Peer is what
// the reader calls the other end.
func (c Comeback) Words(peer string) (words []string) {
	nothing := "at once"
	words = []string{peer + " down for " + c.Outage.String()}
	if c.Silent {
		nothing = "the link goes on"
		words = []string{"network silent for " + c.Outage.String()}
	}
	for _, s := range []Seconds{c.Median, c.P95, c.Worst} {
		if s == 0 {
			words = append(words, nothing)
		} else {
			words = append(words, s.String())
		}
	}
	if c.GivesUp > 0 {
		words[3] = fmt.Sprintf("never: %.0f %% have given up", 100*c.GivesUp)
	}
	return words
}

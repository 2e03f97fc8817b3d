package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/quantity"
)

// Promise is the shortest answer to how soon a dead device is noticed: for each mode of
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
		return fmt.Sprintf("a device that is gone is noticed within %s, by the kernel alone; one whose program hangs is not, while the link is idle", max(idle, busy))
	}
	text := "a silent device is noticed within " + max(idle, frozen).String()
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
	return fmt.Sprintf("Losing %s clients for %s, a device sees up to %s connect within one second; after a long outage at most %s, and 99 %% are back within %s.",
		quantity.Count(r.Load.Clients), shortest.Words(), quantity.Count(shortest.Peak), quantity.Count(longest.Peak), longest.Back99)
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
	count := map[string]int{}
	lasting := 0
	for _, c := range r.Commands {
		count[c.LinkDies]++
		if c.Lasts {
			lasting++
		}
	}
	text := fmt.Sprintf("Of the commands whose link dies before their reply, %s sent once more", are(count["repeated"]))
	switch unknown := count["unknown"] + count["unseen"]; {
	case unknown == 1:
		text += "; of 1 nobody knows whether the device has carried it out"
	case unknown > 1:
		text += fmt.Sprintf("; of %d nobody knows whether the device has carried them out", unknown)
	}
	text += "."
	switch {
	case lasting == 1:
		text += " 1 lasts: once the device has it, it is sent on every link."
	case lasting > 1:
		text += fmt.Sprintf(" %d last: once the device has them, they are sent on every link.", lasting)
	}
	text += fmt.Sprintf(" What was not sent yet waits up to %s for the next link, then fails: not sent.", r.wait())
	if count["repeated"] > 0 {
		text += " A repeat waits as long; then its fate is unknown."
	}
	return text
}

// Repeats says how often and how late a command is repeated; empty: none is.
func (r *Report) Repeats() string {
	if !slices.ContainsFunc(r.Commands, func(c Command) bool { return c.LinkDies == "repeated" }) {
		return ""
	}
	return fmt.Sprintf("Sent once more: if the next link is ready within %s of the loss (timeouts.ready); the reply's time begins anew. "+
		"If that link dies, too, the fate is unknown: nothing is sent a third time.", r.wait())
}

// wait is how long a command waits for a link.
func (r *Report) wait() Seconds {
	for _, p := range r.Phases {
		if p.Name == "wait" {
			return p.Limit
		}
	}
	return 0
}

// Shared is what becomes of commands, in the order in which one should read it.
type Shared struct {
	LinkDies string // as in [Command]
	Words    string
	Commands []string
}

// ByFate puts the commands together that fare alike.
func (r *Report) ByFate() (all []Shared) {
	for _, kind := range []string{"unknown", "unseen", "repeated", "lasting", "session", "goodbye"} {
		first := len(all)
		for _, c := range r.Commands {
			if c.LinkDies != kind {
				continue
			}
			i := first + slices.IndexFunc(all[first:], func(s Shared) bool { return s.Words == c.Fate() })
			if i < first {
				i = len(all)
				all = append(all, Shared{LinkDies: kind, Words: c.Fate()})
			}
			all[i].Commands = append(all[i].Commands, c.Name)
		}
	}
	return all
}

// Typically says what the typical and the worst times are of; empty: of nothing that
// differs.
func (r *Report) Typically() string {
	if !slices.ContainsFunc(r.Noticing, func(n Noticing) bool { return n.Case == Idle && n.By != "kernel" && n.Typical < n.Worst }) {
		return ""
	}
	return "Typically: a device may be gone at any moment of the heartbeat's cycle; half of those are noticed within that time. At worst: none is noticed later."
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

// Words says how long the device was down.
func (r Restart) Words() string {
	if r.Outage == 0 {
		return "a moment"
	}
	return r.Outage.String()
}

// Words are the outage and by when half of the clients, 95 % and all are ready again.
func (c Comeback) Words() (words []string) {
	nothing := "at once"
	words = []string{"device down for " + c.Outage.String()}
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

package check

import "time"

// drain is how late a client must be back to have been stopped, and what it then
// gives its reader before anything that is overdue ends.
const drain = 100 * time.Millisecond

// backAt is when a client that was to do something at a Mono could do it: then,
// or when it was back.
func (c *Client) backAt(mono time.Duration) time.Duration {
	for _, a := range c.Absences {
		if a.during(mono) {
			mono = a.ToMono
		}
	}
	return mono
}

// drainedAt is when a client has ended, at the latest, what is due at t, where
// something else may have been overdue by more when it was back.
func (c *Client) drainedAt(t time.Duration) time.Duration {
	for _, a := range c.Absences {
		switch stopped := a.ToMono-a.FromMono >= drain; {
		case stopped && a.FromMono <= t && t < a.ToMono+drain:
			t = a.ToMono + drain
		case a.during(t):
			t = a.ToMono
		}
	}
	return t
}

// endsFrom is when a client gives a silent peer up, at the earliest, whose time
// is over at t.
func (c *Client) endsFrom(t time.Duration) time.Duration {
	for _, a := range c.Absences {
		if late := a.ToMono - t; a.during(t) && t != a.FromMono { // else it may have come first
			if t = a.ToMono; late >= drain {
				t += drain
			}
		}
	}
	return t
}

// endsAt is the latest such time; false: it was back so late, at that time, that
// it asks once more.
func (c *Client) endsAt(t time.Duration) (time.Duration, bool) {
	for _, a := range c.Absences {
		late := a.ToMono - t
		switch {
		case a.during(t) && late >= jump:
			return a.ToMono, false
		case a.during(t):
			if t = a.ToMono; late >= drain {
				t += drain
			}
		case a.ToMono-a.FromMono >= drain && a.ToMono <= t && t < a.ToMono+drain:
			t = a.ToMono + drain // where something else was overdue
		}
	}
	return t, true
}

func (a *Absence) during(mono time.Duration) bool { return a.FromMono <= mono && mono < a.ToMono }

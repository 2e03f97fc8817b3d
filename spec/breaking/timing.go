package breaking

import (
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// fleetSize is of how many clients the load is compared.
const fleetSize = 1_000

// timing compares what the numbers promise.
func (l *list) timing() {
	same := canon(l.old.Reconnect) == canon(l.now.Reconnect) && canon(l.old.Liveness) == canon(l.now.Liveness) && canon(l.old.Timeouts) == canon(l.now.Timeouts)
	options := explain.Options{Clients: fleetSize, Samples: 1, Static: same} // of what is simulated, only the load is compared
	old, now := explain.Of(l.old, nil, options), explain.Of(l.now, nil, options)
	l.settings(old.Settings, now.Settings)
	l.noticing(old, now)
	for i := range min(len(old.Comebacks), len(now.Comebacks)) {
		was, is := old.Comebacks[i], now.Comebacks[i]
		if is.Worst > was.Worst {
			what, path := "the device was down for ", "$.reconnect#down-"
			if is.Silent {
				what, path = "the network was silent for ", "$.reconnect#silent-"
			}
			a, b := both(value(is.Worst), value(was.Worst))
			l.add(Timing, "back-later", path+quantity.Duration(time.Duration(is.Outage)), model.Pos{}, value(was.Worst), value(is.Worst),
				fmt.Sprintf("after %s%s, a client is ready again within %s, and was within %s", what, is.Outage, a, b))
		}
	}
	l.load(old.Load.Restarts, now.Load.Restarts)
	cost := func(r *explain.Report) (bytes int) {
		for _, h := range r.Heartbeats {
			bytes += h.Bytes
		}
		return bytes
	}
	if was, is := cost(old), cost(now); is != was {
		l.add(Timing, "heartbeat-cost", "$.liveness", model.Pos{}, fmt.Sprint(was), fmt.Sprint(is),
			fmt.Sprintf("an idle link costs %s bytes a day, and cost %s", quantity.Count(is), quantity.Count(was)))
	}
}

// load compares what a device gets from all its clients at once after an outage: more
// may be more than it takes, as with commands in flight. A tenth is noise.
func (l *list) load(old, now []explain.Restart) {
	more := func(is, was int) bool { return is > was+was/10 }
	for i := range min(len(old), len(now)) {
		was, is := old[i], now[i]
		path := "$.reconnect#down-" + quantity.Duration(time.Duration(is.Outage))
		if more(is.Peak, was.Peak) {
			l.add(Breaking, "load-more", path, model.Pos{}, fmt.Sprint(was.Peak), fmt.Sprint(is.Peak),
				fmt.Sprintf("a device that was down for %s gets up to %s connections a second of %s clients, and got %s",
					is.Words(), quantity.Count(is.Peak), quantity.Count(fleetSize), quantity.Count(was.Peak)), Device)
		}
		if more(is.Refused, was.Refused) {
			l.add(Breaking, "attempts-more", path, model.Pos{}, fmt.Sprint(was.Refused), fmt.Sprint(is.Refused),
				fmt.Sprintf("a device that is down for %s gets up to %s attempts in a second of %s clients meanwhile, and got %s",
					is.Words(), quantity.Count(is.Refused), quantity.Count(fleetSize), quantity.Count(was.Refused)), Device)
		}
	}
}

// timed are the settings that are times, or numbers of times.
var timed = []string{"endpoint.idle_close", "liveness.", "timeouts.", "reconnect."}

func (l *list) settings(old, now []explain.Setting) {
	find := func(all []explain.Setting, path string) (value string) {
		for _, s := range all {
			if s.Path == path {
				return s.Value
			}
		}
		return "nothing"
	}
	add := func(path string) {
		was, is := find(old, path), find(now, path)
		for _, prefix := range timed {
			if was != is && strings.HasPrefix(path, prefix) {
				a, b := both(is, was)
				l.add(Timing, "setting-changed", "$."+path, model.Pos{}, was, is, fmt.Sprintf("is %s, and was %s", a, b))
			}
		}
	}
	for _, s := range now {
		add(s.Path)
	}
	for _, s := range old {
		if find(now, s.Path) == "nothing" {
			add(s.Path)
		}
	}
}

// noticing compares by when a peer that is no longer there is noticed: later breaks who
// relies on it; sooner leaves the device less time.
func (l *list) noticing(old, now *explain.Report) {
	if was, is := old.DetectWithin, now.DetectWithin; is > was {
		a, b := both(value(is), value(was))
		l.add(Breaking, "promise-weaker", "$.liveness.detect_within", model.Pos{}, value(was), value(is),
			fmt.Sprintf("the document promises to notice a dead peer within %s, and promised %s", a, b), Clock)
	}
	for _, is := range now.Noticing {
		for _, was := range old.Noticing {
			if was.Mode != is.Mode || was.Case != is.Case || was.Worst == is.Worst {
				continue
			}
			where := is.Case.Words()
			if is.Mode != "" {
				where = "in mode " + is.Mode + ": " + where
			}
			a, b := both(value(is.Worst), value(was.Worst))
			text := fmt.Sprintf("%s: noticed within %s, and was within %s", where, a, b)
			path := "$.liveness#" + string(is.Case) + is.Mode
			if is.Worst > was.Worst {
				l.add(Breaking, "noticed-later", path, model.Pos{}, value(was.Worst), value(is.Worst), text, Clock)
			} else {
				l.add(Timing, "noticed-sooner", path, model.Pos{}, value(was.Worst), value(is.Worst), text)
			}
		}
	}
	l.patience()
}

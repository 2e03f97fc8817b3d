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
			what, path := "the server was down for ", "$.reconnect#down-"
			if is.Silent {
				what, path = "the network was silent for ", "$.reconnect#silent-"
			}
			l.add(Timing, "back-later", path+quantity.Duration(time.Duration(is.Outage)), model.Pos{}, was.Worst.String(), is.Worst.String(),
				fmt.Sprintf("after %s%s, a client is ready again within %s, and was within %s", what, is.Outage, is.Worst, was.Worst))
		}
	}
	for i := range min(len(old.Load.Restarts), len(now.Load.Restarts)) {
		was, is := old.Load.Restarts[i], now.Load.Restarts[i]
		if is.Peak > was.Peak+was.Peak/10 {
			l.add(Timing, "load-more", "$.reconnect#down-"+quantity.Duration(time.Duration(is.Outage)), model.Pos{}, fmt.Sprint(was.Peak), fmt.Sprint(is.Peak),
				fmt.Sprintf("a server that was down for %s gets up to %d connections a second of 1,000 clients, and got %d", is.Words(), is.Peak, was.Peak))
		}
	}
	cost := func(r *explain.Report) (bytes int) {
		for _, h := range r.Heartbeats {
			bytes += h.Bytes
		}
		return bytes
	}
	if was, is := cost(old), cost(now); is != was {
		l.add(Timing, "heartbeat-cost", "$.liveness", model.Pos{}, fmt.Sprint(was), fmt.Sprint(is),
			fmt.Sprintf("an idle link costs %d bytes a day, and cost %d", is, was))
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
				l.add(Timing, "setting-changed", "$."+path, model.Pos{}, was, is, fmt.Sprintf("is %s, and was %s", is, was))
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
		l.add(Breaking, "promise-weaker", "$.liveness.detect_within", model.Pos{}, was.String(), is.String(),
			fmt.Sprintf("the document promises to notice a dead peer within %s, and promised %s", is, was), Clock)
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
			text := fmt.Sprintf("%s: noticed within %s, and was within %s", where, is.Worst, was.Worst)
			path := "$.liveness#" + string(is.Case) + is.Mode
			if is.Worst > was.Worst {
				l.add(Breaking, "noticed-later", path, model.Pos{}, was.Worst.String(), is.Worst.String(), text, Clock)
			} else {
				l.add(Timing, "noticed-sooner", path, model.Pos{}, was.Worst.String(), is.Worst.String(), text)
			}
		}
	}
	l.patience()
}

// patience compares how long a device may take for what it must do in time.
func (l *list) patience() {
	old, now := l.old.Liveness.Probe, l.now.Liveness.Probe
	if old != nil && now != nil {
		was, is := explain.Seconds(old.Timeout)*explain.Seconds(old.Misses), explain.Seconds(now.Timeout)*explain.Seconds(now.Misses)
		if is < was {
			l.add(Breaking, "device-less-time", "$.liveness.probe.timeout", model.Pos{}, was.String(), is.String(),
				fmt.Sprintf("a device must answer the heartbeat within %s, and had %s", is, was), Device)
		}
	}
	if old == nil && now != nil {
		l.add(Breaking, "device-probed", "$.liveness.probe", model.Pos{}, "", now.Send.Do.Name, "a device must answer a heartbeat that it did not get", Device)
	}
	if was, is := explain.Seconds(l.old.Liveness.Silence), explain.Seconds(l.now.Liveness.Silence); is > 0 && (was == 0 || is < was) {
		l.add(Breaking, "device-less-silent", "$.liveness.silence", model.Pos{}, was.String(), is.String(),
			fmt.Sprintf("a device must say something at least every %s", is), Device)
	}
}

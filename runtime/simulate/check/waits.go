package check

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// waits judges how long calls wait, where the driver tells when it had them.
func waits(j *judge) {
	for _, k := range j.c.Calls {
		if !k.Told || k.Outcome == Open {
			continue
		}
		j.waitsForReply(k)
		j.waitsForReady(k)
	}
}

// waitsForReply: a reply has its time, from the hand-over, as long as its link
// lives. A command that is sent again has it again.
func (j *judge) waitsForReply(k *Call) {
	limit := j.replyTimeout(k.Command)
	if k.Several || len(k.Handed) == 0 || limit == 0 || len(j.Plan.Commands[k.Command].Replies) == 0 {
		return
	}
	last := k.Handed[len(k.Handed)-1]
	end := j.c.drainedAt(last.Mono + limit)
	if len(j.Plan.Commands[k.Command].Each) > 0 {
		end = j.prolonged(last.Epoch, end, limit)
	}
	if now := j.stateAt(end); carries(now.To) && now.Epoch == last.Epoch && k.FinishedMono > end {
		j.report(k.FinishedMono, "%s waited for its reply %v too long", j.name(k), k.FinishedMono-end)
	}
}

// prolonged is the latest end of a reply's time that each message before it begins
// anew: any bytes may have been one.
func (j *judge) prolonged(e session.Epoch, end, limit time.Duration) time.Duration {
	for _, ch := range j.c.Chunks {
		if ch.Epoch == e && ch.Mono <= end {
			end = max(end, j.c.drainedAt(ch.Mono+limit))
		}
	}
	return end
}

// waitsForReady: a call that finds no READY client, or loses it, waits for
// timeouts.ready at most; one that fails fast, not at all.
func (j *judge) waitsForReady(k *Call) {
	limit := j.Plan.Timeouts.Ready
	if k.FailFast && !j.Plan.PerCommand {
		limit = 0
	}
	since, down := j.downSince(k, k.FinishedMono)
	if end := j.c.backAt(since + limit); down && k.FinishedMono > end {
		j.report(k.FinishedMono, "%s waited for READY %v too long", j.name(k), k.FinishedMono-end)
	}
}

// downSince is from when on a call waits for READY at a Mono; false: it does not.
func (j *judge) downSince(k *Call, mono time.Duration) (since time.Duration, down bool) {
	since, down = k.SubmittedMono, true
	for _, ch := range j.c.Changes {
		if ch.At > mono {
			break
		}
		before := down
		if down = !carries(ch.To); down && !before {
			since = max(since, ch.At)
		}
	}
	return since, down
}

// stateAt is the last change of state until a time.
func (j *judge) stateAt(mono time.Duration) Change {
	var last Change
	for _, ch := range j.c.Changes {
		if ch.At > mono {
			break
		}
		last = ch
	}
	return last
}

package check

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// idEvent is one use of an id on a link: a hand-over, or a line that came with it.
type idEvent struct {
	mono  time.Duration
	tag   string
	call  *Call // nil: a line came
	epoch session.Epoch
	turn  int // of those of one moment: what came may have been first, or last
}

// ids: on one link, an id is handed over again only once the reply with it has
// come.
func ids(j *judge) {
	if j.Tag == nil {
		return
	}
	type use struct {
		epoch session.Epoch
		tag   string
	}
	open := map[use]*Call{}
	for _, e := range j.idEvents() {
		at := use{e.epoch, e.tag}
		if e.call == nil {
			delete(open, at)
			continue
		}
		if before := open[at]; before != nil {
			j.report(e.mono, "%s has the id %s of %s, which may still be answered", j.name(e.call), e.tag, j.name(before))
		}
		open[at] = e.call
	}
}

// idEvents are all of them by time.
func (j *judge) idEvents() []idEvent {
	var all []idEvent
	rest := map[session.Epoch][]byte{}
	for _, ch := range j.c.Chunks {
		line := append(rest[ch.Epoch], ch.Bytes...)
		for end := bytes.IndexByte(line, '\n'); end >= 0; end = bytes.IndexByte(line, '\n') {
			if tag := j.Tag(line[:end]); tag != "" {
				came := idEvent{mono: ch.Mono, tag: tag, epoch: ch.Epoch}
				all = append(all, came)
				came.turn = 2
				all = append(all, came)
			}
			line = line[end+1:]
		}
		rest[ch.Epoch] = line
	}
	for _, k := range j.c.Calls {
		for _, h := range k.Handed {
			if k.Tag != "" {
				all = append(all, idEvent{mono: h.Mono, tag: k.Tag, call: k, epoch: h.Epoch, turn: 1})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b idEvent) int {
		return cmp.Or(cmp.Compare(a.mono, b.mono), cmp.Compare(a.turn, b.turn))
	})
	return all
}

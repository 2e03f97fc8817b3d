package lab_test

import (
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/model"
)

var (
	full = flag.Bool("full", false, "every experiment, not only those that fit into a minute")
	// The system may take one of the client's threads from its processor while
	// the control timer runs on another. What is late by itself is late each time.
	attempts = flag.Int("attempts", 3, "how often an experiment is done that exceeds its bound")
)

// watch is how long a link is watched that is to live on: longer than every
// bound.
const watch = 8 * time.Second

// TestFaults is the table of README.md: each fault, for each kind of client,
// with each setting.
func TestFaults(t *testing.T) {
	t.Parallel()
	for i := range faults {
		f := &faults[i]
		for _, k := range f.all() {
			for _, s := range settings {
				if *full || short(f, k, s) {
					t.Run(f.name+"/"+string(k)+"/"+s.name, func(t *testing.T) {
						t.Parallel()
						holds(t, s, f, k)
					})
				}
			}
		}
	}
}

// short reports whether an experiment is part of every test run: each fault
// once, and each of the bounds once.
func short(f *fault, k kind, s setting) bool {
	if f.name == "drop both ways" {
		return s.name == "together" || k == idle && s.name == "keepalive" || k == busy && s.name == "user timeout"
	}
	of := map[damage]kind{none: busy, cut: idle, hung: busy, mute: writer, long: writer, closed: idle}
	only, by := of[f.damage], "together"
	switch {
	case f.damage == mute:
		by = "heartbeat" // only the write deadline can end it
	case f.server != nil:
		only = writer
	case len(f.kinds) == 1:
		only = f.kinds[0]
	}
	return k == only && s.name == by
}

// holds checks one experiment against what is promised.
func holds(t *testing.T, s setting, f *fault, k kind) {
	m, err := s.model()
	require.NoError(t, err)
	var o outcome
	for n := 1; n <= *attempts; n++ {
		o = perform(t, ours(s), f, k, promised(m, f, k), watch)
		o.attempts = n
		t.Log(&o)
		if o.settled() {
			break
		}
	}
	results.add(o)
	if o.promise.bound == 0 {
		require.True(t, o.kept(), "a link that nothing had to end was ended: %s", o.err)
		requireLife(t, &o, &m.Liveness)
		return
	}
	require.True(t, o.noticed, "never noticed")
	require.True(t, o.returned, "never READY again")
	require.True(t, o.kept(), "over the bound, or too early to have been the fault, by %v: %s", o.over(excuse(o.late)), o.err)
}

// requireLife checks that a link that was to live still answers.
func requireLife(t *testing.T, o *outcome, life *model.Liveness) {
	if !o.lives() || o.noticed || o.fault.damage == mute {
		return
	}
	silent := life.Probe == nil && life.KeepAlive.Idle == 0
	require.Equal(t, !(o.fault.expires && silent), o.answered, "whether the link answers after the fault")
}

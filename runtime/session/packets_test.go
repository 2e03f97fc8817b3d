package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// stuffed is an Acme whose frames stand between markers, with bytes escaped.
func stuffed(p *session.Plan) {
	p.Framing.Packet = &wire.Packet{
		Extent: wire.ExtentEnds, Ends: []string{"\n"}, Sends: "\n",
		Escape: &wire.Escape{Byte: '\\', Escaped: "\n\\", Codes: "n\\"},
	}
}

// counted is an Acme whose frames say how long they are, and what does not is dropped.
func counted(p *session.Plan) {
	p.Framing.Packet = &wire.Packet{Extent: wire.ExtentCount, Size: wire.Size{Width: 4}, Head: 4}
	p.Framing.Max = 100
	p.Unexpected = session.Unexpected{Frame: session.Drop, Message: session.Drop, Reply: session.Drop}
	p.Login, p.Liveness.Probe = nil, nil
}

// TestInvariant06WhatIsSkippedHasItsTime: a count that is wrong does not make the
// client deaf for as long as gigabytes take.
func TestInvariant06WhatIsSkippedHasItsTime(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(counted)))
	r.connect()
	r.recv("\x00\x00\x00\xc8" + strings.Repeat("x", 150))
	r.pass(29 * time.Second)
	r.recv(strings.Repeat("x", 50)) // that was all of it
	r.pass(time.Minute)
	require.Equal(t, "ready", r.state())
	r.recv("\xff\xff\xff\xff")
	for range 30 {
		r.pass(time.Second)
		r.recv("\x00\x00\x00\x01x")
	}
	require.Equal(t, 1, r.aborts)
	require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
}

// TestEventsOfOneReadKeepTheirBytes: where bytes are escaped, each frame needs room of its own.
func TestEventsOfOneReadKeepTheirBytes(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(stuffed))).ready()
	r.recv("READING 1 a\\\\b C\nREADING 2 \\nc\\\\ C\nREADING 3 x C\n")
	require.Equal(t, []string{"READING 1 a\\b C", "READING 2 \nc\\ C", "READING 3 x C"}, r.events)
}

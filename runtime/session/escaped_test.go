package session_test

import (
	"testing"

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

// TestEventsOfOneReadKeepTheirBytes: where bytes are escaped, each frame needs room of its own.
func TestEventsOfOneReadKeepTheirBytes(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(stuffed))).ready()
	r.recv("READING 1 a\\\\b C\nREADING 2 \\nc\\\\ C\nREADING 3 x C\n")
	require.Equal(t, []string{"READING 1 a\\b C", "READING 2 \nc\\ C", "READING 3 x C"}, r.events)
}

package codecs

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// maxStream bounds a stream, in bytes: nats.go has a buffer for so many events,
// and what is announced and never comes is made room for by others.
const maxStream = 2 << 10

// ours cuts a stream into frames as a generated client does that expects any
// message.
type ours struct {
	codecs  *dynamictest.Codecs
	plan    *session.Plan
	decoder *wire.Decoder
	rest    []byte
}

func newOurs(codecs *dynamictest.Codecs, plan *session.Plan, stream []byte) *ours {
	var shapes []wire.Shape
	for _, m := range plan.Messages {
		shapes = append(shapes, m.Shape)
	}
	return &ours{codecs, plan, wire.NewDecoder(&plan.Framing, wire.NewDispatch(shapes)), stream}
}

// next is the next frame and the name of its message. ok is false where a client
// would end the link or wait for more; rest then begins with what it is about.
// Both codecs read the frame.
func (o *ours) next(t *testing.T) (name string, frame []byte, ok bool) {
	f, n, need, err := o.decoder.Next(o.rest, anything{})
	if err != nil || need > 0 || f.Message == wire.NoMessage {
		return "", nil, false
	}
	require.Positive(t, n)
	o.codecs.Read(t, f.Bytes)
	o.rest = o.rest[n:]
	return o.plan.Messages[f.Message].Name, f.Bytes, true
}

// anything expects every message.
type anything struct{}

func (anything) Expects(int) bool { return true }

// parse reads a frame that the decoder found to be an M.
func parse[M any, P interface {
	*M
	dynamictest.Frame
}](t *testing.T, frame []byte) P {
	t.Helper()
	m := P(new(M))
	require.NoError(t, m.ParseFrame(frame), "%q", frame)
	return m
}

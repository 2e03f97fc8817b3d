// Package frames is what the fuzz targets of generated packages share: any
// bytes are read as any message, and what is accepted must be written as a
// frame that means the same.
package frames

import (
	"bytes"
	"reflect"
	"testing"
)

// Message is a generated message.
type Message interface {
	ParseFrame(frame []byte) error
	AppendFrame(dst []byte) ([]byte, error)
}

// Messages makes an empty one of each.
type Messages []func() Message

// New is an entry of [Messages].
func New[M any, P interface {
	*M
	Message
}]() Message {
	return P(new(M))
}

// Again reads data as each message, writes it, and reads it again. end is what
// sent lines end with.
func (ms Messages) Again(t *testing.T, data []byte, end string) {
	for _, empty := range ms {
		m, again := empty(), empty()
		if m.ParseFrame(data) != nil {
			continue
		}
		wire, err := m.AppendFrame(nil)
		if err != nil {
			// A list whose only item is written as nothing, text that a line
			// cannot hold: received, but never sent.
			continue
		}
		if err := again.ParseFrame(bytes.TrimSuffix(wire, []byte(end))); err != nil {
			t.Fatalf("%q was read, but not written as %q: %v", data, wire, err)
		}
		if !reflect.DeepEqual(m, again) {
			t.Fatalf("%q is %+v, but written as %q it is %+v", data, m, wire, again)
		}
	}
}

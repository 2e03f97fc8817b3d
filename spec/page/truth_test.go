package page_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestWhatEndsALinkIsTrue: what the page says that ends a link, or stops the client, does
// so, and what it says that does not does not. A client meets a device that does it.
func TestWhatEndsALinkIsTrue(t *testing.T) {
	t.Parallel()
	user := dynamic.Map{"user": "u"}
	for _, test := range []struct {
		name, vendor    string
		params          dynamic.Map
		handle, answers string
		call            string // of a program; empty: the session asks by itself
		values          dynamic.Map
		stops           bool
		ends            bool
		says            string // in the part of the session, or of the card, that is named in
		in              string
	}{
		{
			name: "any error in login", vendor: "nut", params: user, handle: "username", answers: "ERR UNKNOWN-UPS",
			stops: true, in: "Login", says: "stops the client for good: an error in answer",
		},
		{
			name: "an error in login that may be tried again", vendor: "nut", params: user, handle: "username", answers: "ERR DATA-STALE",
			ends: true, in: "Login", says: "dials again: err with code DATA-STALE",
		},
		{
			name: "an error while getting ready", vendor: "russound", handle: "get_version", answers: "E nothing",
			ends: true, in: "Getting ready", says: "dials again: an error in answer, whatever it says",
		},
		{
			name: "a refusal of a program's command", vendor: "nut", handle: "set_var", answers: "ERR ACCESS-DENIED",
			call: "set_var", values: dynamic.Map{"ups": "a", "name": "b", "value": "c"}, in: "messages.err", says: "the link goes on",
		},
		{
			name: "a reply that repeats something else", vendor: "nut", handle: "get_numlogins", answers: "NUMLOGINS other 1",
			call: "get_numlogins", values: dynamic.Map{"ups": "mine"}, ends: true, in: "commands.get_numlogins", says: "must repeatups; otherwise the link is ended",
		},
		{
			name: "a line that is not known", vendor: "nut", handle: "get_numlogins", answers: "GARBAGE",
			call: "get_numlogins", values: dynamic.Map{"ups": "mine"}, ends: true, in: "Ready", says: "a message that the document does not know",
		},
		{
			name: "an event that repeats something else", vendor: "acme", params: dynamic.Map{"user": "u", "secret": "s"}, handle: "read", answers: "READING 9 1.00 C",
			call: "read", values: dynamic.Map{"channel": 3}, in: "commands.read", says: "otherwise it is an event, and the command goes on waiting",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			html := vendor(t, test.vendor)
			text, part := bands(t, html)[test.in]
			if !part {
				text = cardOf(t, html, test.in)
			}
			require.Contains(t, text, test.says)
			model, findings := spec.Load("spec.yaml", documents(t)[test.vendor])
			require.Empty(t, findings)
			p, err := dynamic.Open(model)
			require.NoError(t, err)
			synctest.Test(t, func(t *testing.T) {
				d := device.New(p.Plan())
				defer d.Close()
				d.Otherwise(p.Respond)
				d.Reply(test.handle, test.answers)
				c, err := p.New("device", test.params, runtime.WithDialer(d.Dialer()))
				require.NoError(t, err)
				go c.Run(t.Context()) //nolint:errcheck // what it ends with is looked at below
				defer c.Close()
				if test.call != "" {
					_, _, err := c.Call(t.Context(), test.call, test.values)
					require.Error(t, err)
				} else {
					time.Sleep(5 * time.Second)
				}
				require.Equal(t, test.stops, c.State() == runtime.Closed)
				if test.stops {
					require.ErrorIs(t, c.Err(), runtime.ErrRefused)
				}
				require.Equal(t, test.ends, c.Stats().Links > 1, "%d links", c.Stats().Links)
			})
		})
	}
}

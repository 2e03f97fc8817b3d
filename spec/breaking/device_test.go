package breaking_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// TestOldDevicesGoOn: where no change is said to break a device, a client of the new
// document works with a device of the old one. Where one is, most do not.
func TestOldDevicesGoOn(t *testing.T) {
	fine, broken := 0, 0
	for name, tt := range cases(t) {
		now := tt.edits.apply(t, before)
		breaks := slices.ContainsFunc(compare(t, before, now), func(c breaking.Change) bool { return slices.Contains(c.For, breaking.Device) })
		err := works(t, before, now)
		switch {
		case !breaks:
			require.Empty(t, err, name)
			fine++
		case err != "":
			broken++
		}
	}
	t.Logf("%d work, %d do not", fine, broken)
	require.Greater(t, fine, 25)
	require.Greater(t, broken, 8)
}

// works lets a client of the new document call and hear all that the old one has; it
// gives the first thing that went wrong.
func works(t *testing.T, old, now string) (wrong string) {
	was, err := dynamic.Open(load(t, old))
	require.NoError(t, err)
	is, err := dynamic.Open(load(t, now))
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		d := was.Device()
		defer d.Close()
		params := dynamic.Map{}
		for _, p := range is.Model().Params {
			params[p.Name] = "x"
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		c, err := is.Dial(ctx, "device", params, runtime.WithDialer(d.Dialer()))
		if err != nil {
			wrong = err.Error()
			return
		}
		defer c.Close()
		for _, command := range was.Model().Commands {
			if command.Private || is.Command(command.Name) == nil || is.Command(command.Name).Private {
				continue
			}
			values := dynamic.Map{}
			for _, e := range command.Examples {
				if e.Bad == "" {
					for k, v := range e.Is {
						if slices.ContainsFunc(is.Command(command.Name).Template.Fields, func(f *model.Field) bool { return f.Name == k }) {
							values[k] = v
						}
					}
				}
			}
			if _, _, err := c.Call(ctx, command.Name, values); err != nil && wrong == "" {
				wrong = err.Error()
			}
		}
		for _, m := range was.Model().Messages {
			if frame, err := was.Example(m.Name, nil); err == nil && m.Unasked() {
				d.Emit(string(frame))
			}
		}
		synctest.Wait()
		if unknown := d.History().Of(device.Unknown); len(unknown) > 0 && wrong == "" {
			wrong = "the device does not understand " + string(unknown[0].Frame)
		}
		if n := c.Stats().EventsUnknown; n > 0 && wrong == "" {
			wrong = "an event is unknown"
		}
		if n := c.Stats().Links; n != 1 && wrong == "" {
			wrong = "the link was lost"
		}
	})
	return wrong
}

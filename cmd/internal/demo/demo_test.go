package demo

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// inMemory reaches the device without a network, so that time can be virtual.
func inMemory(d *device.Device) (string, []runtime.Option, error) {
	return "demo", []runtime.Option{runtime.WithDialer(d.Dialer()), runtime.WithSeed(7)}, nil
}

var (
	result = regexp.MustCompile(`\ndemo: noticed a silent peer in 2\.7s \(bound 3s\), ready again \S+ after it returned\n$`)
	timed  = regexp.MustCompile(`(?m)^ +\S+s  (.*?) +(\S+s) +(\S+s)$`)
)

// In virtual time nothing is late: what is measured never exceeds its bound.
func TestStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		start := time.Now()
		require.NoError(t, run(t.Context(), &out, inMemory))
		assert.Less(t, time.Since(start), 20*time.Second, "a demo that nobody waits for")
		assert.Regexp(t, result, out.String())
		assert.Contains(t, out.String(), "    frames: {line: {ends: [LF, CRLF], max: 4KiB}}\n", "the document is shown")
		assert.NotContains(t, out.String(), "hidden", "the secret is not")

		steps := timed.FindAllStringSubmatch(out.String(), -1)
		require.GreaterOrEqual(t, len(steps), 11, out.String())
		for _, step := range steps {
			bound, err := time.ParseDuration(step[2])
			require.NoError(t, err)
			took, err := time.ParseDuration(step[3])
			require.NoError(t, err)
			assert.LessOrEqual(t, took, bound, step[1])
		}
	})
}

func TestTheStoryThatDoesNotHappen(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(d *device.Device)
		want  string
	}{
		"refused login":  {func(d *device.Device) { d.RefuseLogin("DENIED") }, "the client closed: .*refused"},
		"refused dial":   {func(d *device.Device) { d.RefuseDial() }, "the client was never ready: .*; last: .*"},
		"no answer":      {func(d *device.Device) { d.DropReplies("read", 1) }, "read: fate unknown: "},
		"dead heartbeat": {func(d *device.Device) { d.DropReplies("heartbeat", -1) }, "no heartbeat was answered: "},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				err := run(t.Context(), &out, func(d *device.Device) (string, []runtime.Option, error) {
					c.spoil(d)
					return inMemory(d)
				})
				require.Error(t, err)
				assert.Regexp(t, c.want, err.Error())
				assert.NotContains(t, out.String(), "demo: noticed")
			})
		})
	}
}

func TestInterrupt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		var out strings.Builder
		start := time.Now()
		require.ErrorIs(t, run(ctx, &out, inMemory), context.DeadlineExceeded)
		assert.Equal(t, 5*time.Second, time.Since(start))
	})
}

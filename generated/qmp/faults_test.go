package qmp_test

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/qmp"
	"github.com/linewright/linewright/generated/qmp/qmptest"
)

func fake(t *testing.T) (*qmptest.Device, *qmp.Client) {
	t.Helper()
	d := qmptest.New()
	c, err := d.Dial(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(); d.Close() })
	return d, c
}

// TestRepliesInAnyOrder: the answer to the second command comes first, looks
// like the first one's, and is the second one's all the same.
func TestRepliesInAnyOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, c := fake(t)
		var first *qmptest.QueryJobsRequest
		d.HandleQueryJobs(func(r *qmptest.QueryJobsRequest) { first = r })
		d.HandleQueryIothreads(func(r *qmptest.QueryIothreadsRequest) {
			r.ReplyIothreads(qmp.Iothreads{Threads: []qmp.IOThread{{Name: "io0", ThreadID: 7}}})
			first.ReplyServerError(qmp.ServerError{Class: qmp.ErrorClassGenericError, Desc: "no"})
		})
		var wg sync.WaitGroup
		wg.Go(func() {
			_, err := c.QueryJobs(t.Context())
			assert.EqualError(t, err, `qmp: error (class "GenericError", desc "no")`)
		})
		synctest.Wait()
		threads, err := c.QueryIothreads(t.Context())
		require.NoError(t, err)
		require.Equal(t, "io0", threads.Threads[0].Name)
		wg.Wait()
	})
}

// TestEventsBeforeTheReply: what a command makes happen is told before it is
// answered, and both arrive.
func TestEventsBeforeTheReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, c := fake(t)
		sub := listen(t, c)
		d.HandleStop(func(r *qmptest.StopRequest) {
			r.EmitStopped(qmp.Stopped{Timestamp: qmp.Timestamp{Seconds: 1, Microseconds: 2}})
			r.ReplyDone()
		})
		require.NoError(t, c.Stop(t.Context()))
		await(t, sub, func(e *qmp.Stopped) bool { return e.Timestamp == qmp.Timestamp{Seconds: 1, Microseconds: 2} })
		d.Emit(`{"event":"RTC_CHANGE","data":{"offset":78},"timestamp":{"seconds":3,"microseconds":4}}`)
		await(t, sub, func(e *qmp.OtherEvent) bool { return e.Name == "RTC_CHANGE" && string(e.Data.Value) == `{"offset":78}` })
	})
}

// TestAnswerThatIsNone: an answer that is not what was asked for ends the link,
// and the command's fate is unknown.
func TestAnswerThatIsNone(t *testing.T) {
	for name, reply := range map[string]string{
		"of another kind":  `{"return": [], "id": 2}`,
		"of nobody":        `{"return": {}, "id": 99}`,
		"without an id":    `{"return": {"status": "running", "running": true}}`,
		"no JSON":          `{"return": }`,
		"deeper than deep": `{"return": ` + string(make([]byte, 100)) + `}`,
		"too long":         `{"return": "` + string(make([]byte, 5<<20)),
	} {
		synctest.Test(t, func(t *testing.T) {
			d, c := fake(t)
			d.HandleStop(func(r *qmptest.StopRequest) { r.Link().Garbage([]byte(reply + "\r\n")) })
			err := c.Stop(t.Context())
			var e *qmp.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, qmp.Unknown, e.Fate, name)
			require.ErrorIs(t, err, qmp.ErrProtocol, name)
		})
	}
}

// TestEventsOfGuests are those that no guest gives us cause for: the machines of
// the other tests have none.
func TestEventsOfGuests(t *testing.T) {
	at := qmp.Timestamp{Seconds: 1, Microseconds: 2}
	synctest.Test(t, func(t *testing.T) {
		d, c := fake(t)
		sub := listen(t, c)
		for event, want := range map[string]qmp.Event{
			`"SUSPEND"`: &qmp.Suspended{Timestamp: at},
			`"WAKEUP"`:  &qmp.Woken{Timestamp: at},
			`"BALLOON_CHANGE","data":{"actual":944766976}`:           &qmp.BalloonChange{Actual: 944766976, Timestamp: at},
			`"GUEST_PANICKED","data":{"action":"pause"}`:             &qmp.GuestPanicked{Action: "pause", Timestamp: at},
			`"WATCHDOG","data":{"action":"reset"}`:                   &qmp.Watchdog{Action: "reset", Timestamp: at},
			`"VSERPORT_CHANGE","data":{"id":"channel0","open":true}`: &qmp.PortChanged{Port: "channel0", Open: true, Timestamp: at},
			`"BLOCK_IO_ERROR","data":{"device":"","operation":"write","action":"stop","reason":"full","nospace":true}`: &qmp.BlockIOError{
				Operation: "write", Action: "stop", Reason: "full", Nospace: qmp.Some(true), Timestamp: at,
			},
		} {
			d.Emit(`{"timestamp":{"seconds":1,"microseconds":2},"event":` + event + `}`)
			for got := range sub.Events(t.Context()) {
				require.Equal(t, want, got)
				break
			}
		}
		require.NoError(t, c.SystemWakeup(t.Context()), "a guest that sleeps")
	})
}

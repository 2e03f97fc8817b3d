package beanstalkd_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/beanstalkd"
	"github.com/linewright/linewright/generated/beanstalkd/beanstalkdtest"
)

// TestReserveHasItsTime: the reply may come when the server's time is over, long
// after that of other commands, and the heartbeat waits for it; what does not come
// then is missed.
func TestReserveHasItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := beanstalkdtest.New()
		c, err := d.Dial(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()); require.NoError(t, d.Close()) }()
		d.HandleReserveWithTimeout(func(r *beanstalkdtest.ReserveWithTimeoutRequest) {
			time.Sleep(time.Duration(r.Seconds)*time.Second + 4*time.Second)
			r.ReplyTimedOut()
		})
		_, ok, err := c.ReserveWithTimeout(t.Context(), 60)
		require.NoError(t, err)
		require.False(t, ok)
		require.EqualValues(t, 1, c.Stats().Links)

		d.BlackHole()
		start := time.Now()
		_, _, err = c.ReserveWithTimeout(t.Context(), 30)
		require.ErrorIs(t, err, beanstalkd.ErrTimeout)
		require.Equal(t, 35*time.Second, time.Since(start))
	})
}

// TestErrorsOfPut are those that a server in good health does not make.
func TestErrorsOfPut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := beanstalkdtest.New()
		c, err := d.Dial(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()); require.NoError(t, d.Close()) }()
		put := func(answer func(*beanstalkdtest.PutRequest)) error {
			d.HandlePut(answer)
			_, err := c.Put(t.Context(), 0, 0, 60, []byte("x"))
			return err
		}
		var draining *beanstalkd.Draining
		require.ErrorAs(t, put((*beanstalkdtest.PutRequest).ReplyDraining), &draining)
		require.True(t, draining.Temporary())
		var buried *beanstalkd.JobBuried
		require.ErrorAs(t, put(func(r *beanstalkdtest.PutRequest) { r.ReplyJobBuried(beanstalkd.JobBuried{ID: 7}) }), &buried)
		require.EqualValues(t, 7, buried.ID)
		require.EqualValues(t, 1, c.Stats().Links)
		var lost *beanstalkd.ExpectedCrlf
		require.ErrorAs(t, put((*beanstalkdtest.PutRequest).ReplyExpectedCrlf), &lost)
		_, err = c.ListTubes(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 2, c.Stats().Links, "the order of replies was lost")
	})
}

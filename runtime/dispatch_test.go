package runtime

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

func TestDispatcherKeepsOrderAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []string
		d := dispatcher{handle: func(n *notice, dropped uint64) {
			require.Zero(t, dropped)
			got = append(got, n.text)
		}}
		require.Nil(t, d.quiet(), "nothing was posted")
		var want []string
		for i := range 3 * dispatchRoom {
			if i%100 == 0 {
				synctest.Wait()
			}
			want = append(want, fmt.Sprint(i))
			d.post(notice{text: want[i]})
		}
		synctest.Wait()
		require.Equal(t, want, got)
		require.Nil(t, d.quiet(), "the goroutine has ended")
		require.Nil(t, d.queue, "an idle dispatcher holds no memory")
	})
}

func TestSlowHandlerLosesNoticesAndIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		var got []string
		var told uint64
		d := dispatcher{handle: func(n *notice, dropped uint64) {
			<-stuck
			got = append(got, n.text)
			told += dropped
		}}
		d.post(notice{text: "first"})
		synctest.Wait() // it is in the handler
		for i := range dispatchRoom + 5 {
			d.post(notice{text: fmt.Sprint(i)})
		}
		require.EqualValues(t, 5, d.lost())
		close(stuck)
		synctest.Wait()
		require.Len(t, got, 1+dispatchRoom)
		require.Equal(t, fmt.Sprint(dispatchRoom-1), got[dispatchRoom])
		require.EqualValues(t, 5, told)
	})
}

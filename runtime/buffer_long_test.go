package runtime

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInboxGrowsForALongLine in steps that grow with it: a line does not say
// how long it will be.
func TestInboxGrowsForALongLine(t *testing.T) {
	var in inbox
	reads := 0
	for total := 0; total < 8<<20; reads++ {
		n := len(in.room(1))
		total += n
		in.took(n)
		in.done(0)
		require.LessOrEqual(t, len(in.buf), max(2*total, inboxUsual), "memory follows what arrived")
		require.Less(t, reads, 200)
	}
}

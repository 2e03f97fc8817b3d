package lab_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestJudgement: what is excused by a busy machine, and what is not.
func TestJudgement(t *testing.T) {
	const ms = time.Millisecond
	bounded := promise{bound: 3 * time.Second}
	for _, c := range []struct {
		name          string
		o             outcome
		kept, settled bool
	}{
		{"in time", outcome{promise: bounded, noticed: true, returned: true, took: 3005 * ms}, true, true},
		{"late", outcome{promise: bounded, noticed: true, returned: true, took: 3006 * ms}, false, false},
		{"as late as the timer", outcome{promise: bounded, noticed: true, returned: true, took: 3055 * ms, late: 50 * ms}, true, true},
		{"later", outcome{promise: bounded, noticed: true, returned: true, took: 3056 * ms, late: 50 * ms}, false, false},
		{"late on a busy machine", outcome{promise: bounded, noticed: true, returned: true, took: 3245 * ms, late: 60 * ms}, true, false},
		{"too late on a busy machine", outcome{promise: bounded, noticed: true, returned: true, took: 3246 * ms, late: 60 * ms}, false, false},
		{"in time on a busy machine", outcome{promise: bounded, noticed: true, returned: true, took: 3 * time.Second, late: time.Second}, true, true},
		{"never", outcome{promise: bounded, late: time.Second}, false, false},
		{"not back", outcome{promise: bounded, noticed: true, took: time.Second, late: time.Second}, false, true},
		{"too early", outcome{promise: promise{bound: 3 * time.Second, least: 2 * time.Second}, noticed: true, returned: true, took: 1994 * ms}, false, false},
		{"early", outcome{promise: promise{bound: 3 * time.Second, least: 2 * time.Second}, noticed: true, returned: true, took: 1995 * ms}, true, true},
		{"back too late", outcome{promise: bounded, noticed: true, returned: true, back: redial + 6*ms}, false, false},
		{"on schedule", outcome{promise: bounded, noticed: true, returned: true, overdue: punctual + 5*ms}, true, true},
		{"behind schedule", outcome{promise: bounded, noticed: true, returned: true, overdue: punctual + 6*ms}, false, false},
		{"lives", outcome{}, true, true},
		{"was to live", outcome{noticed: true, late: starved}, false, true},
		{"was to live on a machine that starves", outcome{noticed: true, late: starved + 1}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.kept, c.o.kept())
			require.Equal(t, c.settled, c.o.settled())
		})
	}
}

package lab_test

import (
	"encoding/json"
	"flag"
	"os"
)

var outcomesFile = flag.String("outcomes", "", "write what was measured to that file, as JSON")

// record is an outcome for programs, such as benchmarks/liveness. Times are in
// seconds.
type record struct {
	Party, Fault, Kind string
	Noticed, Returned  bool
	Watched, Took      float64
	Bound              float64 // 0: nothing was promised
	Back               float64 // until READY again
	Overdue            float64 // of it, what no schedule and no dial explain
	Late               float64 // the control timer, at worst
	Err                string
}

func (c *collection) writeOutcomes() error {
	if *outcomesFile == "" {
		return nil
	}
	records := make([]record, len(c.all))
	for i := range c.all {
		records[i] = c.all[i].record()
	}
	text, err := json.Marshal(records)
	if err != nil {
		return err
	}
	return os.WriteFile(*outcomesFile, text, 0o666)
}

func (o *outcome) record() record {
	return record{
		Party: o.party, Fault: o.fault.name, Kind: string(o.kind),
		Noticed: o.noticed, Returned: o.returned, Watched: o.watched.Seconds(), Took: o.took.Seconds(),
		Bound: o.promise.bound.Seconds(), Back: o.back.Seconds(), Overdue: max(0, o.overdue).Seconds(),
		Late: o.late.Seconds(), Err: o.err,
	}
}

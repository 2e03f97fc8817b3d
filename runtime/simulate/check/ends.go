package check

// endsOnce: a call that was submitted ends, once, and no later than its context,
// or than a client that was away.
func endsOnce(j *judge) {
	for _, k := range j.c.Calls {
		switch {
		case k.Ends == 0 || k.Outcome == Open:
			j.report(k.Submitted, "%s never ended", j.name(k))
		case k.Ends > 1:
			j.report(k.Finished, "%s ended %d times", j.name(k), k.Ends)
		case k.Outcome == Strange:
			j.report(k.Finished, "%s ended with an error that says no fate: %v", j.name(k), k.Err)
		case k.Finished < k.Submitted:
			j.report(k.Finished, "%s ended before it was submitted", j.name(k))
		case k.Until != 0 && !k.Detached && k.Finished > j.c.back(k.Until):
			j.report(k.Finished, "%s ended %v after its context", j.name(k), k.Finished-k.Until)
		}
	}
}

func (j *judge) name(k *Call) string {
	if k.ID != "" {
		return "call " + k.ID
	}
	return "a call of " + j.Plan.Commands[k.Command].Name
}

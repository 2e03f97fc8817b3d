package trial

// Missing is an error that says what a machine lacks: nothing is measured then,
// and nothing is wrong.
type Missing string

func (m Missing) Error() string { return string(m) }

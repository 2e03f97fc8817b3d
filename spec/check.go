package spec

// check compares what the parts of a document say with each other. Things with
// findings of their own are left out.
func (w *lowering) check() {}

package check

// whole: what the device gets of a link are commands, each as a whole, one after
// the other; only the last may be cut off, and then it is none.
func whole(j *judge) {
	for _, s := range j.Seen {
		if l := j.c.link(s.Conn); s.Garbled && l != nil {
			j.report(s.At, "link %d: the device got what is no command", l.Epoch)
		}
	}
}

package spec

// stream reads what lies below the frames.
func (l *loader) stream(v value) {
	s := &l.p.Stream
	telnet := ""
	v.mapping("what lies below the frames, as in {telnet: refuse}",
		may("telnet", word(&telnet, "off", "refuse")),
		may("echo", boolean(&s.Echo)),
		may("write", word(&s.Write, "batch", "frame")),
	)
	s.Telnet = telnet == "refuse"
}

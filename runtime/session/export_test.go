package session

// TransitionTable prints what can happen in each state.
func TransitionTable() []string {
	var lines []string
	for s := Idle; s <= Closed; s++ {
		line := s.String() + ":"
		for c := range causes {
			if to, ok := transition(s, c); ok {
				line += " " + c.String() + "→" + to.String()
			}
		}
		lines = append(lines, line)
	}
	return lines
}

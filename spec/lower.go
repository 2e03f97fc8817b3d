package spec

// lower turns l.parts into the protocol's types, parameters, messages,
// commands and session.
func (l *loader) lower() {}

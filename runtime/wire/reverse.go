package wire

import "slices"

// Reversed is the framing of what clients send, as servers receive it: clients may
// end their lines in another way than the server does; objects end themselves in
// both directions.
func (f Framing) Reversed() Framing {
	f = f.reversed()
	others := f.Others
	f.Others = nil
	for _, other := range others {
		f.Others = append(f.Others, other.reversed())
	}
	return f
}

// reversed is Reversed of one kind of frames.
func (f Framing) reversed() Framing {
	switch f.Use {
	case UseSend:
		f.Use = UseReceive
	case UseReceive:
		f.Use = UseSend
	}
	if p := f.Packet; p != nil {
		if p.Sends != "" && !slices.Contains(p.Ends, p.Sends) {
			own := *p
			own.Ends = []string{p.Sends}
			f.Packet = &own
		}
	} else if !f.Object && f.SendEnd != "" && !slices.Contains(f.Ends, f.SendEnd) {
		f.Ends = []string{f.SendEnd}
	}
	return f
}

package memnet

// stream is one direction's bytes, still in the pieces they were written in.
type stream struct {
	pieces [][]byte
	size   int
	limit  int
}

// put takes as much of p as there is room for.
func (s *stream) put(p []byte) int {
	n := min(len(p), s.limit-s.size)
	if n > 0 {
		s.pieces = append(s.pieces, append([]byte(nil), p[:n]...))
		s.size += n
	}
	return n
}

// take moves bytes of the oldest piece to p.
func (s *stream) take(p []byte) int {
	n := copy(p, s.pieces[0])
	s.size -= n
	if s.pieces[0] = s.pieces[0][n:]; len(s.pieces[0]) == 0 {
		s.pieces[0] = nil
		s.pieces = s.pieces[1:]
	}
	return n
}

func (s *stream) drop() { s.pieces, s.size = nil, 0 }

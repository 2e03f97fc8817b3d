package session

import "sync"

const (
	// postMax bounds a post in bytes, but for one frame that is larger.
	postMax = batchMax
	// swapMin is when a post is worth being handed over as it is.
	swapMin = 4 << 10
	// letGoMax bounds how far letGo looks into the queue.
	letGoMax = 64
)

// post holds what waits of commands without a reply whose callers have gone: one call
// in the queue for all that follow one another, so that a publisher costs no call for
// each.
type post struct {
	Call
	commands int
	sizes    []int // of their frames, where an observer wants to know them
	next     *post // of the session's that are not in use
}

// posts are those that no session has.
var posts = sync.Pool{New: func() any { return new(post) }}

// Posted tells of commands whose callers have gone, in the order in which they could
// go: the next so many have ended, written as a whole, or with Err.
type Posted struct {
	Commands int
	Err      error // an *Error
}

// Post takes a copy of a command that nothing answers, so that its caller can go and use
// c again; Effects.Posted tells how it ended. It is false for a command that needs more
// than its turn, and where the client is not READY or too much waits: such a call is for
// Submit.
func (s *Session) Post(c *Call) bool {
	s.wakes()
	if !s.mayPost(c) || s.queue.crowd > 0 || !s.mayDetach() {
		return false
	}
	if p := s.lastPost(c); p == nil {
		s.queue.push(&s.newPost(c).Call)
	} else {
		s.queue.more++
		s.queue.bytes += len(c.Frame)
		s.join(p, c)
	}
	s.flush()
	return true
}

// mayPost reports whether c could go without its caller, if there were room.
func (s *Session) mayPost(c *Call) bool {
	return s.postable[c.Command] && c.Encode == nil && c.ID == 0
}

// letGo lets callers go who wait for room in the queue, once there is some: they can
// add to it while what was in it is written. Each is looked at here before it is at
// the head, so it need not look far.
func (s *Session) letGo() {
	c := s.queue.callers.head
	for n := 0; n < letGoMax && s.queue.crowd > 0 && s.mayDetach(); n++ {
		next := c.entry.next
		if c.entry.crowds {
			p := s.newPost(c)
			p.entry.place = queued
			s.queue.callers.insertBefore(c, &p.Call)
			s.queue.bytes += len(p.Frame)
			s.queue.remove(c)
			c.Posted = true
			s.ended(c)
		}
		c = next
	}
}

// mayDetach reports whether the caller of a command without a reply may go. Half of the
// places are kept for callers who wait: a publisher that never waits must not make them
// fail.
func (s *Session) mayDetach() bool {
	return s.state.Up() && s.queue.bytes <= batchMax && s.queue.waiting() <= int(s.maxWaiting)/2
}

// Queued is the size of the commands that wait, in bytes.
func (s *Session) Queued() int {
	if s.busy == nil {
		return 0
	}
	return s.queue.bytes
}

// lastPost is the post that c joins: one of the same command, with nothing behind it.
func (s *Session) lastPost(c *Call) *post {
	last := s.queue.callers.tail
	if last == nil || last.entry.post == nil || last.Command != c.Command || last.FailFast != c.FailFast ||
		last.entry.deadline != 0 || len(last.Frame)+len(c.Frame) > postMax {
		return nil
	}
	return last.entry.post
}

// newPost makes a post of c.
func (s *Session) newPost(c *Call) *post {
	p := s.batch.posts
	if p == nil {
		p = posts.Get().(*post)
	} else {
		s.batch.posts = p.next
	}
	p.next, p.commands, p.sizes = nil, 0, p.sizes[:0]
	p.Command, p.FailFast, p.Frame = c.Command, c.FailFast, p.Frame[:0]
	p.entry = entry{post: p, detached: true}
	s.join(p, c)
	return p
}

// join adds c's command to a post.
func (s *Session) join(p *post, c *Call) {
	p.Frame = append(p.Frame, c.Frame...)
	p.commands++
	if s.traces {
		p.sizes = append(p.sizes, len(c.Frame))
	}
}

// ended tells the driver that a call has.
func (s *Session) ended(c *Call) {
	p := c.entry.post
	if p == nil {
		s.fx.Finished = append(s.fx.Finished, c)
		return
	}
	told := s.fx.Posted
	if n := len(told); n > 0 && told[n-1].Err == nil && c.Err == nil {
		told[n-1].Commands += p.commands
	} else {
		s.fx.Posted = append(told, Posted{p.commands, c.Err})
	}
	p.Err = nil
	if cap(p.Frame) <= 2*postMax {
		p.next, s.batch.posts = s.batch.posts, p
	}
}

// restPosts gives back the posts that are not in use.
func (s *Session) restPosts() {
	for p := s.batch.posts; p != nil; p = s.batch.posts {
		s.batch.posts, p.next = p.next, nil
		posts.Put(p)
	}
}

// sent counts the frames of a call that is handed over.
func (s *Session) sent(c *Call) {
	p := c.entry.post
	if p == nil {
		s.stats.FramesSent++
		s.trace(Trace{Kind: TraceSent, Index: c.Command, Bytes: len(c.Frame)})
		return
	}
	s.stats.FramesSent += uint64(p.commands)
	for _, size := range p.sizes {
		s.trace(Trace{Kind: TraceSent, Index: c.Command, Bytes: size})
	}
}

// postable tells which commands Post may take: those that do nothing but be sent.
func (p *Plan) postable() []bool {
	can := make([]bool, len(p.Commands))
	if p.PerCommand || p.Standby != nil || p.Stream.SingleWrites || p.paces() {
		return can
	}
	modal := p.modal()
	for i := range p.Commands {
		c := &p.Commands[i]
		can[i] = c.unanswered() && len(c.Shape.In) == 0 && !modal[i] && !c.Closes && !c.Lasting && !c.Undoes
	}
	return can
}

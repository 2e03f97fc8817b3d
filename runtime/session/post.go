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

// Draft gives room for the frame of a command that nothing answers, so that its caller
// can go: it is appended to what is there, and all is for Enlist, before any other step.
// One that is not to be sent after all is just left out. It is false for a command that
// needs more than its turn, and where the client is not READY or too much waits: such a
// command is for Submit.
func (s *Session) Draft(command int, failFast bool) (room []byte, ok bool) {
	s.wakes()
	if !s.postable[command] || s.queue.crowd > 0 || !s.mayDetach() {
		return nil, false
	}
	p := joins(s.queue.callers.tail, command, failFast, 1)
	if p == nil {
		p = s.newPost(command, failFast)
	}
	s.batch.draft = p
	return p.Frame, true
}

// Enlist takes the command whose frame was appended to the room that Draft gave;
// Effects.Posted tells how it ended.
func (s *Session) Enlist(frame []byte) {
	p := s.batch.draft
	if had := len(p.Frame); had > 0 && len(frame) > postMax {
		p = s.newPost(p.Command, p.FailFast)
		frame = append(p.Frame, frame[had:]...)
	}
	if p.commands == 0 {
		s.queue.push(&p.Call)
	}
	s.join(p, frame)
	s.flush()
}

// Post is Draft and Enlist with a copy of c's frame: its caller can go, and use c again.
func (s *Session) Post(c *Call) bool {
	if !s.mayPost(c) {
		return false
	}
	room, ok := s.Draft(c.Command, c.FailFast)
	if ok {
		s.Enlist(append(room, c.Frame...))
	}
	return ok
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
			s.detach(c)
		}
		c = next
	}
}

// detach makes a queued call a command of the post before it, or of a new one.
func (s *Session) detach(c *Call) {
	p := joins(c.entry.prev, c.Command, c.FailFast, len(c.Frame))
	if p == nil {
		p = s.newPost(c.Command, c.FailFast)
		p.entry.place = queued
		s.queue.callers.insertBefore(c, &p.Call)
	}
	s.join(p, append(p.Frame, c.Frame...))
	s.queue.remove(c)
	c.Posted = true
	s.ended(c)
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

// joins gives the post that a command of some size may join: one of the same command,
// which is last.
func joins(last *Call, command int, failFast bool, size int) *post {
	if last == nil || last.entry.post == nil || last.Command != command || last.FailFast != failFast ||
		last.entry.deadline != 0 || len(last.Frame)+size > postMax {
		return nil
	}
	return last.entry.post
}

// newPost makes an empty post.
func (s *Session) newPost(command int, failFast bool) *post {
	p := s.batch.posts
	if p == nil {
		p = posts.Get().(*post)
	} else {
		s.batch.posts = p.next
	}
	p.next, p.commands, p.sizes = nil, 0, p.sizes[:0]
	p.Command, p.FailFast, p.Frame = command, failFast, p.Frame[:0]
	p.entry = entry{post: p, detached: true}
	return p
}

// join adds a command to a queued post: frame is the post's, with its own behind.
func (s *Session) join(p *post, frame []byte) {
	size := len(frame) - len(p.Frame)
	p.Frame = frame
	s.queue.bytes += size
	if p.commands > 0 {
		s.queue.more++
	}
	p.commands++
	if s.traces {
		p.sizes = append(p.sizes, size)
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

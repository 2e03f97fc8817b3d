package runtime

import (
	"sync"
	"time"
)

// dispatchRoom bounds the notices that wait for user code.
const dispatchRoom = 1024

// noticeKind is what a notice tells.
type noticeKind uint8

const (
	noticeState noticeKind = iota
	noticeNote
	noticeSent
	noticeReceived
	noticeRTT
)

// notice is one thing to tell to user code.
type notice struct {
	kind   noticeKind
	change StateChange   // noticeState
	text   string        // noticeNote: the line; noticeSent, noticeReceived: the name
	err    error         // noticeNote
	bytes  int           // noticeSent, noticeReceived
	rtt    time.Duration // noticeRTT
}

// dispatcher runs user code on one goroutine, which exists only while there is
// something to tell. A slow handler fills the queue and loses notices; it never
// delays the reader, a caller or a heartbeat.
type dispatcher struct {
	handle func(n *notice, dropped uint64)

	mu      sync.Mutex
	queue   []notice
	running bool
	dropped uint64 // in all
	untold  uint64 // of these, not yet told
	idle    chan struct{}
}

// post never blocks.
func (d *dispatcher) post(n notice) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) >= dispatchRoom {
		d.dropped++
		d.untold++
		return
	}
	d.queue = append(d.queue, n)
	if !d.running {
		d.running = true
		d.idle = make(chan struct{})
		go d.run()
	}
}

func (d *dispatcher) run() {
	var batch []notice
	for {
		d.mu.Lock()
		clear(batch)
		batch, d.queue = d.queue, batch[:0]
		untold := d.untold
		d.untold = 0
		if len(batch) == 0 {
			d.running = false
			d.queue = nil // an idle client holds no queue
			close(d.idle)
			d.mu.Unlock()
			return
		}
		d.mu.Unlock()
		for i := range batch {
			d.handle(&batch[i], untold)
			untold = 0
		}
	}
}

// quiet is closed once nothing is left to tell; nil where that is so already.
func (d *dispatcher) quiet() <-chan struct{} {
	if d == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.running {
		return nil
	}
	return d.idle
}

func (d *dispatcher) lost() uint64 {
	if d == nil {
		return 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dropped
}

package serve

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// logRoom bounds the lines that wait for a slow reader; more are dropped, and
// counted: a device does not stand still because nobody reads its log.
const logRoom = 1 << 14

// log writes a line for whatever happens. Fields are shown by name, secrets
// hidden; bytes that are no message of the document are only counted, because
// who knows what they hold.
type log struct {
	protocol *dynamic.Protocol
	out      io.Writer
	start    time.Time
	done     chan struct{}

	mu      sync.Mutex
	news    *sync.Cond
	lines   []logLine
	dropped int
	closed  bool
}

// logLine is a record, or a note.
type logLine struct {
	record *device.Record
	at     time.Duration
	note   string
}

func newLog(p *dynamic.Protocol, out io.Writer) *log {
	l := &log{protocol: p, out: out, start: time.Now(), done: make(chan struct{})}
	l.news = sync.NewCond(&l.mu)
	go l.run()
	return l
}

// record takes a record of the device; it never blocks.
func (l *log) record(r device.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(logLine{record: &r, at: r.At})
}

// note takes a line of another kind.
func (l *log) note(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(logLine{note: fmt.Sprintf(format, args...), at: time.Since(l.start)})
}

func (l *log) add(line logLine) {
	if len(l.lines) >= logRoom {
		l.dropped++
		return
	}
	l.lines = append(l.lines, line)
	l.news.Signal()
}

// run writes, off the device's lock.
func (l *log) run() {
	defer close(l.done)
	for {
		l.mu.Lock()
		for len(l.lines) == 0 && !l.closed {
			l.news.Wait()
		}
		lines, dropped := l.lines, l.dropped
		l.lines, l.dropped = nil, 0
		l.mu.Unlock()
		if len(lines) == 0 {
			return
		}
		for _, line := range lines {
			l.write(line)
		}
		if dropped > 0 {
			fmt.Fprintf(l.out, "%d lines were dropped: they came faster than they were written\n", dropped)
		}
	}
}

func (l *log) write(line logLine) {
	text := line.note
	if line.record != nil {
		text = describe(l.protocol, *line.record)
	}
	fmt.Fprintf(l.out, "%9.3fs  %s\n", line.at.Seconds(), printable.Short(printable.Line(text)))
}

// lastLines bounds the wait for somebody who does not read the log.
const lastLines = time.Second

// close writes what is left, and ends.
func (l *log) close() {
	l.mu.Lock()
	l.closed = true
	l.news.Signal()
	l.mu.Unlock()
	timer := time.NewTimer(lastLines)
	defer timer.Stop()
	select {
	case <-l.done:
	case <-timer.C:
	}
}

// describe is a record on one line: < came, > went out, x was lost.
func describe(p *dynamic.Protocol, r device.Record) string {
	if r.Kind == device.Refused {
		if r.Err != nil {
			return "cannot listen again: " + r.Err.Error()
		}
		return "a dial was refused"
	}
	return fmt.Sprintf("conn %d ", r.Conn) + happened(p, r)
}

func happened(p *dynamic.Protocol, r device.Record) string {
	switch r.Kind {
	case device.Received, device.Unhandled:
		return "< " + command(p, r)
	case device.Unknown:
		return "< " + unknown(r)
	case device.Replied, device.Emitted:
		return "> " + message(p, r.Frame)
	case device.Dropped:
		return "x " + message(p, r.Frame)
	case device.Ended:
		return "ended: " + why(r.Err)
	case device.HalfClosed:
		return "was closed by the client"
	default:
		return r.Kind.String()
	}
}

func command(p *dynamic.Protocol, r device.Record) string {
	values, err := p.DecodeCommand(r.Command, r.Frame)
	if err != nil {
		return fmt.Sprintf("%s, which does not fit the document: %v", r.Command, err)
	}
	return printable.Named(r.Command, values)
}

func message(p *dynamic.Protocol, frame []byte) string {
	if name, values, ok := p.Recognise(frame); ok {
		return printable.Named(name, values)
	}
	return fmt.Sprintf("%d bytes that are no message", len(frame))
}

func unknown(r device.Record) string {
	if r.Err != nil {
		return "bytes that are no frame: " + r.Err.Error()
	}
	return fmt.Sprintf("%d bytes that are no command", len(r.Frame))
}

func why(err error) string {
	switch {
	case errors.Is(err, io.EOF):
		return "closed by the client"
	case err == nil:
		return "closed"
	default:
		return err.Error()
	}
}

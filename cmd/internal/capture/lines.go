package capture

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/decode"
)

// longest bounds a line, in bytes.
const longest = 16 << 20

// reader reads captures that are written in lines.
type reader struct {
	o     Options
	info  *Info
	yield func(decode.Event) error
	line  int
	at    time.Duration
	conns map[string]int // by their names, those that are open
	count int
	conn  string           // of rows without a mark
	from  decode.Direction // of them
	known bool             // it is
	block block
}

// block is a dump of several rows.
type block struct {
	open   bool
	want   int   // of a transcript: so many bytes are to come; -1: nobody says
	have   int64 // so many came
	last   []byte
	repeat bool
	quoted bool // the bytes were there before the rows
}

func readLines(in *bufio.Reader, o Options, info *Info, yield func(decode.Event) error) error {
	r := &reader{o: o, info: info, yield: yield, conns: map[string]int{}, at: decode.Untimed, from: o.from(), known: o.Direction != ""}
	for {
		text, err := readLine(in)
		r.line++
		switch {
		case errors.Is(err, bufio.ErrTooLong):
			return failure(r.line, "is longer than %d MiB", longest>>20)
		case err != nil && err != io.EOF:
			return err
		}
		if err == nil || text != "" {
			if err := r.read(text); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return r.end()
		}
	}
}

// end ends the capture, and all connections with it.
func (r *reader) end() error {
	if err := r.endBlock(); err != nil {
		return err
	}
	for _, name := range slices.SortedFunc(maps.Keys(r.conns), func(a, b string) int { return r.conns[a] - r.conns[b] }) {
		if err := r.close(name); err != nil {
			return err
		}
	}
	return nil
}

// readLine is a line without its end.
func readLine(in *bufio.Reader) (string, error) {
	var long []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(long)+len(part) > longest {
			return "", bufio.ErrTooLong
		}
		if err == bufio.ErrBufferFull {
			long = append(long, part...)
			continue
		}
		if long != nil {
			part = append(long, part...)
		}
		return string(bytes.TrimSuffix(bytes.TrimSuffix(part, []byte("\n")), []byte("\r"))), err
	}
}

// read takes a line.
func (r *reader) read(text string) error {
	switch {
	case r.block.quoted && strings.HasPrefix(text, " "):
		return nil
	case r.block.open && r.block.want >= 0:
		if row, ok := parseRow(text); ok && strings.HasPrefix(text, " ") {
			return r.row(row)
		}
	}
	if skipped(text) {
		return nil
	}
	l, ok := parseLine(text)
	if !ok {
		if r.info.Form != Hex {
			return failure(r.line, "has no mark of its direction, > sent or < received")
		}
		return r.unmarked(text)
	}
	if err := r.endBlock(); err != nil {
		return err
	}
	if l.timed {
		r.at = l.at
		r.info.Last = max(r.info.Last, l.at)
	}
	r.conn = l.conn
	if l.event != "" {
		return r.event(&l)
	}
	r.from, r.known = l.from(), true
	if r.info.Form == Hex {
		return r.hex(l.rest)
	}
	return r.text(&l)
}

// number is that of a connection; one that is not open begins.
func (r *reader) number(name string) int {
	n, ok := r.conns[name]
	if !ok {
		r.count++
		n = r.count
		r.conns[name] = n
	}
	return n
}

// event is a connection that begins or ends.
func (r *reader) event(l *line) error {
	if err := r.close(l.conn); err != nil {
		return err
	}
	if l.event == "close" {
		return nil
	}
	return r.yield(decode.Event{Kind: decode.Opened, At: r.at, Conn: r.number(l.conn)})
}

// close ends a connection, if it is open.
func (r *reader) close(name string) error {
	n, open := r.conns[name]
	if !open {
		return nil
	}
	delete(r.conns, name)
	return closed(n, r.at, r.yield)
}

// data gives bytes of the current direction.
func (r *reader) data(b []byte) error {
	return r.yield(decode.Event{At: r.at, Conn: r.number(r.conn), From: r.from, Bytes: b})
}

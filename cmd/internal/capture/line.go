package capture

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/decode"
)

// line is a marked line: a time, a connection and the mark of a direction, of which the
// first two may be left out.
//
//	> PING
//	[  12.250] C >> "PING\r\n"
//	C connect
type line struct {
	at    time.Duration
	timed bool
	conn  string
	mark  byte   // > or <; 0: an event
	exact bool   // >> or <<: what follows are bytes, not a line
	event string // connect or close
	rest  string
}

// from is the direction of the mark.
func (l *line) from() decode.Direction {
	if l.mark == '>' {
		return decode.Sent
	}
	return decode.Received
}

var (
	markedLine = regexp.MustCompile(`^(?:\[ *(\d+(?:\.\d+)?)\] +)?(?:([\pL\pN_.:-]+) +)?(<<|>>|>\?|<\?|<|>)(?: (.*))?$`)
	eventLine  = regexp.MustCompile(`^(?:\[ *(\d+(?:\.\d+)?)\] +)?(?:([\pL\pN_.:-]+) +)(?i:(connect|close))(?: .*)?$`)
)

// parseLine reads the marks of a line; ok is false where it has none.
func parseLine(text string) (l line, ok bool) {
	if m := markedLine.FindStringSubmatch(text); m != nil {
		l = line{conn: m[2], mark: m[3][0], exact: len(m[3]) > 1, rest: m[4]}
		if m[3] == "<?" || m[3] == "<<" {
			l.mark = '<'
		}
		l.when(m[1])
		return l, true
	}
	if m := eventLine.FindStringSubmatch(text); m != nil {
		l = line{conn: m[2], event: strings.ToLower(m[3])}
		l.when(m[1])
		return l, true
	}
	return line{}, false
}

// maxSeconds bounds a time that is written down.
const maxSeconds = 1e9

func (l *line) when(seconds string) {
	if s, err := strconv.ParseFloat(seconds, 64); err == nil && s < maxSeconds {
		l.at, l.timed = time.Duration(s*float64(time.Second)), true
	}
}

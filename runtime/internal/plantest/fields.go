package plantest

import (
	"bytes"
	"errors"
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
)

var errFields = errors.New("fields do not parse")

// exact is a message or command of one line that is known to the byte.
func exact(lit string) wire.Shape { return wire.Shape{Prefix: lit, Whole: true} }

// words is one line: a literal, then exactly n words.
func words(prefix string, n int) wire.Shape {
	return wire.Shape{Prefix: prefix, Check: func(frame []byte) error {
		rest := frame[len(prefix):]
		if len(bytes.Fields(rest)) != n || bytes.Count(rest, []byte(" ")) != n-1 {
			return errFields
		}
		return nil
	}}
}

// channel is one line: a literal, then a uint8 up to a blank or the end.
func channel(prefix string, more int) wire.Shape {
	return wire.Shape{Prefix: prefix, Check: func(frame []byte) error {
		fields := bytes.Split(frame[len(prefix):], []byte(" "))
		if len(fields) != 1+more {
			return errFields
		}
		_, err := strconv.ParseUint(string(fields[0]), 10, 8)
		return err
	}}
}

// channelKey is the key of the number after prefix.
func channelKey(prefix string) func(dst, frame []byte) ([]byte, error) {
	return func(dst, frame []byte) ([]byte, error) {
		if !bytes.HasPrefix(frame, []byte(prefix)) {
			return nil, errFields
		}
		field, _, _ := bytes.Cut(frame[len(prefix):], []byte(" "))
		v, err := strconv.ParseUint(string(field), 10, 8)
		if err != nil {
			return nil, err
		}
		return Key(dst, v), nil
	}
}

// Key is the key encoding that these plans use for a number: both sides of a
// comparison come from here.
func Key(dst []byte, v uint64) []byte {
	return append(strconv.AppendUint(dst, v, 10), ';')
}

// lastNumber reads the decimal number after the last byte c of the frame's
// last line: the length of a body that follows.
func lastNumber(frame []byte, c byte) (int, error) {
	line := bytes.TrimRight(frame, "\r\n")
	line = line[bytes.LastIndexByte(line, '\n')+1:]
	v, err := strconv.ParseUint(string(line[bytes.LastIndexByte(line, c)+1:]), 10, 31)
	return int(v), err
}

// body is a counted run of bytes and the line end after it.
func body(c byte) []wire.Step {
	return []wire.Step{
		{Kind: wire.StepBytes, Count: func(frame []byte) (int, error) { return lastNumber(frame, c) }},
		{Kind: wire.StepLine},
	}
}

// bodyEnds refuses a frame whose body is longer than its count says.
func bodyEnds(c byte) func(frame []byte) error {
	return func(frame []byte) error {
		head, rest, found := bytes.Cut(frame, []byte("\n"))
		if !found {
			return errFields
		}
		n, err := lastNumber(head, c)
		if err != nil {
			return err
		}
		if len(rest) != n {
			return errFields
		}
		return nil
	}
}

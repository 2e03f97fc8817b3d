package limit

import (
	"bytes"
	"context"
)

// Memcached is a client of memcached that only ever gets.
type Memcached struct{ *pipeline }

// DialMemcached connects.
func DialMemcached(address string) (*Memcached, error) {
	p, err := dial(address, gotten)
	if err != nil {
		return nil, err
	}
	return &Memcached{p}, nil
}

// Get encodes a get, and gives a copy of the value, or why there is none.
func (m *Memcached) Get(ctx context.Context, key string) ([]byte, error) {
	return m.call(ctx, true, func(out []byte) []byte {
		return append(append(append(out, "get "...), key...), "\r\n"...)
	})
}

// MetaGet is Get by the meta command.
func (m *Memcached) MetaGet(ctx context.Context, key string) ([]byte, error) {
	return m.call(ctx, true, func(out []byte) []byte {
		return append(append(append(out, "mg "...), key...), " v\r\n"...)
	})
}

// gotten is the size of the answer to a get of one key that buf begins with, 0 where
// some of it has not come, and the value, which is empty where there is none.
func gotten(buf []byte) (size int, value []byte) {
	line := bytes.IndexByte(buf, '\n') + 1
	if line == 0 || buf[0] == 'E' {
		return line, nil
	}
	n := 0
	for _, c := range buf[bytes.LastIndexByte(buf[:line], ' ')+1 : line-2] {
		n = n*10 + int(c-'0')
	}
	size = line + n + len("\r\n")
	if buf[2] == 'L' { // VALUE, and not VA
		size += len("END\r\n")
	}
	if size > len(buf) {
		return 0, nil
	}
	return size, buf[line : line+n]
}

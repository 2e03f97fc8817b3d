package limit

import (
	"bytes"
	"context"
	"net"
	"strconv"
)

// Redis is a client of Redis.
type Redis struct{ *pipeline }

// DialRedis connects.
func DialRedis(address string) (*Redis, error) {
	p, err := dial(address, reply)
	if err != nil {
		return nil, err
	}
	return &Redis{p}, nil
}

// Get encodes a GET, and gives a copy of the value, or why there is none: what
// a client does that people can use.
func (r *Redis) Get(ctx context.Context, key []byte) ([]byte, error) {
	return r.call(ctx, true, func(out []byte) []byte { return bulk(append(out, "*2\r\n$3\r\nGET\r\n"...), key) })
}

// Set encodes a SET.
func (r *Redis) Set(ctx context.Context, key, value []byte) error {
	_, err := r.call(ctx, false, func(out []byte) []byte {
		return bulk(bulk(append(out, "*3\r\n$3\r\nSET\r\n"...), key), value)
	})
	return err
}

// Ping sends a PING.
func (r *Redis) Ping(ctx context.Context) error {
	_, err := r.call(ctx, false, func(out []byte) []byte { return append(out, "*1\r\n$4\r\nPING\r\n"...) })
	return err
}

func bulk(out, text []byte) []byte {
	out = append(out, '$')
	out = strconv.AppendInt(out, int64(len(text)), 10)
	out = append(out, "\r\n"...)
	out = append(out, text...)
	return append(out, "\r\n"...)
}

// reply is the size of the reply that buf begins with, 0 where some of it has
// not come, and its value.
func reply(buf []byte) (size int, value []byte) {
	end := bytes.IndexByte(buf, '\n')
	if end < 0 {
		return 0, nil
	}
	if buf[0] != '$' || buf[1] == '-' {
		return end + 1, buf[1 : end-1]
	}
	n := 0
	for _, c := range buf[1 : end-1] {
		n = n*10 + int(c-'0')
	}
	if size = end + 1 + n + 2; size > len(buf) {
		return 0, nil
	}
	return size, buf[end+1 : end+1+n]
}

// RawRedis is one caller that writes, reads, and does nothing else.
type RawRedis struct {
	conn net.Conn
	buf  []byte
}

// DialRawRedis connects.
func DialRawRedis(address string) (*RawRedis, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &RawRedis{conn, make([]byte, 64<<10)}, nil
}

// Do sends a command, and reads until its reply is there.
func (r *RawRedis) Do(command []byte) error {
	if _, err := r.conn.Write(command); err != nil {
		return err
	}
	fill := 0
	for {
		n, err := r.conn.Read(r.buf[fill:])
		if err != nil {
			return err
		}
		fill += n
		if size, _ := reply(r.buf[:fill]); size > 0 {
			return nil
		}
	}
}

// Close ends it.
func (r *RawRedis) Close() error { return r.conn.Close() }

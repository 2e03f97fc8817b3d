// Package memcached compares clients of a real memcached.
package memcached

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/bradfitz/gomemcache/memcache"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/limit"
	"github.com/linewright/linewright/benchmarks/internal/trial"
	generated "github.com/linewright/linewright/generated/memcached"
)

const key = "linewright:benchmark"

var (
	value      = []byte("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
	errNoValue = errors.New("the key has no value")
)

// opener opens a client, and gives its get.
type opener func(address string, callers int) (get trial.Op, closes func(), err error)

// Suite is a get by one caller, on one core, and by 64 callers. Where many ask on one
// connection the server decides: it answers each classic get with a system call of its
// own, and meta gets together.
func Suite() contest.Suite {
	return contest.Suite{
		Name: "memcached", Title: "memcached",
		Servers: []contest.Command{{Name: "memcached", Args: []string{"-l", "127.0.0.1", "-p", "${port}", "-u", "nobody", "-U", "0"}}},
		Rows: []contest.Row{
			row("get 64 B, one caller, one core", 1, 1.05, ours, peer{"limit, raw", raw}),
			row("get 64 B, 64 callers", 64, 4, ours, peer{"limit, same work", pipelined}),
			row("meta get 64 B, 64 callers", 64, 4, oursMeta, peer{"limit, same work", pipelinedMeta}),
		},
	}
}

// peer is how a client is opened.
type peer struct {
	name string
	open opener
}

func row(name string, callers int, against float64, ours opener, limit peer) contest.Row {
	r := contest.Row{
		Name: name, Pinned: callers == 1,
		Figures: []contest.Figure{contest.Rate, contest.CPU, contest.Allocs, contest.P50, contest.P99},
		Targets: []contest.Target{{Figure: contest.Rate, Against: "gomemcache", Bound: contest.AtLeast, Value: against}},
	}
	if callers > 1 {
		r.Targets = append(r.Targets, contest.Target{Figure: contest.Rate, Against: limit.name, Bound: contest.AtLeast, Value: 0.85})
	}
	r.Targets = append(r.Targets, contest.Target{Figure: contest.Allocs, Bound: contest.AtMost, Value: 1})
	for _, p := range []peer{{contest.Ours, ours}, {"gomemcache", gomemcache}, limit} {
		r.Clients = append(r.Clients, client(p.name, callers, p.open))
	}
	return r
}

func client(name string, callers int, open opener) contest.Client {
	return contest.Client{Name: name, Run: func(addresses []string) (trial.Result, error) {
		get, closes, err := open(addresses[0], callers)
		if err != nil {
			return trial.Result{}, err
		}
		defer closes()
		load := trial.Load{Callers: callers, WarmUp: 200 * time.Millisecond, Time: 700 * time.Millisecond}
		return trial.Run(load, func(int) trial.Op { return get })
	}}
}

// ours is the generated client, with all that it does.
func ours(address string, _ int) (trial.Op, func(), error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := generated.Dial(ctx, address, generated.Params{})
	if err != nil {
		return nil, nil, err
	}
	get := func(ctx context.Context) error {
		_, found, err := c.Get(ctx, key)
		if err == nil && !found {
			err = errNoValue
		}
		return err
	}
	return get, func() { _ = c.Close() }, c.Set(ctx, key, 0, 0, value)
}

// oursMeta is the same with the meta command.
func oursMeta(address string, callers int) (trial.Op, func(), error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := generated.Dial(ctx, address, generated.Params{})
	if err != nil {
		return nil, nil, err
	}
	flags := generated.Some([]string{"v"})
	get := func(ctx context.Context) error {
		got, found, err := c.MetaGet(ctx, key, flags)
		if _, ok := got.(*generated.MetaValue); err == nil && (!found || !ok) {
			err = errNoValue
		}
		return err
	}
	return get, func() { _ = c.Close() }, c.Set(ctx, key, 0, 0, value)
}

// gomemcache has a connection for each caller at work.
func gomemcache(address string, callers int) (trial.Op, func(), error) {
	c := memcache.New(address)
	c.MaxIdleConns = callers
	get := func(context.Context) error {
		_, err := c.Get(key)
		return err
	}
	return get, func() { _ = c.Close() }, c.Set(&memcache.Item{Key: key, Value: value})
}

// pipelined is written by hand, and does for a caller what a client must.
func pipelined(address string, _ int) (trial.Op, func(), error) {
	return byHand(address, (*limit.Memcached).Get)
}

// pipelinedMeta is the same with the meta command.
func pipelinedMeta(address string, _ int) (trial.Op, func(), error) {
	return byHand(address, (*limit.Memcached).MetaGet)
}

func byHand(address string, ask func(c *limit.Memcached, ctx context.Context, key string) ([]byte, error)) (trial.Op, func(), error) {
	c, err := limit.DialMemcached(address)
	if err != nil {
		return nil, nil, err
	}
	seed := memcache.New(address)
	defer seed.Close()
	get := func(ctx context.Context) error {
		got, err := ask(c, ctx, key)
		if err == nil && len(got) != len(value) {
			err = errNoValue
		}
		return err
	}
	return get, func() { _ = c.Close() }, seed.Set(&memcache.Item{Key: key, Value: value})
}

// raw is one caller that writes, reads, and does nothing else.
func raw(address string, _ int) (trial.Op, func(), error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, nil, err
	}
	in := bufio.NewReaderSize(conn, 16<<10)
	if _, err := fmt.Fprintf(conn, "set %s 0 0 %d\r\n%s\r\n", key, len(value), value); err != nil {
		return nil, nil, err
	}
	if _, err := in.ReadSlice('\n'); err != nil {
		return nil, nil, err
	}
	command := []byte("get " + key + "\r\n")
	get := func(context.Context) error {
		if _, err := conn.Write(command); err != nil {
			return err
		}
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(line, []byte("VALUE ")) {
			return errNoValue
		}
		_, err = in.Discard(len(value) + len("\r\nEND\r\n"))
		return err
	}
	return get, func() { _ = conn.Close() }, nil
}

package plantest

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Tagged is a store whose commands and replies bear an id, so that replies come
// in any order; 8 in flight, ids from 1 to 65535.
//
//	#1 ping          =1 pong
//	#2 get key       =2 value … | !2 text     (idempotent)
//	#3 put key …     =3 done | !3 text        (not idempotent)
//	#4 open 7        =4 opened 7 | !4 text    (lasting)
//	#5 shut 7        =5 shut 7 | !5 text
//	#6 raw words     =6 …                     (anything, as others look too)
//	#7 list key 2    +7 item key 0, +7 item key 1, =7 end key | !7 text
//	version          version 1.2              (without an id)
//	                 * tick 9                 (an event)
func Tagged(mods ...Mod) *session.Plan {
	p := &session.Plan{
		Vendor:  "tagged",
		TLS:     session.TLSOptional,
		Version: "1.0.0",
		Port:    4321,
		Framing: wire.Framing{Ends: []string{"\n"}, SendEnd: "\n", MaxLine: 4096, Max: 4096},
		Messages: []session.Message{
			{Name: "pong", Shape: tagged('=', "pong", 0), ID: readTag},
			{Name: "value", Shape: tagged('=', "value", 1), ID: readTag},
			{Name: "done", Shape: tagged('=', "done", 0), ID: readTag},
			{Name: "opened", Shape: tagged('=', "opened", 1), ID: readTag},
			{Name: "shut", Shape: tagged('=', "shut", 1), ID: readTag},
			{Name: "failure", Shape: wire.Shape{Prefix: "!"}, Class: session.ClassFailed, ID: readTag},
			{Name: "item", Shape: tagged('+', "item", 2), ID: readTag},
			{Name: "end", Shape: tagged('=', "end", 1), ID: readTag},
			{Name: "words", Shape: wire.Shape{Prefix: "=", Check: func(frame []byte) error {
				if _, ok := readTag(frame); !ok {
					return errFields
				}
				return nil
			}}, ID: readTag},
			{Name: "versioned", Shape: words("version ", 1)},
			{Name: "tick", Shape: words("* tick ", 1), Event: session.IsEvent},
		},
		Match:     session.MatchID,
		IDs:       65535,
		InFlight:  8,
		Late:      session.LateSwallow,
		Timeouts:  timeouts(),
		Reconnect: reconnect(),
	}
	p.Commands = taggedCommands(p)
	p.Login = []session.Step{{Kind: session.StepDo, Command: Command(p, "version"), Encode: fixed("version\n")}}
	p.Liveness = session.Liveness{
		Probe: &session.Probe{
			Step: session.Step{
				Kind: session.StepDo, Command: Command(p, "ping"),
				Encode: func(dst []byte, v *session.Vars) ([]byte, error) { return fmt.Appendf(dst, "#%d ping\n", v.ID), nil },
			},
			Every: 10 * time.Second, Timeout: 5 * time.Second, Misses: 1,
		},
		KeepAlive:   session.KeepAlive{Idle: 10 * time.Second, Interval: 5 * time.Second / 3, Count: 3},
		UserTimeout: 15 * time.Second,
	}
	return finish(p, mods)
}

func taggedCommands(p *session.Plan) []session.Command {
	replies := func(names ...string) (r []session.Reply) {
		for _, name := range names {
			r = append(r, session.Reply{Message: Message(p, name)})
		}
		return r
	}
	command := func(name, reply string, more int) session.Command {
		return session.Command{
			Name: name, Replies: replies(reply), Errors: replies("failure"), ID: true,
			UndoneBy: session.None, Shape: tagged('#', name, more),
		}
	}
	ping, get, put := command("ping", "pong", 0), command("get", "value", 1), command("put", "done", 2)
	ping.Errors, get.Idempotent = nil, true
	open, shut := command("open", "opened", 1), command("shut", "shut", 1)
	open.Lasting, open.UndoneBy, shut.Undoes = true, 4, true
	list := command("list", "end", 2)
	list.Each, list.Idempotent = replies("item"), true
	return []session.Command{
		ping, get, put, open, shut, list,
		{
			Name: "raw", Replies: replies("words"), Errors: replies("failure"), ID: true,
			UndoneBy: session.None, Shape: tagged('#', "raw", 1),
		},
		{Name: "version", Replies: replies("versioned"), UndoneBy: session.None, Shape: exact("version")},
	}
}

// tagged is one line: a mark, an id, a word, and so many more words.
func tagged(mark byte, word string, more int) wire.Shape {
	return wire.Shape{Prefix: string(mark), Check: func(frame []byte) error {
		fields := bytes.Split(frame[1:], []byte(" "))
		if len(fields) != 2+more || string(fields[1]) != word {
			return errFields
		}
		_, err := strconv.ParseUint(string(fields[0]), 10, 64)
		return err
	}}
}

func readTag(frame []byte) (uint64, bool) {
	tag, _, _ := bytes.Cut(frame[1:], []byte(" "))
	id, err := strconv.ParseUint(string(tag), 10, 64)
	return id, err == nil
}

// IDs lets a [Tagged] have ids from 1 to n.
func IDs(n uint64) Mod { return func(p *session.Plan) { p.IDs = n } }

// Tag is a command of a [Tagged] with an id: its name and words.
func Tag(p *session.Plan, id uint64, name, words string) *session.Call {
	text := name
	if words != "" {
		text += " " + words
	}
	c := call(p, name, "#%d %s\n", id, text)
	c.ID = id
	if name == "open" || name == "shut" {
		c.Lasting = []byte(words)
	}
	return c
}

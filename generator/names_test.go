package generator

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/model"
)

// word is a field of type word.
func word(name string, line int) *model.Field {
	return &model.Field{
		Named: model.Named{Name: name, Pos: model.Pos{Line: line, Col: 5}},
		Type:  &model.Type{Kind: model.Word},
	}
}

// message is a message whose template is its fields.
func message(name string, line int, fields ...*model.Field) *model.Message {
	return &model.Message{
		Named:    model.Named{Name: name, Pos: model.Pos{Line: line, Col: 3}},
		Template: model.Template{Fields: fields},
	}
}

func command(name string, line int, fields ...*model.Field) *model.Command {
	return &model.Command{
		Named:    model.Named{Name: name, Pos: model.Pos{Line: line, Col: 3}},
		Template: model.Template{Fields: fields},
	}
}

func private(name string, line int) *model.Command {
	c := command(name, line)
	c.Private = true
	return c
}

func vendor(name string) *model.Protocol {
	return &model.Protocol{Named: model.Named{Name: name, Pos: model.Pos{Line: 2, Col: 1}}}
}

func TestClashes(t *testing.T) {
	enum := &model.Type{
		Named: model.Named{Name: "Unit", Pos: model.Pos{Line: 10, Col: 3}}, Kind: model.Enum,
		Values: []model.EnumValue{
			{Named: model.Named{Name: "on_off", Pos: model.Pos{Line: 11}}},
			{Named: model.Named{Name: "onOff", Pos: model.Pos{Line: 12}}},
		},
	}
	union := command("status", 33)
	union.Replies = []*model.Message{message("a", 1), message("b", 2)}
	for _, tt := range []struct {
		name string
		p    func(*model.Protocol)
		want []string // beginnings, by place
	}{
		{
			"with the package's own",
			func(p *model.Protocol) { p.Messages = []*model.Message{message("client", 20), message("error", 21)} },
			[]string{
				"20:3: messages.client: the Go name Client is taken: in the package every generated package has one (give it another go_name)",
				"21:3: messages.error: the Go name Error is taken",
			},
		},
		{
			"with each other",
			func(p *model.Protocol) {
				p.Messages = []*model.Message{message("user_id", 20), message("user__id", 21)}
			},
			[]string{"21:3: messages.user__id: the Go name UserID is taken in the package by messages.user_id (line 20) (give one of them another go_name)"},
		},
		{
			"of a type and a message, of constants",
			func(p *model.Protocol) {
				p.Types = []*model.Type{enum}
				p.Messages = []*model.Message{message("unit", 20), message("unit_on_off", 21)}
			},
			[]string{
				"12:0: types.Unit.onOff: the Go name UnitOnOff is taken in the package by types.Unit.on_off (line 11)",
				"20:3: messages.unit: the Go name Unit is taken in the package by types.Unit (line 10)",
				"21:3: messages.unit_on_off: the Go name UnitOnOff is taken in the package by types.Unit.on_off (line 11)",
			},
		},
		{
			"of fields, with methods",
			func(p *model.Protocol) {
				p.Commands = []*model.Command{command("read", 30, word("parse_frame", 31))}
				p.Messages = []*model.Message{message("m", 20, word("a_b", 21), word("a__b", 22), word("append_frame", 23))}
			},
			[]string{
				"22:5: messages.m.a__b: the Go name AB is taken in its struct by messages.m.a_b (line 21)",
				"23:5: messages.m.append_frame: the Go name AppendFrame is taken: in its struct",
				"31:5: commands.read.parse_frame: the Go name ParseFrame is taken: in its struct",
			},
		},
		{
			"of methods of the client",
			func(p *model.Protocol) { p.Commands = []*model.Command{command("close", 30), command("flush", 31)} },
			[]string{
				"30:3: commands.close: the Go name Close is taken: in the Client",
				"31:3: commands.flush: the Go name Flush is taken: in the Client",
			},
		},
		{
			"of what a command brings along",
			func(p *model.Protocol) {
				p.Messages = []*model.Message{message("status_reply", 20), message("read_request", 21)}
				p.Commands = []*model.Command{union, private("read", 34), private("a1", 35), private("a_1", 36)}
			},
			[]string{
				"33:3: commands.status: the Go name StatusReply is taken in the package by messages.status_reply (line 20)",
				"34:3: commands.read: the Go name ReadRequest is taken in the package by messages.read_request (line 21)",
				"36:3: commands.a_1: the Go name A1Request is taken in the package by commands.a1 (line 35)",
			},
		},
		{
			"of a parameter and a constant that its method uses",
			func(p *model.Protocol) {
				p.Messages = []*model.Message{message("id", 20)}
				p.Commands = []*model.Command{command("read", 30, word("message_id", 31), word("command_read", 32))}
			},
			[]string{
				"31:5: commands.read.message_id: the parameter messageID hides what the generated code calls messages.id (line 20)",
				"32:5: commands.read.command_read: the parameter commandRead hides what the generated code calls commands.read (line 30)",
			},
		},
		{
			"of what only the package's own code sees",
			func(p *model.Protocol) {
				p.Messages = []*model.Message{message("limit_set", 20), message("set", 21)}
				p.Commands = []*model.Command{command("read", 30), command("read_limit", 31)}
				p.Commands[0].Replies, p.Commands[1].Replies = p.Messages[:1], p.Messages[1:]
			},
			[]string{
				"31:3: commands.read_limit: the Go name echoReadLimitSet is taken in the package's own code by commands.read (line 30)",
			},
		},
		{
			"names that are no names",
			func(p *model.Protocol) {
				p.Name = "type"
				p.Messages = []*model.Message{message("9lives", 20), {Named: model.Named{Name: "x", GoName: "lower", Pos: model.Pos{Line: 21, Col: 3}}}, message("_", 22)}
			},
			[]string{
				`2:1: vendor: "type" cannot be a package name (give the vendor a go_name)`,
				`20:3: messages.9lives: "9lives" is not an exported Go name`,
				`21:3: messages.x: "lower" is not an exported Go name`,
				`22:3: messages._: "" is not an exported Go name`,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := vendor("acme")
			tt.p(p)
			files, problems := Generate(p, Options{})
			require.Empty(t, files)
			require.Len(t, problems, len(tt.want), "%v", problems)
			for i, want := range tt.want {
				require.Truef(t, strings.HasPrefix(problems[i].String(), want), "%s\n%s", problems[i], want)
			}
		})
	}
}

// TestGoNameHelps gives one of two things that clash another name.
func TestGoNameHelps(t *testing.T) {
	p := vendor("acme")
	p.Messages = []*model.Message{message("error", 20)}
	p.Messages[0].GoName = "ServerError"
	n := resolve(p)
	require.Empty(t, n.problems)
	require.Equal(t, "ServerError", n.messages[p.Messages[0]])
}

// TestNamesDoNotDependOnSiblings adds things one by one: what there was keeps
// its name.
func TestNamesDoNotDependOnSiblings(t *testing.T) {
	p := vendor("acme")
	before := map[*model.Message]string{}
	for _, name := range []string{"type", "range", "id", "reading", "reading_2", "string", "request"} {
		p.Messages = append(p.Messages, message(name, 1))
		n := resolve(p)
		require.Empty(t, n.problems)
		for m, want := range before {
			require.Equal(t, want, n.messages[m])
		}
		before = n.messages
	}
}

// TestReservedParameters covers keywords, predeclared identifiers, imports and
// local variables.
func TestReservedParameters(t *testing.T) {
	for _, name := range []string{"type", "func", "len", "nil", "any", "context", "runtime", "wire", "err", "ctx", "call", "c", "request", "plan"} {
		p := vendor("acme")
		c := command("read", 1, word(name, 2))
		p.Commands = []*model.Command{c}
		n := resolve(p)
		require.Empty(t, n.problems, name)
		require.Equal(t, unexported(exported(name))+"_", n.params[c.Template.Fields[0]])
	}
}

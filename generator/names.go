package generator

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// names holds every Go name of a generated package. They are resolved once,
// here, before anything is emitted. A name depends on the spec's name (or
// go_name) of its own thing alone, never on what else the spec has: where two
// clash, that is a problem to report, not to solve by renaming one of them.
type names struct {
	pkg      string
	types    map[*model.Type]string
	enums    map[*model.Type][]string // names of the constants, by value
	messages map[*model.Message]string
	commands map[*model.Command]string
	fields   map[*model.Field]string // in structs
	params   map[*model.Field]string // of methods
	problems []Problem
}

// claim is who has a name in a scope.
type claim struct {
	what string // in the spec: messages.reading; empty: of the generated package itself
	pos  model.Pos
}

// scope is one name space of the generated package.
type scope struct {
	in     string // what a clash is said to be in
	claims map[string]claim
}

func newScope(in string, taken ...[]string) *scope {
	s := &scope{in: in, claims: map[string]claim{}}
	for _, list := range taken {
		for _, name := range list {
			s.claims[name] = claim{}
		}
	}
	return s
}

// resolve names everything in p. Where it finds problems, names are incomplete.
func resolve(p *model.Protocol) *names {
	n := &names{
		types:    map[*model.Type]string{},
		enums:    map[*model.Type][]string{},
		messages: map[*model.Message]string{},
		commands: map[*model.Command]string{},
		fields:   map[*model.Field]string{},
		params:   map[*model.Field]string{},
	}
	n.pkg = n.packageName(p)
	pkg := newScope("the package", packageNames)
	for _, t := range p.Types {
		n.typ(pkg, t)
	}
	for _, m := range p.Messages {
		n.messages[m] = n.declare(pkg, "messages."+m.Name, m.Named)
		n.structFields("messages."+m.Name, m.Template.Fields, messageMethods)
	}
	n.structFields("parameters", p.Params)
	client := newScope("the Client", clientMethods)
	for _, c := range p.Commands {
		n.command(pkg, client, c)
	}
	for _, c := range p.Sequences {
		n.command(pkg, client, c)
	}
	n.hidden(p)
	n.private(p)
	sortProblems(n.problems)
	return n
}

// hidden reports parameters that would hide a constant or a type which their
// method uses.
func (n *names) hidden(p *model.Protocol) {
	own := map[string]claim{}
	for _, m := range p.Messages {
		own["message"+n.messages[m]] = claim{"messages." + m.Name, m.Pos}
	}
	for _, c := range p.Commands {
		own["command"+n.commands[c]] = claim{"commands." + c.Name, c.Pos}
	}
	for _, c := range p.Sequences {
		own["sequence"+n.commands[c]] = claim{"commands." + c.Name, c.Pos}
	}
	for _, c := range slices.Concat(p.Commands, p.Sequences) {
		for _, f := range c.Template.Fields {
			if by, ok := own[n.params[f]]; ok {
				n.fail(f.Pos, "commands."+c.Name+"."+f.Name,
					fmt.Sprintf("the parameter %s hides what the generated code calls %s (line %d)", n.params[f], by.what, by.pos.Line),
					"give it another go_name", by.pos)
			}
		}
	}
}

// packageName is the vendor's name without underscores.
func (n *names) packageName(p *model.Protocol) string {
	name := p.GoName
	if name == "" {
		name = strings.ReplaceAll(strings.ToLower(p.Name), "_", "")
	}
	if !token.IsIdentifier(name) || reservedPackage(name) || strings.ContainsFunc(name, notPackageRune) {
		n.fail(p.Pos, "vendor", fmt.Sprintf("%q cannot be a package name", name), "give the vendor a go_name", model.Pos{})
	}
	if reservedFolder(p.Name) {
		n.fail(p.Pos, "vendor", fmt.Sprintf("a folder named %s is not an ordinary one everywhere", p.Name), "give the vendor another name", model.Pos{})
	}
	return name
}

func notPackageRune(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9')
}

// typ names a type, its constants and its fields.
func (n *names) typ(pkg *scope, t *model.Type) {
	path := "types." + t.Name
	n.types[t] = n.declare(pkg, path, t.Named)
	for _, v := range t.Values {
		name := v.GoName
		if name == "" {
			name = exported(v.Name)
		}
		n.enums[t] = append(n.enums[t], n.claim(pkg, path+"."+v.Name, v.Pos, n.types[t]+name))
	}
	if f := t.Single(); f != nil { // there is no struct
		n.fields[f] = n.goName(path+"."+f.Name, f.Named)
	} else if t.Body != nil {
		n.structFields(path, t.Body.Fields)
	}
	n.structFields(path, memberFields(t.Members))
}

// command names a command's method, its parameters and what belongs to it. A
// command declares no exported type of its own name, which may be a message's,
// but with Request after it.
func (n *names) command(pkg, client *scope, c *model.Command) {
	path := "commands." + c.Name
	if c.Private {
		n.commands[c] = n.goName(path, c.Named)
	} else {
		n.commands[c] = n.declare(client, path, c.Named)
	}
	n.claim(pkg, path, c.Pos, n.commands[c]+"Request")
	if !c.Private && len(variants(c)) > 1 {
		n.claim(pkg, path, c.Pos, n.commands[c]+"Reply")
	}
	if !c.Private && len(c.Each) > 1 {
		n.claim(pkg, path, c.Pos, n.commands[c]+"Item")
	}
	if !c.Private && len(c.Delivers) > 0 {
		n.claim(pkg, path, c.Pos, n.commands[c]+"Subscription")
		n.claim(pkg, path, c.Pos, n.commands[c]+"Event")
	}
	n.structFields(path, c.Template.Fields, requestMethods)
	params := newScope("its parameters")
	for _, f := range c.Template.Fields {
		name := unexported(n.fields[f])
		if reservedLocal(name) {
			name += "_"
		}
		n.params[f] = n.claim(params, path+"."+f.Name, f.Pos, name)
	}
}

// structFields names the fields of one struct.
func (n *names) structFields(path string, fields []*model.Field, methods ...[]string) {
	s := newScope("its struct", append(methods, structMethods)...)
	for _, f := range fields {
		n.fields[f] = n.declare(s, path+"."+f.Name, f.Named)
	}
}

// declare gives a thing its exported name in a scope.
func (n *names) declare(s *scope, path string, named model.Named) string {
	return n.claim(s, path, named.Pos, n.goName(path, named))
}

// goName is the go_name, or what the spec's name becomes.
func (n *names) goName(path string, named model.Named) string {
	name := named.GoName
	if name == "" {
		name = exported(named.Name)
	}
	if !token.IsIdentifier(name) || !token.IsExported(name) {
		n.fail(named.Pos, path, fmt.Sprintf("%q is not an exported Go name", name),
			"give it a go_name that begins with a capital", model.Pos{})
	}
	return name
}

// claim takes a name in a scope, or reports who has it.
func (n *names) claim(s *scope, path string, pos model.Pos, name string) string {
	holder, taken := s.claims[name]
	switch {
	case !taken:
		s.claims[name] = claim{what: path, pos: pos}
	case holder.what == "":
		n.fail(pos, path, fmt.Sprintf("the Go name %s is taken: in %s every generated package has one", name, s.in),
			"give it another go_name", model.Pos{})
	default:
		n.fail(pos, path, fmt.Sprintf("the Go name %s is taken in %s by %s (line %d)", name, s.in, holder.what, holder.pos.Line),
			"give one of them another go_name", holder.pos)
	}
	return name
}

func (n *names) fail(pos model.Pos, path, message, hint string, other model.Pos) {
	n.problems = append(n.problems, Problem{
		Rule: "go-name", Pos: pos, Path: path, Message: message, Hint: hint, Other: other,
	})
}

package emit

import (
	"reflect"
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"
)

// Plan is the session plan as a literal, the framing apart (functions that the
// plan names use it), and the indexes of messages and commands.
//
//	const (
//		messageReading = iota
//	)
//
//	var framing = wire.Framing{…}
//
//	var plan = session.Plan{…}
type Plan struct {
	Messages, Commands []string // names of the constants, by index
	Modes              []string // likewise; none where the protocol has no modes
	Sequences          []string // likewise, of commands made of several
	Value              any      // a session.Plan
	// Hooks are the functions for the plan's func fields, by their Go
	// selector: Messages[0].Shape.Check.
	Hooks map[string]string
	// Words are the constants of package session and wire: by type and value.
	Words map[reflect.Type]map[int64]string

	below map[string]bool // paths with hooks below them
}

const planText = `
// Plan is the protocol as the runtime's packages need it, to run a fake device
// or a simulation; it must not be changed.
func Plan() *session.Plan { return &plan }
`

func (p *Plan) code() []jen.Code {
	v := reflect.ValueOf(p.Value)
	p.below = map[string]bool{}
	for path := range p.Hooks {
		for i := range path {
			if path[i] == '.' || path[i] == '[' {
				p.below[path[:i]] = true
			}
		}
	}
	list := []jen.Code{
		indexes("Indexes of the plan's messages.", p.Messages),
		indexes("Indexes of the plan's commands.", p.Commands),
		indexes("Indexes of the modes of a link.", p.Modes),
		indexes("Indexes of the commands that are made of several.", p.Sequences),
		jen.Comment("// framing says how bytes fall into frames.").Line().
			Var().Id("framing").Op("=").Add(p.literal(v.FieldByName("Framing"), "Framing")),
		jen.Comment("// plan is the protocol.").Line().
			Var().Id("plan").Op("=").Add(p.literal(v, "")),
	}
	return append(list, Source(planText).code()...)
}

func indexes(doc string, names []string) jen.Code {
	if len(names) == 0 {
		return jen.Null()
	}
	return jen.Comment("// " + doc).Line().Const().DefsFunc(func(g *jen.Group) {
		for i, name := range names {
			if i == 0 {
				g.Id(name).Op("=").Iota()
				continue
			}
			g.Id(name)
		}
	})
}

// literal prints a value; fields that are zero are left out, functions are
// named by the hooks.
func (p *Plan) literal(v reflect.Value, path string) *jen.Statement {
	t := v.Type()
	if t == reflect.TypeFor[time.Duration]() {
		return duration(time.Duration(v.Int()))
	}
	if words, ok := p.Words[t]; ok {
		return jen.Qual(t.PkgPath(), words[number(v)])
	}
	switch t.Kind() {
	case reflect.Pointer:
		return jen.Op("&").Add(p.literal(v.Elem(), path))
	case reflect.Struct:
		return p.structure(v, path)
	case reflect.Slice:
		return p.slice(v, path)
	case reflect.Bool:
		return literal(v.Bool())
	case reflect.String:
		return literal(v.String())
	case reflect.Float64:
		return literal(v.Float())
	case reflect.Uint64, reflect.Uint16, reflect.Uint8, reflect.Uint:
		return literal(v.Uint())
	case reflect.Int, reflect.Int64:
		return literal(v.Int())
	}
	panic("emit: a plan cannot hold a " + t.String())
}

func number(v reflect.Value) int64 {
	if v.CanUint() {
		return int64(v.Uint())
	}
	return v.Int()
}

func (p *Plan) structure(v reflect.Value, path string) *jen.Statement {
	fields := p.fields(v, path)
	t := v.Type()
	return jen.Qual(t.PkgPath(), t.Name()).Add(braces(fields, len(fields) > 2 || path == ""))
}

// field is nil where the field stays zero.
func (p *Plan) field(v reflect.Value, path string) *jen.Statement {
	if v.Kind() == reflect.Func {
		if name := p.Hooks[path]; name != "" {
			return jen.Id(name)
		}
		return nil
	}
	if path == "Framing" {
		return jen.Id("framing")
	}
	if name := p.index(v, path); name != nil && !(v.IsZero() && field(path) == "Enters") {
		return name
	}
	if v.IsZero() && !p.below[path] {
		return nil
	}
	return p.literal(v, path)
}

// index is the constant of a field that names a message, a command or a mode, or none;
// nil for other fields.
func (p *Plan) index(v reflect.Value, path string) *jen.Statement {
	if v.Kind() != reflect.Int {
		return nil
	}
	var names []string
	switch field(path) {
	case "Message", "Greeting":
		names = p.Messages
	case "Command", "UndoneBy":
		names = p.Commands
	case "In", "Enters":
		names = p.Modes
	default:
		return nil
	}
	if n := int(v.Int()); n >= 0 && n < len(names) {
		return jen.Id(names[n])
	}
	return jen.Qual(sessionPath, "None")
}

// field is the last selector of a path, indexes left out.
func field(path string) string {
	end := len(path)
	if path[end-1] == ']' {
		for path[end-1] != '[' {
			end--
		}
		end--
	}
	start := end
	for start > 0 && path[start-1] != '.' {
		start--
	}
	return path[start:end]
}

func (p *Plan) slice(v reflect.Value, path string) *jen.Statement {
	elem := v.Type().Elem()
	head := jen.Index().Id(elem.String())
	if elem.PkgPath() != "" {
		head = jen.Index().Qual(elem.PkgPath(), elem.Name())
	}
	var items []jen.Code
	for i := range v.Len() {
		at := path + "[" + strconv.Itoa(i) + "]"
		item := v.Index(i)
		if name := p.index(item, at); name != nil {
			items = append(items, name)
			continue
		}
		if item.Kind() == reflect.Struct {
			items = append(items, p.bare(item, at))
			continue
		}
		items = append(items, p.literal(item, at))
	}
	return head.Add(braces(items, elem.Kind() == reflect.Struct && (len(items) > 3 || values(elem) > 2)))
}

// values are how many fields a struct has that are more than flags.
func values(t reflect.Type) (n int) {
	for i := range t.NumField() {
		if t.Field(i).Type.Kind() != reflect.Bool {
			n++
		}
	}
	return n
}

// bare is a struct without its type, as an element of a slice.
func (p *Plan) bare(v reflect.Value, path string) *jen.Statement {
	fields := p.fields(v, path)
	return braces(fields, len(fields) > 3)
}

// fields are a struct's fields that are not zero. What undoes a command is said
// of lasting ones only.
func (p *Plan) fields(v reflect.Value, path string) []jen.Code {
	t := v.Type()
	var list []jen.Code
	for i := range t.NumField() {
		name := t.Field(i).Name
		if name == "UndoneBy" && !v.FieldByName("Lasting").Bool() {
			continue
		}
		at := name
		if path != "" {
			at = path + "." + name
		}
		if value := p.field(v.Field(i), at); value != nil {
			list = append(list, jen.Id(name).Op(":").Add(value))
		}
	}
	return list
}

// braces puts items on lines of their own where they are many.
func braces(items []jen.Code, lines bool) *jen.Statement {
	if !lines || len(items) == 0 {
		return jen.Values(items...)
	}
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, items...)
}

// duration is 10 * time.Second.
func duration(d time.Duration) *jen.Statement {
	for _, unit := range []struct {
		d    time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}} {
		switch {
		case d == unit.d:
			return jen.Qual("time", unit.name)
		case d != 0 && d%unit.d == 0:
			return jen.Op(strconv.FormatInt(int64(d/unit.d), 10)).Op("*").Qual("time", unit.name)
		}
	}
	return jen.Op(strconv.FormatInt(int64(d), 10))
}

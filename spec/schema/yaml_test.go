package schema_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
)

// value is a node as an editor reads it: by YAML 1.2's core schema, plain scalars
// may be numbers, booleans or null.
func value(n *document.Node) any {
	switch n.Kind {
	case document.Map:
		m := map[string]any{}
		for _, e := range n.Keys {
			m[e.Key] = value(e.Value)
		}
		return m
	case document.List:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, value(item))
		}
		return list
	case document.Scalar:
		if n.Style == document.Plain {
			return plain(n.Value)
		}
		return n.Value
	}
	return nil
}

var (
	coreInt   = regexp.MustCompile(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`)
	coreFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// plain is a plain scalar by YAML's core schema. Numbers are exact.
func plain(s string) any {
	switch {
	case slices.Contains([]string{"", "~", "null", "Null", "NULL"}, s):
		return nil
	case slices.Contains([]string{"true", "True", "TRUE"}, s):
		return true
	case slices.Contains([]string{"false", "False", "FALSE"}, s):
		return false
	case slices.Contains([]string{".inf", "-.inf", "+.inf", ".nan"}, strings.ToLower(s)):
		return json.Number("1e999")
	case coreInt.MatchString(s):
		digits := strings.TrimLeft(strings.TrimPrefix(s, "+"), "0")
		if strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0o") {
			n, err := strconv.ParseUint(s, 0, 64)
			if err != nil {
				return json.Number("1e30")
			}
			return json.Number(strconv.FormatUint(n, 10))
		}
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return json.Number(strconv.FormatInt(n, 10))
		}
		return json.Number(digits)
	case coreFloat.MatchString(s):
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return json.Number("1e999")
		}
		return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
	}
	return s
}

// write writes a tree as YAML, in brackets.
func write(b *strings.Builder, n *document.Node) {
	switch n.Kind {
	case document.Map:
		b.WriteByte('{')
		for i, e := range n.Keys {
			if i > 0 {
				b.WriteString(", ")
			}
			quote(b, e.Key)
			b.WriteString(": ")
			write(b, e.Value)
		}
		b.WriteByte('}')
	case document.List:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, item)
		}
		b.WriteByte(']')
	case document.Scalar:
		if n.Style == document.Plain && bare.MatchString(n.Value) {
			b.WriteString(n.Value)
		} else {
			quote(b, n.Value)
		}
	}
}

// bare is text that needs no quotes between brackets.
var bare = regexp.MustCompile(`^[A-Za-z0-9_.+~/%-]+( [A-Za-z0-9_.+~/%-]+)*$`)

func quote(b *strings.Builder, s string) {
	data, _ := json.Marshal(s)
	b.Write(data)
}

package wire

import (
	"strconv"
	"strings"
	"unsafe"
)

// List is a JSON array that was received. Its methods take an index below Len
// and are otherwise those of [Object], with which it shares the error.
type List struct {
	doc *document
	span
}

// Len is the number of items.
func (l *List) Len() int { return int(l.to - l.from) }

// Exactly fails unless the list has n items. What is asked of items that are
// not there gives zero values then.
func (l *List) Exactly(n int) {
	if l.doc.err == nil && l.Len() != n {
		l.doc.err = &FieldError{Field: l.doc.path(l.at), Reason: "not of exactly " + itoa(n) + " items"}
	}
}

// Text gives a string.
func (l *List) Text(i int) string { return l.item(i).text() }

// Bool gives true or false.
func (l *List) Bool(i int) bool { return l.item(i).bool() }

// Int gives a number without point and exponent that fits bits, 1 to 64.
func (l *List) Int(i, bits int) int64 { return l.item(i).int(bits) }

// Uint gives a number without sign, point and exponent that fits bits, 1 to 64.
func (l *List) Uint(i, bits int) uint64 { return l.item(i).uint(bits) }

// Decimal gives a number without exponent.
func (l *List) Decimal(i int) Decimal { return l.item(i).decimal() }

// Float gives a number.
func (l *List) Float(i int) float64 { return l.item(i).float() }

// Raw gives the item's JSON.
func (l *List) Raw(i int) []byte { return l.item(i).raw() }

// Object gives an object; where there is none, an empty one.
func (l *List) Object(i int) *Object {
	return &Object{l.doc, l.object(i)}
}

// List gives an array inside this one; where there is none, an empty one.
func (l *List) List(i int) *List {
	return &List{l.doc, l.list(i)}
}

//go:noinline
func (l *List) object(i int) span { return l.item(i).object() }

//go:noinline
func (l *List) list(i int) span { return l.item(i).list() }

// Const fails unless the item is want; see [Object.Const].
func (l *List) Const(i int, want any) {
	if v := l.item(i); !v.is(want) {
		v.fail(notConst)
	}
}

// Fail makes the list fail, for checks that are the caller's; see [Object.Fail].
func (l *List) Fail(i int, reason string) { l.item(i).fail(reason) }

func (l *List) item(i int) jsonValue {
	if l.doc.err != nil {
		return jsonValue{doc: l.doc, node: noNode}
	}
	return jsonValue{doc: l.doc, node: l.from + int32(i)}
}

// jsonValue is one value; after an error, noNode.
type jsonValue struct {
	doc  *document
	node int32
}

// text of the value; empty after an error.
func (v jsonValue) s() string {
	if v.node == noNode {
		return ""
	}
	return v.doc.value(v.node)
}

func (v jsonValue) fail(reason string) {
	if v.doc.err == nil && v.node != noNode {
		v.doc.err = &FieldError{Field: v.doc.path(v.doc.nodes[v.node].at), Reason: reason}
	}
}

func (v jsonValue) begins(with string) bool { return strings.HasPrefix(v.s(), with) }

func (v jsonValue) text() string {
	if !v.begins(`"`) {
		v.fail("not a string")
		return ""
	}
	s, why := unquoteJSONToken(v.s())
	if why != "" {
		v.fail(why)
	}
	return s
}

func (v jsonValue) bool() bool {
	if v.s() != "true" && v.s() != "false" {
		v.fail("not a bool")
	}
	return v.s() == "true"
}

func (v jsonValue) int(bits int) int64 {
	n, length, why := scanInt(v.s(), bits)
	if why != "" || length < len(v.s()) {
		v.fail("not an integer of " + itoa(bits) + " bits")
		return 0
	}
	return n
}

func (v jsonValue) uint(bits int) uint64 {
	n, length, ok := scanUint(v.s())
	if length == 0 || length < len(v.s()) || !ok || n>>uint(bits) != 0 {
		v.fail("not an unsigned integer of " + itoa(bits) + " bits")
		return 0
	}
	return n
}

func (v jsonValue) decimal() Decimal {
	d, err := ParseDecimal(v.s())
	if err != nil {
		v.fail("not a decimal number that fits")
	}
	return d
}

func (v jsonValue) float() float64 {
	n, err := strconv.ParseFloat(v.s(), 64)
	if err != nil || v.s() == "" || kindOf(v.s()) != MarkNumber {
		v.fail("not a number that fits")
		return 0
	}
	return n
}

// raw aliases the text.
func (v jsonValue) raw() []byte {
	if v.node == noNode {
		return nil
	}
	s := v.s()
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

// object is where an object is; an empty one after an error.
func (v jsonValue) object() span {
	if !v.begins("{") {
		v.fail("not an object")
		return span{}
	}
	return v.doc.members(v.doc.nodes[v.node].at)
}

// list is object for an array.
func (v jsonValue) list() span {
	if !v.begins("[") {
		v.fail("not a list")
		return span{}
	}
	return v.doc.items(v.doc.nodes[v.node].at)
}

func (v jsonValue) is(want any) bool {
	switch want := want.(type) {
	case nil:
		return v.s() == "null"
	case bool:
		return v.s() == "true" && want || v.s() == "false" && !want
	case string:
		s, why := "", ""
		if v.begins(`"`) {
			s, why = unquoteJSONToken(v.s())
		}
		return v.begins(`"`) && why == "" && s == want
	case int:
		return v.is(int64(want))
	case int64:
		n, length, why := scanInt(v.s(), 64)
		return why == "" && length == len(v.s()) && n == want
	case uint64:
		n, length, ok := scanUint(v.s())
		return ok && length > 0 && length == len(v.s()) && n == want
	case Decimal:
		d, err := ParseDecimal(v.s())
		return err == nil && d.Cmp(want) == 0
	}
	return false
}

// unquoteJSONToken gives what the JSON string s, quotes included, means.
func unquoteJSONToken(s string) (value, why string) {
	inner := s[1 : len(s)-1]
	if strings.IndexByte(inner, '\\') < 0 {
		return inner, ""
	}
	b, ok := unescapeJSON(make([]byte, 0, len(inner)), inner, UTF8)
	if !ok {
		return "", badEscape
	}
	return alias(b), ""
}

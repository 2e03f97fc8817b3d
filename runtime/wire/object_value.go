package wire

import (
	"strconv"
	"strings"
)

// List is a JSON array that was received. Its methods take an index below Len
// and are otherwise those of [Object], with which it shares the error.
type List struct {
	items []string
	path  string
	state *jsonState
}

// Len is the number of items.
func (l *List) Len() int { return len(l.items) }

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

// List gives an array inside this one; where there is none, an empty one.
func (l *List) List(i int) *List { return l.item(i).list() }

// Const fails unless the item is want; see [Object.Const].
func (l *List) Const(i int, want any) {
	if v := l.item(i); !v.is(want) {
		v.fail(notConst)
	}
}

// Fail makes the list fail, for checks that are the caller's; see [Object.Fail].
func (l *List) Fail(i int, reason string) { l.item(i).fail(reason) }

// Exactly fails unless the list has n items. What is asked of items that are
// not there gives zero values then.
func (l *List) Exactly(n int) {
	if l.state.err == nil && len(l.items) != n {
		l.state.fail(l.path, "not of exactly "+itoa(n)+" items")
	}
}

// Raw gives the item's JSON.
func (l *List) Raw(i int) []byte { return l.item(i).raw() }

// Object gives an object; where there is none, an empty one.
func (l *List) Object(i int) *Object { return l.item(i).object() }

func (l *List) item(i int) jsonValue {
	v := jsonValue{place: l.path, index: i, state: l.state}
	if l.state.err == nil {
		v.s = l.items[i]
	}
	return v
}

// jsonValue is one value and its place; s is empty after an error.
type jsonValue struct {
	s      string
	place  string // of what it is in
	key    string
	member bool // of an object by key, else of a list by index
	index  int
	state  *jsonState
}

func (v jsonValue) path() string {
	if v.member {
		return v.place + v.key
	}
	return v.place + "[" + itoa(v.index) + "]"
}

func (v jsonValue) fail(reason string) {
	if v.state.err == nil {
		v.state.fail(v.path(), reason)
	}
}

func (v jsonValue) begins(with string) bool { return strings.HasPrefix(v.s, with) }

func (v jsonValue) text() string {
	if !v.begins(`"`) {
		v.fail("not a string")
		return ""
	}
	s, why := unquoteJSONToken(v.s)
	if why != "" {
		v.fail(why)
	}
	return s
}

func (v jsonValue) bool() bool {
	if v.s != "true" && v.s != "false" {
		v.fail("not a bool")
	}
	return v.s == "true"
}

func (v jsonValue) int(bits int) int64 {
	n, length, why := scanInt(v.s, bits)
	if why != "" || length < len(v.s) {
		v.fail("not an integer of " + itoa(bits) + " bits")
		return 0
	}
	return n
}

func (v jsonValue) uint(bits int) uint64 {
	n, length, ok := scanUint(v.s)
	if length == 0 || length < len(v.s) || !ok || n>>uint(bits) != 0 {
		v.fail("not an unsigned integer of " + itoa(bits) + " bits")
		return 0
	}
	return n
}

func (v jsonValue) decimal() Decimal {
	d, err := ParseDecimal(v.s)
	if err != nil {
		v.fail("not a decimal number that fits")
	}
	return d
}

func (v jsonValue) float() float64 {
	n, err := strconv.ParseFloat(v.s, 64)
	if err != nil || v.s == "" || kindOf(v.s) != MarkNumber {
		v.fail("not a number that fits")
		return 0
	}
	return n
}

func (v jsonValue) raw() []byte {
	if v.s == "" {
		return nil
	}
	return []byte(v.s)
}

func (v jsonValue) object() *Object {
	o := &Object{path: v.path() + ".", state: v.state}
	if !v.begins("{") {
		v.fail("not an object")
		return o
	}
	o.parse(v.s, false)
	return o
}

func (v jsonValue) list() *List {
	l := &List{path: v.path(), state: v.state}
	if !v.begins("[") {
		v.fail("not a list")
		return l
	}
	for item := range jsonItems(v.s) {
		l.items = append(l.items, item)
	}
	return l
}

func (v jsonValue) is(want any) bool {
	switch want := want.(type) {
	case nil:
		return v.s == "null"
	case bool:
		return v.s == "true" && want || v.s == "false" && !want
	case string:
		s, why := "", ""
		if v.begins(`"`) {
			s, why = unquoteJSONToken(v.s)
		}
		return v.begins(`"`) && why == "" && s == want
	case int:
		return v.is(int64(want))
	case int64:
		n, length, why := scanInt(v.s, 64)
		return why == "" && length == len(v.s) && n == want
	case uint64:
		n, length, ok := scanUint(v.s)
		return ok && length > 0 && length == len(v.s) && n == want
	case Decimal:
		d, err := ParseDecimal(v.s)
		return err == nil && d.Cmp(want) == 0
	}
	return false
}

// jsonItems gives the items of the array that s, valid JSON, is.
func jsonItems(s string) func(yield func(item string) bool) {
	return func(yield func(item string) bool) {
		for i := skipSpace(s, 1); s[i] != ']'; {
			end := skipValue(s, i)
			if !yield(s[i:end]) {
				return
			}
			i = skipSpace(s, end)
			if s[i] == ',' {
				i = skipSpace(s, i+1)
			}
		}
	}
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

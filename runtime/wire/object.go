package wire

import (
	"math"
	"slices"
)

// Object is a JSON object that was received, for straight-line reading of its
// members in any order:
//
//	o, err := wire.ParseObject(raw)
//	if err != nil { … }
//	user := o.Text("user")
//	if o.Has("limit") {
//		limit = o.Int("limit", 64)
//	}
//	err = o.Err()
//
// The first error sticks, in an object and all that is inside it; later calls
// give zero values. Members that nobody asks for are ignored. Strings and raw
// JSON alias the bytes that were parsed, but strings with escapes in them.
type Object struct {
	doc *document
	span
}

// ParseObject reads one JSON object, blanks around it allowed, in one pass. It
// refuses what is not JSON (RFC 8259) or not UTF-8, more than 64 levels, and a
// key that an object has twice, at any level. The error is a *[FieldError].
func ParseObject(raw []byte) (*Object, error) {
	if len(raw) > math.MaxInt32 {
		return nil, &FieldError{Reason: "JSON of more than 2 GiB"}
	}
	d := &document{s: alias(raw)}
	d.nodes = d.few[:0]
	p := scanner{s: d.s, doc: d}
	switch ok := p.all(noMark); {
	case d.err != nil:
		return nil, d.err
	case !ok:
		return nil, &FieldError{Reason: p.why}
	}
	at := skipSpace(d.s, 0)
	if d.s[at] != '{' {
		return nil, &FieldError{Reason: notObject}
	}
	d.root = Object{d, span{at: int32(at), to: int32(len(d.nodes))}}
	return &d.root, nil
}

// failedObject is an empty object with an error.
func failedObject(err *FieldError) *Object { return &Object{doc: &document{s: "{}", err: err}} }

// Err is the first error so far, a *[FieldError] with the path of the member,
// or nil.
func (o *Object) Err() error { return o.doc.failed() }

// Fail makes the object fail, for checks that are the caller's. The reason must
// not hold the member's value.
func (o *Object) Fail(key, reason string) {
	if o.doc.err == nil {
		o.doc.err = &FieldError{Field: below(o.doc.path(o.at), key), Reason: reason}
	}
}

// Has reports whether the object has the member and it is not null.
func (o *Object) Has(key string) bool {
	i := o.find(key)
	return i >= 0 && o.doc.value(i) != "null"
}

// Text gives a string.
func (o *Object) Text(key string) string { return o.member(key).text() }

// Bool gives true or false.
func (o *Object) Bool(key string) bool { return o.member(key).bool() }

// Int gives a number without point and exponent that fits bits, 1 to 64.
func (o *Object) Int(key string, bits int) int64 { return o.member(key).int(bits) }

// Uint gives a number without sign, point and exponent that fits bits, 1 to 64.
func (o *Object) Uint(key string, bits int) uint64 { return o.member(key).uint(bits) }

// Decimal gives a number without exponent.
func (o *Object) Decimal(key string) Decimal { return o.member(key).decimal() }

// Float gives a number.
func (o *Object) Float(key string) float64 { return o.member(key).float() }

// Raw gives the member's JSON, null included.
func (o *Object) Raw(key string) []byte { return o.member(key).raw() }

// Object gives an object inside this one; where there is none, an empty one.
// It is inlined, so that the object stays on the caller's stack.
func (o *Object) Object(key string) *Object {
	return &Object{o.doc, o.object(key)}
}

// List gives an array; where there is none, an empty one.
func (o *Object) List(key string) *List {
	return &List{o.doc, o.list(key)}
}

//go:noinline
func (o *Object) object(key string) span { return o.member(key).object() }

//go:noinline
func (o *Object) list(key string) span { return o.member(key).list() }

// Const fails unless the member is want: a bool, a string, an int, int64 or
// uint64, a [Decimal], or nil for null. Decimals are equal by value.
func (o *Object) Const(key string, want any) {
	if v := o.member(key); !v.is(want) {
		v.fail(notConst)
	}
}

const notConst = "not the constant that it must be"

// Others gives an object of the members that have none of the known keys, as
// JSON; nil where there are none.
func (o *Object) Others(known ...string) []byte {
	var b []byte
	for i := o.from; i < o.to; i++ {
		key := o.doc.key(i)
		if slices.Contains(known, key) {
			continue
		}
		b = append(b, "{,"[min(len(b), 1)])
		b = appendQuotedJSON(b, key, UTF8)
		b = append(b, ':')
		b = compactJSON(b, o.doc.value(i), false)
	}
	if b != nil {
		b = append(b, '}')
	}
	return b
}

// find is the node of a member, or -1.
func (o *Object) find(key string) int32 {
	for i := o.from; i < o.to; i++ {
		if o.doc.has(i, key) {
			return i
		}
	}
	return -1
}

// member is the value of a member. That there is none is an error.
func (o *Object) member(key string) jsonValue {
	if o.doc.err == nil {
		if i := o.find(key); i >= 0 {
			return jsonValue{doc: o.doc, node: i}
		}
		o.Fail(key, "is missing")
	}
	return jsonValue{doc: o.doc, node: noNode}
}

package wire

import "slices"

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
// give zero values. Members that nobody asks for are ignored. Strings alias the
// raw bytes where nothing is escaped in them.
type Object struct {
	members []jsonMember
	path    string // with a dot at the end, but for the outermost
	state   *jsonState
	// outer and key are in place of path where it is only wanted for errors:
	// keys are as long as the sender likes.
	outer *Object
	key   string
}

// jsonState is what an object shares with those inside it.
type jsonState struct{ err *FieldError }

type jsonMember struct {
	key   string
	value string
}

// ParseObject reads one JSON object, blanks around it allowed. It refuses what
// is not JSON (RFC 8259) or not UTF-8, more than 64 levels, and a key that an
// object has twice, at any level. The error is a *[FieldError].
func ParseObject(raw []byte) (*Object, error) {
	if why := refuseJSON(raw); why != "" {
		return nil, &FieldError{Reason: why}
	}
	s := alias(raw)
	i := skipSpace(s, 0)
	if s[i] != '{' {
		return nil, &FieldError{Reason: notObject}
	}
	o := &Object{state: new(jsonState)}
	o.parse(s[i:], true)
	if err := o.Err(); err != nil {
		return nil, err
	}
	return o, nil
}

// Err is the first error so far, a *[FieldError] with the path of the member,
// or nil.
func (o *Object) Err() error {
	if o.state.err == nil {
		return nil
	}
	return o.state.err
}

// Fail makes the object fail, for checks that are the caller's. The reason must
// not hold the member's value.
func (o *Object) Fail(key, reason string) { o.state.fail(o.place()+key, reason) }

// place is the object's path.
func (o *Object) place() string {
	path := o.path
	for ; o.outer != nil; o = o.outer {
		path = o.key + "." + path
	}
	return path
}

// Has reports whether the object has the member and it is not null.
func (o *Object) Has(key string) bool {
	value, ok := o.find(key)
	return ok && value != "null"
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

// Others gives an object of the members that have none of the known keys, as
// JSON; nil where there are none.
func (o *Object) Others(known ...string) []byte {
	var b []byte
	for _, m := range o.members {
		if slices.Contains(known, m.key) {
			continue
		}
		b = append(b, "{,"[min(len(b), 1)])
		b = appendQuotedJSON(b, m.key, UTF8)
		b = append(b, ':')
		b = compactJSON(b, []byte(m.value), false)
	}
	if b != nil {
		b = append(b, '}')
	}
	return b
}

// Raw gives the member's JSON, null included.
func (o *Object) Raw(key string) []byte { return o.member(key).raw() }

// Object gives an object inside this one; where there is none, an empty one.
func (o *Object) Object(key string) *Object { return o.member(key).object() }

// List gives an array; where there is none, an empty one.
func (o *Object) List(key string) *List { return o.member(key).list() }

// Const fails unless the member is want: a bool, a string, an int, int64 or
// uint64, a [Decimal], or nil for null. Decimals are equal by value.
func (o *Object) Const(key string, want any) {
	if !o.member(key).is(want) {
		o.Fail(key, notConst)
	}
}

const notConst = "not the constant that it must be"

func (o *Object) find(key string) (value string, ok bool) {
	for i := range o.members {
		if o.members[i].key == key {
			return o.members[i].value, true
		}
	}
	return "", false
}

func (o *Object) member(key string) jsonValue {
	v := jsonValue{place: o.path, key: key, member: true, state: o.state}
	value, ok := o.find(key)
	switch {
	case o.state.err != nil:
	case !ok:
		v.fail("is missing")
	default:
		v.s = value
	}
	return v
}

// parse reads the object that s, valid JSON, begins with; where check is set
// also all that is inside it, to refuse keys that come twice.
func (o *Object) parse(s string, check bool) (end int) {
	i := skipSpace(s, 1)
	for s[i] != '}' {
		keyEnd := skipString(s, i)
		key, why := unquoteJSONToken(s[i:keyEnd])
		if why != "" {
			o.state.fail(o.place(), "a key "+why)
		}
		from := skipSpace(s, skipSpace(s, keyEnd)+1) // past the colon
		to := skipValue(s, from)
		o.members = append(o.members, jsonMember{key: key, value: s[from:to]})
		if check {
			o.check(key, s[from:to])
		}
		i = skipSpace(s, to)
		if s[i] == ',' {
			i = skipSpace(s, i+1)
		}
	}
	o.refuseTwice()
	return i + 1
}

// check looks for keys that come twice in the objects inside a value.
func (o *Object) check(key, value string) {
	switch value[0] {
	case '{':
		inner := Object{outer: o, key: key, state: o.state}
		inner.parse(value, true)
	case '[':
		for item := range jsonItems(value) {
			o.check(key, item)
		}
	}
}

func (o *Object) refuseTwice() {
	const few = 8
	if len(o.members) <= few {
		for i, m := range o.members {
			for _, other := range o.members[:i] {
				if m.key == other.key {
					o.twice(m.key)
				}
			}
		}
		return
	}
	seen := make(map[string]struct{}, len(o.members))
	for _, m := range o.members {
		if _, ok := seen[m.key]; ok {
			o.twice(m.key)
		}
		seen[m.key] = struct{}{}
	}
}

func (o *Object) twice(key string) { o.Fail(key, "is there twice") }

func (s *jsonState) fail(path, reason string) {
	if s.err == nil {
		s.err = &FieldError{Field: path, Reason: reason}
	}
}

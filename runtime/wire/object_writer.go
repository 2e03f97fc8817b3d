package wire

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ObjectWriter writes a JSON object, its members in the order of the calls and
// without blanks:
//
//	o := wire.NewObject(nil)
//	o.Bool("verbose", false)
//	o.Begin("auth")
//	o.Text("user", user)
//	o.End()
//	raw, err := o.Done()
//
// Keys are the caller's to keep apart. The first error sticks; it is a
// *[FieldError] with the member's path.
type ObjectWriter struct {
	b     []byte
	start int
	// One bit a level, the innermost lowest: it is a list.
	lists uint64
	depth int
	comma bool // a member precedes at this level
	ascii bool // other characters are escaped
	path  []string
	err   *FieldError
}

// NewObject begins an object that is appended to dst.
func NewObject(dst []byte) ObjectWriter {
	return ObjectWriter{b: append(dst, '{'), start: len(dst)}
}

// Text writes a string; it must be valid UTF-8.
func (o *ObjectWriter) Text(key, v string) {
	if !utf8.ValidString(v) {
		o.Fail(key, notUTF8)
		return
	}
	o.key(key)
	o.text(v)
}

func (o *ObjectWriter) text(v string) {
	charset := UTF8
	if o.ascii {
		charset = ASCII
	}
	o.b = appendQuotedJSON(o.b, v, charset)
}

// Bool writes true or false.
func (o *ObjectWriter) Bool(key string, v bool) {
	o.key(key)
	o.b = strconv.AppendBool(o.b, v)
}

// Int writes a number that fits bits, 1 to 64.
func (o *ObjectWriter) Int(key string, v int64, bits int) {
	if !fitsInt(v, bits) {
		o.Fail(key, "does not fit "+itoa(bits)+" bits")
		return
	}
	o.key(key)
	o.b = strconv.AppendInt(o.b, v, 10)
}

// Uint writes a number that fits bits, 1 to 64.
func (o *ObjectWriter) Uint(key string, v uint64, bits int) {
	if v>>uint(bits) != 0 {
		o.Fail(key, "does not fit "+itoa(bits)+" bits")
		return
	}
	o.key(key)
	o.b = strconv.AppendUint(o.b, v, 10)
}

// Decimal writes a number with all its places.
func (o *ObjectWriter) Decimal(key string, v Decimal) {
	o.key(key)
	o.b = v.append(o.b)
}

// Null writes null.
func (o *ObjectWriter) Null(key string) {
	o.key(key)
	o.b = append(o.b, "null"...)
}

// Raw writes one JSON value, without the blanks between its parts.
func (o *ObjectWriter) Raw(key string, raw []byte) {
	if why := refuseJSON(raw); why != "" {
		o.Fail(key, why)
		return
	}
	o.key(key)
	o.b = compactJSON(o.b, alias(raw), o.ascii)
}

// Others writes the members of an object that [Object.Others] gave. It fails
// where raw is no object, or has one of the known keys. key is for errors alone.
func (o *ObjectWriter) Others(key string, raw []byte, known ...string) {
	others, err := ParseObject(raw)
	if err != nil {
		o.Fail(key, notObject)
		return
	}
	for i := others.from; i < others.to; i++ {
		name := others.doc.key(i)
		if slices.Contains(known, name) {
			o.Fail(key, "holds a member that has a field of its own")
			return
		}
		o.key(name)
		o.b = compactJSON(o.b, others.doc.value(i), o.ascii)
	}
}

// Float writes a number in the shortest form that reads as v; there is none of
// what is not finite.
func (o *ObjectWriter) Float(key string, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		o.Fail(key, "is no finite number")
		return
	}
	o.key(key)
	o.b = strconv.AppendFloat(o.b, v, 'g', -1, 64)
}

// Begin begins an object inside this one, up to End.
func (o *ObjectWriter) Begin(key string) { o.open(key, '{') }

// BeginList begins an array, up to End. The keys of what is written inside do
// not count, but for errors.
func (o *ObjectWriter) BeginList(key string) { o.open(key, '[') }

// End ends what the last Begin or BeginList began.
func (o *ObjectWriter) End() {
	if o.depth == 0 {
		o.Fail("", "more ends than begins")
		return
	}
	o.b = append(o.b, "}]"[o.lists&1])
	o.lists >>= 1
	o.depth--
	o.comma = true
	o.path = o.path[:o.depth]
}

// Fail makes the object fail, for checks that are the caller's. The reason must
// not hold the member's value.
func (o *ObjectWriter) Fail(key, reason string) {
	if o.err != nil {
		return
	}
	path := ""
	for _, level := range o.path {
		path += level + "."
	}
	o.err = &FieldError{Field: strings.TrimSuffix(path+key, "."), Reason: reason}
}

// Done ends the object and gives dst with it appended; on error, dst.
func (o *ObjectWriter) Done() ([]byte, error) {
	if o.depth != 0 {
		o.Fail("", "more begins than ends")
	}
	if o.err != nil {
		return o.b[:o.start], o.err
	}
	return append(o.b, '}'), nil
}

func (o *ObjectWriter) open(key string, bracket byte) {
	if o.depth == maxJSONDepth-1 {
		o.Fail(key, tooDeep)
	}
	if o.err != nil && o.depth >= maxJSONDepth-1 {
		return
	}
	o.key(key)
	o.b = append(o.b, bracket)
	o.lists <<= 1
	if bracket == '[' {
		o.lists |= 1
	}
	o.depth++
	o.comma = false
	o.path = append(o.path, key)
}

func (o *ObjectWriter) key(key string) {
	if o.comma {
		o.b = append(o.b, ',')
	}
	o.comma = true
	if o.lists&1 == 0 {
		o.text(key)
		o.b = append(o.b, ':')
	}
}

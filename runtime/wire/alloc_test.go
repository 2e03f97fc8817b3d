package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// reading is what generated code makes of "READING {channel:uint8}
// {value:decimal} {unit:text}".
type reading struct {
	channel uint8
	value   Decimal
	unit    string
}

func appendReading(dst []byte, m *reading) ([]byte, error) {
	var w Writer
	w.Reset(dst, anyNewline)
	w.Lit("READING ")
	w.Uint("channel", uint64(m.channel), 8)
	w.Lit(" ")
	w.Decimal("value", m.value)
	w.Lit(" ")
	w.Text("unit", m.unit)
	return w.End()
}

func parseReading(frame []byte, m *reading) error {
	var r Reader
	r.Reset(frame, anyNewline)
	r.Lit("READING ")
	m.channel = uint8(r.Uint("channel", 8))
	r.Lit(" ")
	m.value = r.Decimal("value")
	r.Lit(" ")
	m.unit = r.Text("unit")
	return r.Done()
}

// message has one field of every kind that needs no memory of its own.
type message struct {
	user, note, name, code string
	n                      int64
	id, mask               uint64
	level                  float64
	on                     bool
	body                   []byte
	options                []byte
}

func appendMessage(dst []byte, m *message) ([]byte, error) {
	w := NewWriter(dst, crlfOnly)
	w.Lit("MSG ")
	w.Word("user", m.user, " ", "/")
	w.Lit(" ")
	w.Quoted("note", m.note, QuoteC)
	w.Lit(" ")
	w.Int("n", m.n, 32)
	w.Lit(" ")
	w.Digits("id", m.id, 6)
	w.Hex("mask", m.mask, 4)
	w.Lit(" ")
	w.Float("level", m.level)
	w.Lit(" ")
	w.Bool("on", m.on, "ON", "OFF")
	w.Lit(" ")
	mark := w.Mark()
	w.Text("name", m.name)
	w.Pad("name", mark, 12, false, ' ')
	w.FixedText("code", m.code, 3)
	w.Lit(" ")
	w.JSON("options", m.options)
	w.Break()
	w.Uint("body", uint64(len(m.body)), 64)
	w.Break()
	w.Bytes("body", m.body)
	return w.End()
}

func parseMessage(frame []byte, m *message) error {
	r := NewReader(frame, crlfOnly)
	r.Lit("MSG ")
	_ = r.Separators(" ")
	m.user = r.Word("user", " ", "/")
	r.Lit(" ")
	m.note = r.Quoted("note", QuoteC)
	r.Lit(" ")
	m.n = r.Int("n", 32)
	r.Lit(" ")
	m.id = r.Digits("id", 6)
	m.mask = r.Hex("mask", 4)
	r.Lit(" ")
	m.level = r.Float("level")
	r.Lit(" ")
	m.on = r.Bool("on", "ON", "OFF")
	r.Lit(" ")
	p := r.Pad("name", 12, false, ' ')
	m.name = r.Text("name")
	r.Unpad("name", p)
	m.code = r.FixedText("code", 3)
	r.Lit(" ")
	m.options = r.JSON("options")
	r.Break()
	n := r.Uint("body", 64)
	r.Break()
	m.body = r.Bytes("body", n)
	return r.Done()
}

var aMessage = message{
	user: "admin", note: "a note", name: "grüße", code: "abc", n: -12, id: 42, mask: 0xbeef,
	level: 0.5, on: true, body: []byte("a\r\nb"), options: []byte(`{"a":[1,2]}`),
}

func requireNoAllocs(t *testing.T, f func()) {
	t.Helper()
	allocs := testing.AllocsPerRun(200, f)
	if !raceEnabled {
		require.Zero(t, allocs)
	}
}

func TestCodecsDoNotAllocate(t *testing.T) {
	frame, err := appendReading(nil, &reading{3, Decimal{2150, 2}, "C"})
	require.NoError(t, err)
	requireNoAllocs(t, func() {
		m := reading{3, Decimal{2150, 2}, "C"}
		frame, _ = appendReading(frame[:0], &m)
		err = parseReading(frame[:len(frame)-1], &m)
	})
	require.NoError(t, err)

	frame, err = appendMessage(nil, &aMessage)
	require.NoError(t, err)
	var m message
	require.NoError(t, parseMessage(frame[:len(frame)-2], &m))
	require.Equal(t, aMessage, m)
	requireNoAllocs(t, func() {
		frame, _ = appendMessage(frame[:0], &aMessage)
		err = parseMessage(frame[:len(frame)-2], &m)
	})
	require.NoError(t, err)

	key := make([]byte, 0, 256)
	requireNoAllocs(t, func() {
		key = KeyUint(KeyInt(KeyText(KeyBytes(KeyBool(KeyFloat(KeyDecimal(key[:0], Decimal{215, 1}), 1), true), m.body), m.user), -3), 3)
	})
}

func TestDecoderDoesNotAllocate(t *testing.T) {
	stream := []byte("OK\nREADING 3\n$5\r\na\nb\r\n\r\nBEGIN\nname: a\nSTOP\nsomething else\n")
	d := NewDecoder(anyNewline, NewDispatch(testShapes))
	var expects Expecter = expectSet{mOK, mValue}
	frames := 0
	requireNoAllocs(t, func() {
		buf := stream
		for len(buf) > 0 {
			_, n, need, err := d.Next(buf, expects)
			if err != nil || need > 0 {
				panic("not all of it are frames")
			}
			frames++
			buf = buf[n:]
		}
	})
	require.Equal(t, 5, frames/201)
	requireNoAllocs(t, func() {
		from := 0
		for to := 1; to <= len(stream); to++ {
			_, n, _, _ := d.Next(stream[from:to], expects)
			from += n
		}
	})
}

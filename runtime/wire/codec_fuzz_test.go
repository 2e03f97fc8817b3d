package wire

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// codecFramings are those of the tables and of the decoder's target.
var codecFramings = append([]*Framing{anyNewline, crlfOnly, ascii, latin1, nulEnds, hashEnds, letterEnds, tiny}, fuzzFramings...)

func pick(i uint8) *Framing { return codecFramings[int(i)%len(codecFramings)] }

// requireOneFrame: a peer that cuts wire into frames finds just one, and that it
// gives to the reader. Bodies are counted there, so only their end is found.
func requireOneFrame(t *testing.T, f *Framing, wire []byte) []byte {
	t.Helper()
	frame, n, need, err := NewDecoder(f, NewDispatch(nil)).Next(wire, nil)
	require.NoError(t, err)
	require.Zero(t, need)
	require.Equal(t, len(wire), n, "the peer sees the frame's end at byte %d of %q", n, wire)
	return frame.Bytes
}

// receives reports whether f can receive a frame of its own of n bytes.
func receives(f *Framing, n int) bool { return n <= f.MaxLine && (n > 0 || !f.DropEmpty) }

// What is written as text is one frame to the peer, in which the same text is
// found, whatever the literals around it.
func FuzzText(f *testing.F) {
	for i := range codecFramings {
		for _, s := range []string{"", "hello", "a b", "a\r", "\nLOGIN", "a#", "##", "a\x00b", "grüße", "\xff", "xa", "a\nb", "ab ab a"} {
			f.Add(s, " ", "aa", uint8(i), uint8(0))
			f.Add(s, "ab", "b", uint8(i), uint8(1))
		}
	}
	f.Fuzz(func(t *testing.T, s, stop, other string, framing, kind uint8) {
		fr := pick(framing)
		if stop == "" || other == "" || fr.breaks(stop) || fr.breaks(other) {
			return
		}
		w := NewWriter(nil, fr)
		w.Lit("<")
		switch kind % 3 {
		case 0:
			w.Text("x", s, stop, other)
		case 1:
			w.Word("x", s, stop, other)
		default:
			w.FixedText("x", s, len(s))
		}
		w.Lit(stop)
		wire, err := w.End()
		if err != nil {
			require.Empty(t, wire)
			return
		}
		frame := wire[:len(wire)-len(fr.SendEnd)]
		if receives(fr, len(frame)) {
			require.Equal(t, frame, requireOneFrame(t, fr, wire))
		}
		r := NewReader(frame, fr)
		r.Lit("<")
		var got string
		switch kind % 3 {
		case 0:
			got = r.Text("x", stop, other)
		case 1:
			got = r.Word("x", stop, other)
		default:
			got = r.FixedText("x", len(s))
		}
		r.Lit(stop)
		require.NoError(t, r.Done(), "%q", wire)
		require.Equal(t, s, got)
	})
}

// Every codec on any bytes: no panic, and what was read is written back so that
// it reads the same.
func FuzzReadNumbers(f *testing.F) {
	for _, s := range []string{"0", "-0", "21.50", "-1e-9 x", "18446744073709551616", "000", "1e999", "9223372036854775808", "7fFF", "-", "+1", "1.", strings.Repeat("9", 30)} {
		f.Add([]byte(s), uint8(8), uint8(4))
	}
	f.Fuzz(func(t *testing.T, in []byte, bits, width uint8) {
		size, n := 1+int(bits)%64, int(width)%24
		codecs := []struct {
			read  func(r *Reader) any
			write func(w *Writer, v any)
		}{
			{func(r *Reader) any { return r.Uint("x", size) }, func(w *Writer, v any) { w.Uint("x", v.(uint64), size) }},
			{func(r *Reader) any { return r.Int("x", size) }, func(w *Writer, v any) { w.Int("x", v.(int64), size) }},
			{func(r *Reader) any { return r.Digits("x", n) }, func(w *Writer, v any) { w.Digits("x", v.(uint64), n) }},
			{func(r *Reader) any { return r.Hex("x", n) }, func(w *Writer, v any) { w.Hex("x", v.(uint64), n) }},
			{func(r *Reader) any { return r.Decimal("x") }, func(w *Writer, v any) { w.Decimal("x", v.(Decimal)) }},
			{func(r *Reader) any { return r.Float("x") }, func(w *Writer, v any) { w.Float("x", v.(float64)) }},
		}
		for i, c := range codecs {
			r := NewReader(in, anyNewline)
			v := c.read(&r)
			if r.Err() != nil {
				require.Zero(t, v)
				continue
			}
			require.LessOrEqual(t, r.Offset(), len(in))
			w := NewWriter(nil, anyNewline)
			c.write(&w, v)
			wire, err := w.Done()
			require.NoError(t, err, "codec %d, %q", i, in)
			r = NewReader(wire, anyNewline)
			require.Equal(t, v, c.read(&r), "codec %d", i)
			require.NoError(t, r.Done())
		}
		r := NewReader(in, anyNewline)
		require.GreaterOrEqual(t, r.Count("x"), 0)
	})
}

// Every value is refused, or read back as it was.
func FuzzWriteNumbers(f *testing.F) {
	f.Add(uint64(0), 0.5, uint8(8), uint8(3), uint8(2))
	f.Add(uint64(math.MaxUint64), math.Inf(1), uint8(64), uint8(20), uint8(255))
	f.Add(uint64(1<<63), -1e-300, uint8(63), uint8(16), uint8(18))
	f.Fuzz(func(t *testing.T, v uint64, v2 float64, bits, width, scale uint8) {
		size, n := 1+int(bits)%64, int(width)%24
		trip := func(write func(w *Writer), read func(r *Reader) any, want any, fits bool) {
			w := NewWriter(nil, anyNewline)
			write(&w)
			wire, err := w.Done()
			require.Equal(t, fits, err == nil)
			if err != nil {
				return
			}
			r := NewReader(wire, anyNewline)
			require.Equal(t, want, read(&r))
			require.NoError(t, r.Done())
		}
		trip(func(w *Writer) { w.Uint("x", v, size) }, func(r *Reader) any { return r.Uint("x", size) }, v, size == 64 || v < 1<<size)
		limit := int64(1) << (size - 1)
		fits := size == 64 || -limit <= int64(v) && int64(v) < limit
		trip(func(w *Writer) { w.Int("x", int64(v), size) }, func(r *Reader) any { return r.Int("x", size) }, int64(v), fits)
		trip(func(w *Writer) { w.Digits("x", v, n) }, func(r *Reader) any { return r.Digits("x", n) }, v, n >= 20 || v < tenTo(n))
		trip(func(w *Writer) { w.Hex("x", v, n) }, func(r *Reader) any { return r.Hex("x", n) }, v, n >= 16 || v < 1<<(4*n))
		d := Decimal{int64(v), scale}
		trip(func(w *Writer) { w.Decimal("x", d) }, func(r *Reader) any { return r.Decimal("x") }, d, true)
		finite := !math.IsInf(v2, 0) && !math.IsNaN(v2)
		trip(func(w *Writer) { w.Float("x", v2) }, func(r *Reader) any { return r.Float("x") }, v2+0, finite)
	})
}

func tenTo(n int) uint64 {
	v := uint64(1)
	for range n {
		v *= 10
	}
	return v
}

// Quoted text of any flavour is one frame and reads back; what reads, writes.
func FuzzQuoted(f *testing.F) {
	for i := range codecFramings {
		for _, s := range []string{`a"b\`, "\x00\n\r\t\x7f", "grüße 𝄞", "\xff", `"\ud834\udd1e\u00fc"`, `"\x41\101\""`, `"a""b"`, "a##|"} {
			f.Add(s, uint8(i), uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, s string, framing, kind uint8) {
		fr, flavour := pick(framing), Quote(kind%3)
		write := func(v string) ([]byte, error) {
			w := NewWriter(nil, fr)
			w.Quoted("x", v, flavour)
			return w.End()
		}
		if wire, err := write(s); err == nil {
			frame := wire[:len(wire)-len(fr.SendEnd)]
			if receives(fr, len(frame)) {
				require.Equal(t, frame, requireOneFrame(t, fr, wire))
			}
			r := NewReader(frame, fr)
			require.Equal(t, s, r.Quoted("x", flavour), "%q", frame)
			require.NoError(t, r.Done())
		}
		r := NewReader([]byte(s), fr)
		v := r.Quoted("x", flavour)
		if r.Err() != nil {
			require.Zero(t, v)
			return
		}
		if flavour == QuoteJSON && fr.Charset == UTF8 {
			var want string
			require.NoError(t, json.Unmarshal([]byte(s[:r.Offset()]), &want))
			require.Equal(t, want, v)
		}
		if wire, err := write(v); err == nil {
			r = NewReader(wire[:len(wire)-len(fr.SendEnd)], fr)
			require.Equal(t, v, r.Quoted("x", flavour))
		}
	})
}

func FuzzBytes(f *testing.F) {
	f.Add([]byte("a\r\nb\x00\xff"), uint8(0))
	f.Add([]byte("AKv/AQ=="), uint8(1))
	f.Add([]byte("00fF"), uint8(2))
	f.Fuzz(func(t *testing.T, b []byte, framing uint8) {
		fr := pick(framing)
		w := NewWriter(nil, fr)
		w.Uint("n", uint64(len(b)), 64)
		w.Break()
		w.Bytes("x", b)
		w.Break()
		w.HexBytes("x", b)
		w.Break()
		w.Base64("x", b)
		if wire, err := w.End(); err == nil {
			r := NewReader(wire[:len(wire)-len(fr.SendEnd)], fr)
			n := r.Uint("n", 64)
			r.Break()
			require.True(t, bytes.Equal(b, r.Bytes("x", n)))
			r.Break()
			require.True(t, bytes.Equal(b, r.HexBytes("x")))
			r.Break()
			require.True(t, bytes.Equal(b, r.Base64("x")))
			require.NoError(t, r.Done())
		}
		r := NewReader(b, fr)
		if v := r.HexBytes("x"); r.Err() == nil {
			require.Equal(t, strings.ToUpper(string(b[:r.Offset()])), string(mustWrite(t, func(w *Writer) { w.HexBytes("x", v) })))
		}
		r = NewReader(b, fr)
		if v := r.Base64("x"); r.Err() == nil {
			require.Equal(t, string(b[:r.Offset()]), string(mustWrite(t, func(w *Writer) { w.Base64("x", v) })))
		}
	})
}

func mustWrite(t *testing.T, write func(w *Writer)) []byte {
	t.Helper()
	w := NewWriter(nil, &Framing{Max: math.MaxInt})
	write(&w)
	b, err := w.Done()
	require.NoError(t, err)
	return b
}

// Any calls in any order on any bytes: no panic, no place beyond the frame, and
// after an error nothing but zero values.
func FuzzReader(f *testing.F) {
	f.Add([]byte("READING 3 21.50 C\nx"), []byte("0123456789abcdefghij"), uint8(0))
	f.Add([]byte("  12 {\"a\":1}  \r\n\"x\" on"), []byte("kakbjfihg"), uint8(1))
	f.Fuzz(func(t *testing.T, frame, calls []byte, framing uint8) {
		r := NewReader(frame, pick(framing))
		var padding []Padding
		for i, call := range calls {
			n := i % 7
			before := r.Offset()
			switch call % 24 {
			case 0:
				r.Lit("a"[:n%2])
			case 1:
				r.Break()
			case 2:
				r.Uint("x", 1+n)
			case 3:
				r.Int("x", 1+n)
			case 4:
				r.Text("x", " ", "ab"[:n%3])
			case 5:
				r.Word("x", " ")
			case 6:
				r.FixedText("x", n)
			case 7:
				r.FixedBytes("x", n)
			case 8:
				r.Bytes("x", uint64(n))
			case 9:
				r.JSON("x")
			case 10:
				r.Quoted("x", Quote(n%3))
			case 11:
				r.HexBytes("x", " ")
			case 12:
				r.Base64("x", " ")
			case 13:
				r.Digits("x", n)
			case 14:
				r.Hex("x", n)
			case 15:
				r.Decimal("x")
			case 16:
				r.Float("x")
			case 17:
				r.Bool("x", "on", "o")
			case 18:
				padding = append(padding, r.Pad("x", n, n%2 == 0, " \x00"[n/2%2]))
			case 19:
				if len(padding) > 0 {
					r.Unpad("x", padding[len(padding)-1])
					padding = padding[:len(padding)-1]
				}
			case 20:
				r.Same("x", r.Since(0))
			case 21:
				r.Separators(" ")
			case 22:
				r.Count("x")
			case 23:
				_ = r.AtBreak() && r.Has("x")
			}
			if r.Err() != nil {
				requireStuck(t, &r)
				return
			}
			require.LessOrEqual(t, before, r.Offset())
			require.LessOrEqual(t, r.Offset(), len(frame))
		}
	})
}

// Keys in a row are equal only where the values are.
func FuzzKeys(f *testing.F) {
	f.Add("a", "", uint64(1), uint64(2), uint8(0), uint8(1))
	f.Add("t\x01a", "t", uint64(math.MaxUint64), uint64(1<<63), uint8(1), uint8(0))
	f.Fuzz(func(t *testing.T, s1, s2 string, v1, v2 uint64, d1, d2 uint8) {
		key := func(s string, v uint64, d uint8) []byte {
			dec := Decimal{int64(v), d}
			return KeyInt(KeyDecimal(KeyText(KeyUint(nil, v), s), dec), int64(v))
		}
		a, b := Decimal{int64(v1), d1}, Decimal{int64(v2), d2}
		same := s1 == s2 && v1 == v2 && a.Cmp(b) == 0
		require.Equal(t, same, bytes.Equal(key(s1, v1, d1), key(s2, v2, d2)))
		require.Equal(t, s1 == s2, bytes.Equal(KeyText(KeyText(nil, s1), s2), KeyText(KeyText(nil, s2), s1)))
		require.Equal(t, v1 == v2, bytes.Equal(KeyFloat(nil, float64(v1>>11)), KeyFloat(nil, float64(v2>>11))) && v1&2047 == v2&2047)
	})
}

// Digits grouped in eights are what the charset checks look at.
func FuzzCharset(f *testing.F) {
	f.Add([]byte("0123456\x00"))
	f.Add([]byte("\x7f\x80\x1f\x20"))
	f.Add(binary.BigEndian.AppendUint64(nil, 0x0100_8001_7fff_1f20))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := string(b)
		nul, high, plain := false, false, true
		for _, c := range b {
			nul = nul || c == 0
			high = high || c > 0x7f
			plain = plain && c >= 0x20 && c < 0x80
		}
		gotNUL, gotHigh := scanText(s)
		require.Equal(t, []bool{nul, high, plain}, []bool{gotNUL, gotHigh, printable(s)})
	})
}

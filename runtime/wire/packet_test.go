package wire

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// packetFramings are small, and one of each kind.
var packetFramings = map[string]*Framing{
	"u16":      {Max: 40, Packet: &Packet{Extent: ExtentCount, Size: Size{At: 1, Width: 2}, Head: 4}},
	"total":    {Max: 40, Packet: &Packet{Extent: ExtentCount, Size: Size{Form: NumberLittle, Width: 1, Add: 1}, Head: 1}},
	"varint":   {Max: 200, Packet: &Packet{Extent: ExtentCount, Size: Size{At: 1, Form: NumberVarint}, Head: 1}},
	"decimal":  {Max: 40, Packet: &Packet{Extent: ExtentCount, Size: Size{Form: NumberDecimal, Add: -2}, Head: 1, Tail: 1}},
	"hex":      {Max: 40, Packet: &Packet{Extent: ExtentCount, Size: Size{Form: NumberHex, Width: 4}, Head: 4}},
	"crc":      {Max: 40, Packet: &Packet{Extent: ExtentCount, Size: Size{Width: 1, Add: -2}, Head: 1, Tail: 2, Sum: &Sum{Algorithm: CRC16MODBUS, At: -2, To: -2, Form: NumberLittle, Width: 2}}},
	"started":  {Max: 40, Packet: &Packet{Extent: ExtentCount, Starts: "\xaa\x55", Size: Size{Width: 1, Add: -1}, Head: 1, Tail: 1, Sum: &Sum{Algorithm: Xor8, At: -1, From: 1, To: -1, Width: 1}}},
	"fixed":    {Max: 40, Packet: &Packet{Extent: ExtentFixed, Fixed: 6}},
	"markers":  {Max: 40, Packet: &Packet{Extent: ExtentEnds, Starts: "\x02", Ends: []string{"\x03"}, Sends: "\x03", Escape: &Escape{Byte: 0x10, Escaped: "\x02\x03\x10", Codes: "BCP"}}},
	"shared":   {Max: 40, Packet: &Packet{Extent: ExtentEnds, Starts: "\xc0", Ends: []string{"\xc0"}, Sends: "\xc0", Escape: &Escape{Byte: 0xdb, Escaped: "\xc0\xdb", Codes: "\xdc\xdd"}}},
	"doubled":  {Max: 40, Packet: &Packet{Extent: ExtentEnds, Starts: "\x10\x02", Ends: []string{"\x10\x03"}, Sends: "\x10\x03", Escape: &Escape{Byte: 0x10, Double: true}}},
	"sentence": {Ends: []string{"\r\n"}, Max: 40, Packet: &Packet{Extent: ExtentEnds, Ends: []string{"\r\n", "\n"}, Sends: "\r\n", Head: 1, Tail: 3, Sum: &Sum{Algorithm: Xor8, At: -2, From: 1, To: -3, Form: NumberHex, Width: 2}}},
}

var packetShapes = []Shape{
	{Prefix: "A"},
	{Prefix: "AB", Check: func(b []byte) error {
		if len(b)%2 == 0 {
			return errCount
		}
		return nil
	}},
	{Head: "\x40", Mask: "\xf0", Prefix: "A"},
	{Head: "\x41", Mask: "\xff"},
}

// layoutOf writes what is around a payload, and the payload.
func layoutOf(w *Writer, p *Packet, payload []byte) {
	head := p.Head
	if p.Extent == ExtentCount {
		for range p.Size.At {
			w.Big("head", 0x41, 1)
		}
		w.Size()
		head -= p.Size.At + p.Size.Width
	}
	for range head {
		w.Lit(":")
	}
	w.Bytes("payload", payload)
	tail := p.Tail
	if p.Sum != nil {
		tail -= p.Sum.Width
	}
	for range tail {
		w.Lit(",")
	}
	if p.Sum != nil {
		w.Sum()
	}
}

// What is written is one frame of the same content, however it is split, with
// anything before it that is dropped.
func TestPacketsAreReadAsTheyWereWritten(t *testing.T) {
	for name, f := range packetFramings {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			written := 0
			for range 500 {
				payload := make([]byte, r.IntN(20))
				for i := range payload {
					payload[i] = "\x02\x03\x10\xc0\xdb\x00\xffAB:,\r\n\xaa\x55"[r.IntN(15)]
				}
				w := NewWriter([]byte("before"), f)
				layoutOf(&w, f.Packet, payload)
				out, err := w.End()
				if err != nil {
					require.Equal(t, "before", string(out))
					continue
				}
				written++
				frame := out[len("before"):]
				content := bytes.Clone(f.Content(frame))
				require.NoError(t, f.Valid(content))
				require.Equal(t, frame, f.Wrap(nil, content))
				want := string(content)
				for _, cuts := range []func(int) int{whole, bytewise} {
					got := decodeAll(t, f, packetShapes, nil, frame, cuts, false)
					require.Len(t, got, 1)
					_, rest, _ := strings.Cut(got[0], " ")
					require.Equal(t, want, rest)
				}
			}
			require.Greater(t, written, 20)
		})
	}
}

func TestPackets(t *testing.T) {
	for _, test := range []struct {
		framing, in string
		want        []string
	}{
		{"u16", "A\x00\x02:x", []string{"3 A\x00\x02:x"}},
		{"u16", "B\x00\x02:Ax", []string{"2 B\x00\x02:A", "pending"}},
		{"u16", "Q\x00\x02:A", []string{"0 Q\x00\x02:A"}},
		{"u16", "Q\x00\x03:AB", []string{"0 Q\x00\x03:AB"}}, // of an even length
		{"u16", "Q\x00\x04:ABC", []string{"1 Q\x00\x04:ABC"}},
		{"u16", "Q\x00\x02:x", []string{"-1 Q\x00\x02:x"}},
		{"u16", "Q\x00\x00", []string{"error: a frame is shorter than its layout"}},
		{"u16", "Q\x01\x00", []string{"error: a frame is larger than 40 bytes"}},
		{"total", "\x00", []string{"error: a count is less than the parts that it counts"}},
		{"varint", "Q\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", []string{"error: a count is not a number"}},
		{"decimal", "x:", []string{"error: a count is not a number"}},
		{"decimal", "2:A:,", []string{"0 2:A:,"}},
		{"decimal", "1:x,", []string{"-1 1:x,"}},
		{"decimal", "99999999999999999999999:", []string{"error: a frame is larger than 40 bytes"}},
		{"hex", "00g0", []string{"error: a count is not a number"}},
		{"crc", "\x01A\x00\x00", []string{"error: a checksum is wrong"}},
		{"started", "\xaa\xaa", []string{"error: a frame does not begin with its start marker"}},
		{"markers", "\x02\x10x\x03", []string{"error: an escape stands for nothing"}},
		{"markers", "\x02a\x10B\x03", []string{"-1 a\x02"}},
		{"shared", "\xc0\xc0\xc0a\xc0\xc0b\xc0c\xc0", []string{"-1 a", "-1 b", "-1 c"}},
		{"doubled", "\x10\x02a\x10\x10\x03\x10\x03", []string{"-1 a\x10\x03"}},
		{"doubled", "\x10\x02a\x10x", []string{"error: an escape stands for nothing"}},
		{"sentence", "$A*41\r\n$A*40\r\n", []string{"0 $A*41", "error: a checksum is wrong"}},
		{"sentence", "$a*6\n", []string{"error: a checksum is wrong"}},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			got := decodeAll(t, packetFramings[test.framing], packetShapes, nil, []byte(test.in), cuts, false)
			require.Equalf(t, test.want, got, "%s %q", test.framing, test.in)
		}
	}
}

// After an error, Resync goes on at the next marker, Drop behind the frame.
func TestPacketResync(t *testing.T) {
	for _, test := range []struct {
		framing, in string
		drop        bool
		want        []string
	}{
		{"started", "junk\xaa\x55\x01A\x41\xaa\x55\x01B\x42", false, []string{"error", "\x01A\x41", "\x01B\x42"}},
		{"started", "\xaa\x55\x01A\x42\xaa\x55\x01B\x42", false, []string{"error", "\x01B\x42"}},
		{"started", "\xaa\x55\x04\xaa\x55\x01A\x41", false, []string{"error", "\x01A\x41"}},
		{"crc", "\x01A\x00\x00\x00\x00\x00", true, []string{"error", "error"}},
		{"crc", "\x01A\x00\x00\x01A\x71\x90", true, []string{"error"}},
		{"u16", "Q\x01\x00\x00" + strings.Repeat("x", 255) + "Q\x00\x02:x", true, []string{"error", "Q\x00\x02:x"}},
		{"markers", "\x02\x10x\x03\x02a\x03", false, []string{"error", "a"}},
		{"shared", "\xc0\xdbx\xc0\xc0a\xc0", true, []string{"error", "a"}},
		{"sentence", "$A*40\r\n$A*41\r\n", true, []string{"error", "$A*41"}},
	} {
		for size := 1; size <= len(test.in); size++ {
			d := NewDecoder(packetFramings[test.framing], NewDispatch(packetShapes))
			var buf []byte
			var got []string
			for at := 0; at < len(test.in); {
				next := min(len(test.in), at+size)
				buf, at = append(bytes.Clone(buf), test.in[at:next]...), next
				for {
					f, n, need, err := d.Next(buf, nil)
					buf = buf[n:]
					switch {
					case err != nil && test.drop:
						d.Drop()
					case err != nil:
						d.Resync()
					case need == 0:
						got = append(got, string(f.Bytes))
					}
					if err != nil {
						got = append(got, "error")
					}
					if need > 0 {
						break
					}
				}
			}
			if len(got) > len(test.want) {
				got = got[:len(test.want)]
			}
			require.Equalf(t, test.want, got, "%s %q in pieces of %d", test.framing, test.in, size)
		}
	}
}

// Messages that delimit themselves: their steps go through all of them.
func TestPacketsThatDelimitThemselves(t *testing.T) {
	f := &Framing{Max: 20, Packet: &Packet{Extent: ExtentSelf}}
	shapes := []Shape{
		{Prefix: "\x06", Steps: []Step{{Kind: StepBytes, Lead: 1}}},
		{Prefix: "\x01\x02", Steps: []Step{{Kind: StepBytes, Lead: 3, Count: func(b []byte) (int, error) { return int(b[2]), nil }}, {Kind: StepVarint}, {Kind: StepBytes, Lead: 1}}},
	}
	for in, want := range map[string][]string{
		"\x06\x06":                    {"0 \x06", "0 \x06"},
		"\x01\x02\x02ab\x80\x01z\x06": {"1 \x01\x02\x02ab\x80\x01z", "0 \x06"},
		"\x01\x02\x00\x00z":           {"1 \x01\x02\x00\x00z"},
		"\x01":                        {"pending"},
		"\x01\x03":                    {"error: bytes that begin no message"},
		"\x01\x02\x40":                {"error: a frame is larger than 20 bytes"},
		"\x07":                        {"error: bytes that begin no message"},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equalf(t, want, decodeAll(t, f, shapes, nil, []byte(in), cuts, false), "%q", in)
		}
	}
}

// Streams of what markers, counts and checksums are made of, split at every byte.
func TestPacketsSplitAtEveryByte(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, f := range packetFramings {
		for range 10 {
			stream := make([]byte, r.IntN(300))
			for i := range stream {
				stream[i] = "\x02\x03\x10\xc0\xdb\x00\xffAB:,\r\n\xaa\x55$*0123"[r.IntN(21)]
			}
			for _, resync := range []bool{true, false} {
				want := decodeAll(t, f, packetShapes, nil, stream, whole, resync)
				require.Equalf(t, want, decodeAll(t, f, packetShapes, nil, stream, bytewise, resync), "%s %q", name, stream)
			}
		}
	}
}

// However a stream is split, the frames and errors are the same.
func FuzzPackets(f *testing.F) {
	var names []string
	for name := range packetFramings {
		names = append(names, name)
	}
	slices.Sort(names)
	for i := range names {
		for _, seed := range []string{"A\x00\x02:x", "\x10\x02a\x10\x10\x10\x03", "\xc0a\xdb\xdc\xc0\xc0", "$A*41\r\n$A*4\n", "\x02a\x10B\x03\x03", "\xaa\x55\x01A\x41junk\xaa\x55", "5:hello,", "\x01A\x71\x90\xff\xff\xff"} {
			f.Add([]byte(seed), uint8(i), uint64(i))
		}
	}
	f.Fuzz(func(t *testing.T, stream []byte, framing uint8, seed uint64) {
		if len(stream) > 1<<11 {
			return
		}
		alike := func(fr *Framing, shapes []Shape, resync bool) {
			want := decodeAll(t, fr, shapes, nil, stream, whole, resync)
			require.Equal(t, want, decodeAll(t, fr, shapes, nil, stream, bytewise, resync), "byte by byte")
			r := rand.New(rand.NewPCG(seed, 0))
			pieces := func(at int) int { return at + 1 + r.IntN(12) }
			require.Equal(t, want, decodeAll(t, fr, shapes, nil, stream, pieces, resync), "in pieces")
		}
		for _, resync := range []bool{true, false} {
			alike(packetFramings[names[int(framing)%len(names)]], packetShapes, resync)
			alike(kindsFraming, kindsShapes, resync)
			alike(strangeFraming, kindsShapes, resync)
		}
	})
}

// kindsFraming are counted packets, packets between markers, and lines;
// strangeFraming knows no lines.
var (
	strangeFraming = &Framing{
		Max: 40, Prefix: "$", Packet: &Packet{Extent: ExtentCount, Size: Size{At: 1, Width: 1}, Head: 2},
		Others: []Framing{{Max: 40, Prefix: "\x02", Packet: packetFramings["markers"].Packet}},
	}
	kindsFraming = &Framing{
		Max: 40, Prefix: "$", Packet: strangeFraming.Packet,
		Others: append(strangeFraming.Others[:1:1], Framing{Ends: []string{"\n"}, Max: 20}),
	}
	kindsShapes = []Shape{{Prefix: "A"}, {Prefix: "A", Frame: 1}, {Prefix: "A", Frame: 2}}
)

// After an error, any kind of frame may come next.
func TestKindsResync(t *testing.T) {
	for _, test := range []struct {
		f    *Framing
		in   string
		want []string
	}{
		{kindsFraming, "$\x01AA1\n\x02A\x03", []string{"0 $\x01A", "2 A1", "1 A"}},
		{kindsFraming, "$\x30A1\nA2\n", []string{"error: a frame is larger than 40 bytes", "2 A2"}},
		{kindsFraming, "\x02\x10x\x03A1\n", []string{"error: an escape stands for nothing", "2 A1"}},
		{kindsFraming, "A" + strings.Repeat("x", 30) + "\n$\x01A", []string{"error: a line is longer than 20 bytes", "0 $\x01A"}},
		{strangeFraming, "junk$\x01Ajunk", []string{"error: bytes that begin no frame", "0 $\x01A", "error: bytes that begin no frame"}},
		{strangeFraming, "$\x30\x02A\x03", []string{"error: a frame is larger than 40 bytes", "1 A"}},
		{strangeFraming, "\x02\x10x\x03$\x01A", []string{"error: an escape stands for nothing", "0 $\x01A"}},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equalf(t, test.want, decodeAll(t, test.f, kindsShapes, nil, []byte(test.in), cuts, true), "%q", test.in)
		}
	}
}

func TestPacketsDoNotAllocate(t *testing.T) {
	for _, name := range []string{"crc", "varint", "markers", "doubled", "sentence"} {
		f := packetFramings[name]
		d := NewDecoder(f, NewDispatch(packetShapes))
		frame := make([]byte, 0, 100)
		payload := []byte("A\x10\x02")
		if name == "sentence" {
			payload = []byte("AB,")
		}
		for range 3 { // the buffer for what is not escaped grows once
			requireNoAllocs(t, func() {
				w := NewWriter(frame[:0], f)
				layoutOf(&w, f.Packet, payload)
				out, err := w.End()
				if err != nil {
					panic(err)
				}
				if _, _, need, err := d.Next(out, nil); need > 0 || err != nil {
					panic(name)
				}
			})
		}
	}
}

func BenchmarkPackets(b *testing.B) {
	for _, name := range []string{"u16", "varint", "crc", "markers"} {
		f := packetFramings[name]
		w := NewWriter(nil, f)
		layoutOf(&w, f.Packet, []byte("ABCDEFGHIJKLMNOP"))
		frame, err := w.End()
		if err != nil {
			b.Fatal(err)
		}
		d := NewDecoder(f, NewDispatch(packetShapes))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(frame)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, need, err := d.Next(frame, nil); need > 0 || err != nil {
					b.Fatal(need, err)
				}
			}
		})
	}
}

package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
)

// line40 is a line of 40 bytes with three fields, its end included.
var line40 = []byte("READING 117 -1234567.250 degrees celsius\n")[:40:40]

// lines40 are such lines with numbers of varying length, as devices send them: a
// processor learns the lengths of one line by heart.
var lines40 = func() (lines [8192][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range lines {
		value := Decimal{Coef: int64(r.Uint64()) >> (30 + r.IntN(30)), Scale: uint8(r.IntN(4))}
		line := fmt.Appendf(nil, "READING %d %s ", r.IntN(256), value)
		lines[i] = append(line, "degrees celsius and more of it"[:40-len(line)]...)
	}
	return lines
}()

// parseByHand is what one would write for just this line: the limit.
func parseByHand(line []byte, m *reading) bool {
	const prefix = "READING "
	if len(line) < len(prefix) || string(line[:len(prefix)]) != prefix {
		return false
	}
	i := len(prefix)
	channel, start := uint(0), i
	for ; i < len(line) && line[i]-'0' <= 9; i++ {
		channel = channel*10 + uint(line[i]-'0')
		if channel > 255 {
			return false
		}
	}
	if i == start || i == len(line) || line[i] != ' ' {
		return false
	}
	i++
	minus := i < len(line) && line[i] == '-'
	if minus {
		i++
	}
	start = i
	coef, point := int64(0), -1
	for ; i < len(line); i++ {
		c := line[i] - '0'
		if c <= 9 {
			if coef > (1<<63-1-9)/10 {
				return false
			}
			coef = coef*10 + int64(c)
		} else if line[i] == '.' && point < 0 {
			point = i
		} else {
			break
		}
	}
	if i == start || i == len(line) || line[i] != ' ' {
		return false
	}
	m.value = Decimal{Coef: coef}
	if point >= 0 {
		m.value.Scale = uint8(i - point - 1)
	}
	if minus {
		m.value.Coef = -m.value.Coef
	}
	unit := line[i+1:]
	for _, c := range unit {
		if c == 0 || c >= 0x80 {
			return false
		}
	}
	m.channel, m.unit = uint8(channel), alias(unit)
	return true
}

// Target: at most 1.15 times the parse by hand.
func BenchmarkParseLine(b *testing.B) {
	var m reading
	i := 0
	b.Run("byhand", func(b *testing.B) {
		for b.Loop() {
			i++
			if !parseByHand(lines40[i%8192], &m) {
				b.Fatal(m)
			}
		}
	})
	b.Run("reader", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i++
			if err := parseReading(lines40[i%8192], &m); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAppendLine(b *testing.B) {
	var m reading
	if err := parseReading(line40, &m); err != nil {
		b.Fatal(err)
	}
	buf := make([]byte, 0, 64)
	b.Run("byhand", func(b *testing.B) {
		for b.Loop() {
			buf = append(buf[:0], "READING "...)
			buf = fmtUint(buf, uint64(m.channel))
			buf = append(buf, ' ')
			buf = m.value.append(buf)
			buf = append(buf, ' ')
			if bytes.IndexByte([]byte(m.unit), '\n') >= 0 {
				b.Fatal(m)
			}
			buf = append(buf, m.unit...)
			buf = append(buf, '\n')
		}
	})
	b.Run("writer", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			buf, _ = appendReading(buf[:0], &m)
		}
	})
}

func fmtUint(b []byte, v uint64) []byte { return Decimal{Coef: int64(v)}.append(b) }

// Lines of 40 bytes out of a buffer of 64 KiB, a line.
func BenchmarkDecodeLines(b *testing.B) {
	stream := bytes.Repeat(append(bytes.Clone(line40[:39]), '\n'), 1600)
	perLine := func(b *testing.B) { b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1600, "ns/line") }
	b.Run("indexbyte", func(b *testing.B) {
		for b.Loop() {
			for buf := stream; len(buf) > 0; {
				buf = buf[bytes.IndexByte(buf, '\n')+1:]
			}
		}
		perLine(b)
	})
	for _, n := range []int{1, 10_000} {
		shapes := append(manyShapes(n), Shape{Prefix: "READING "})
		d := NewDecoder(anyNewline, NewDispatch(shapes))
		b.Run(fmt.Sprintf("decoder/messages=%d", n+1), func(b *testing.B) {
			b.ReportAllocs()
			var expects Expecter = expectSet{n}
			for b.Loop() {
				for buf := stream; len(buf) > 0; {
					_, n, _, err := d.Next(buf, expects)
					if err != nil {
						b.Fatal(err)
					}
					buf = buf[n:]
				}
			}
			perLine(b)
		})
	}
}

// A body of 64 MiB that comes in pieces of 64 KiB.
func BenchmarkDecodeLargeBody(b *testing.B) {
	const size = 64 << 20
	stream := append(fmt.Appendf(nil, "MSG %d\n", size), make([]byte, size+1)...)
	stream[len(stream)-1] = '\n'
	d := NewDecoder(&Framing{Ends: []string{"\n"}, Max: size + 100, MaxLine: 100}, NewDispatch(testShapes))
	b.SetBytes(size)
	for b.Loop() {
		for at := 0; ; {
			at = min(len(stream), at+64<<10)
			f, _, need, err := d.Next(stream[:at], nil)
			if err != nil {
				b.Fatal(err)
			}
			if need == 0 && f.Message == mMsg {
				break
			}
		}
	}
}

// A position of gpsd: which message it is, and eight of its members.
func BenchmarkJSONFrame(b *testing.B) {
	frame := []byte(`{"class":"TPV","device":"/dev/pts/1","mode":3,"time":"2013-11-06T12:00:16.000Z","ept":0.005,"lat":48.117300000,` +
		`"lon":11.516666667,"altHAE":592.3000,"altMSL":545.4000,"alt":545.4000,"track":84.4000,"magtrack":81.3000,"magvar":-3.1,` +
		`"speed":11.524,"climb":0.000,"geoidSep":46.900,"eph":17.100}` + "\n")
	shapes := []Shape{}
	for _, class := range []string{"VERSION", "DEVICES", "DEVICE", "WATCH", "SKY", "POLL", "ERROR", "TPV"} {
		shapes = append(shapes, Shape{Object: true, Marks: []Mark{{[]string{"class"}, MarkConst, `"` + class + `"`}}})
	}
	b.Run("tell", func(b *testing.B) {
		b.SetBytes(int64(len(frame)))
		b.ReportAllocs()
		d := NewDecoder(anyNewline, NewDispatch(shapes))
		for b.Loop() {
			if f, _, _, err := d.Next(frame, nil); err != nil || f.Message != len(shapes)-1 {
				b.Fatal(f, err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(frame)))
		b.ReportAllocs()
		for b.Loop() {
			o, err := ParseObject(frame)
			if err != nil {
				b.Fatal(err)
			}
			o.Const("class", "TPV")
			_, _, _ = o.Uint("mode", 8), o.Text("time"), o.Text("device")
			_, _, _, _ = o.Decimal("lat"), o.Decimal("lon"), o.Decimal("altMSL"), o.Float("speed")
			if o.Has("error") || o.Err() != nil {
				b.Fatal(o.Err())
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		b.SetBytes(int64(len(frame)))
		b.ReportAllocs()
		var v struct {
			Class, Time, Device     string
			Mode                    uint8
			Lat, Lon, AltMSL, Speed float64
			Error                   *string
		}
		for b.Loop() {
			if err := json.Unmarshal(frame, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

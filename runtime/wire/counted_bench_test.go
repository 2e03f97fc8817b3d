package wire

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// post is a message whose payload is counted, as nats has them, with a parser as
// the generator writes it, and no check.
type post struct {
	subject, sid, reply string
	hasReply            bool
	payload             []byte
}

func parsePost(frame []byte, m *post) error {
	var r Reader
	r.Reset(frame, crlf)
	m.reply, m.hasReply = "", false
	n := m.head(&r)
	m.payload = r.Bytes("payload", n)
	return r.Done()
}

func (m *post) head(r *Reader) uint64 {
	r.Lit("MSG ")
	m.subject = r.Word("subject", " ")
	r.Lit(" ")
	m.sid = r.Word("sid", " ")
	if r.Separators(" ") > 1 {
		r.Lit(" ")
		m.reply, m.hasReply = r.Word("reply", " "), true
	}
	r.Lit(" ")
	n := r.Uint("payload", 64)
	r.Break()
	return n
}

func countPost(frame []byte) (int, error) {
	var r Reader
	r.Reset(frame, crlf)
	var m post
	return r.Counted(m.head(&r))
}

var (
	crlf      = &Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", MaxLine: 64 << 10, Max: 8 << 20}
	postShape = Shape{
		Prefix: "MSG ",
		Steps:  []Step{{Kind: StepBytes, Count: countPost}, {Whole: true}},
	}
	postShapes = []Shape{{Prefix: "INFO "}, {Prefix: "PING", Whole: true}, {Prefix: "PONG", Whole: true}, postShape, {Prefix: "-ERR '"}}
)

// posts are frames with subjects and payloads of varying length.
func posts() (stream []byte, frames [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1024 {
		subject, payload := "bench.of.some.things"[:1+r.IntN(20)], bytes.Repeat([]byte{'\n'}, r.IntN(64))
		frame := fmt.Appendf(nil, "MSG %s %d %d\r\n%s", subject, r.IntN(100), len(payload), payload)
		frames = append(frames, frame)
		stream = append(append(stream, frame...), "\r\n"...)
	}
	return stream, frames
}

// Frames with a counted payload, a frame.
func BenchmarkDecodeCounted(b *testing.B) {
	stream, frames := posts()
	perFrame := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(frames)), "ns/frame")
	}
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		var m post
		for b.Loop() {
			for _, frame := range frames {
				if err := parsePost(frame, &m); err != nil {
					b.Fatal(err)
				}
			}
		}
		perFrame(b)
	})
	b.Run("decoder", func(b *testing.B) {
		b.ReportAllocs()
		d := NewDecoder(crlf, NewDispatch(postShapes))
		var expects Expecter = expectSet{3}
		for b.Loop() {
			for buf := stream; len(buf) > 0; {
				_, n, _, err := d.Next(buf, expects)
				if err != nil {
					b.Fatal(err)
				}
				buf = buf[n:]
			}
		}
		perFrame(b)
	})
}

package spec_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// forms are what random templates are made of; N becomes a field's name.
var forms = []string{
	"{N:uint8}", "{N:int16}", "{N:decimal}", "{N:word}", "{N:text}", "{N:quoted}", "{N:bool('ON','OFF')}",
	"{N:digits(2)}", "{N:hex(2)}", "{N:Unit}", "{N:Open}", "{N:list(uint8,',')}", "{N:Small}", "{N:padded(uint8,3)}", "{N:padded(word,3,'-')}", "{N:padded(uint8,3,'*')}",
	"{N:text(2)}", "{N:float}", "ON", "1",
}

// randomTemplate begins like all others.
func randomTemplate(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("M")
	for i := range 1 + r.IntN(3) {
		part := []string{" ", ";", " x"}[r.IntN(3)] + strings.ReplaceAll(forms[r.IntN(len(forms))], "N", fmt.Sprintf("f%d", i))
		if r.IntN(5) == 0 {
			part = "{?" + part + "}"
		}
		b.WriteString(part)
	}
	return b.String()
}

// TestOverlapIsComplete: where no overlap is reported between messages that
// begin alike, no frame of one is ever taken for another.
func TestOverlapIsComplete(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	clean, overlaps, frames := 0, 0, 0
	for range 3000 {
		p, findings := twoMessages(randomTemplate(r), randomTemplate(r))
		if slices.ContainsFunc(findings, func(f spec.Finding) bool { return f.Rule == "overlap" }) {
			overlaps++
		}
		if len(findings) > 0 {
			continue
		}
		clean++
		framing := framingOf(p)
		for range 50 {
			a, other := p.Messages[0], p.Messages[1]
			if r.IntN(2) == 0 {
				a, other = other, a
			}
			frame, err := codec.Append(nil, framing, &a.Template, codectest.Values(r, a.Template.Fields))
			if err != nil {
				continue
			}
			frame = frame[:len(frame)-len(framing.SendEnd)]
			if lead(a.Template.Source) != lead(other.Template.Source) {
				continue // the longer one wins
			}
			frames++
			require.Error(t, codec.Check(framing, &other.Template, frame), "%q is both %q and %q", frame, a.Template.Source, other.Template.Source)
		}
	}
	t.Logf("%d pairs overlap, %d do not, %d frames tried", overlaps, clean, frames)
	require.Greater(t, overlaps, 100)
	require.Greater(t, frames, 5000)
}

// twoMessages loads a document with two events.
func twoMessages(a, b string) (*model.Protocol, []spec.Finding) {
	const types = "types:\n  Unit: {enum: {a: A, on: ON, one: 1}}\n  Open: {enum: {a: A}, open: true}\n  Small: {is: uint8, range: 7..9}\n"
	doc, _ := document(fmt.Sprintf("%smessages:\n  m0: {receive: %q, event: true}\n  m1: {receive: %q, event: true}\n", types, a, b))
	p, findings := spec.LoadAnyway("random.yaml", []byte(doc))
	return p, slices.DeleteFunc(findings, func(f spec.Finding) bool { return f.Rule == "vector-missing" })
}

func framingOf(p *model.Protocol) *wire.Framing {
	return &wire.Framing{Ends: p.Frame.Ends, SendEnd: p.Frame.SendEnd, Max: p.Frame.Max, MaxLine: p.Frame.MaxLine}
}

// FuzzOverlap: where two messages begin alike and no overlap is reported, no
// bytes are both.
func FuzzOverlap(f *testing.F) {
	f.Add("M {a:uint8}", "M {a:word}", []byte("M 3"))
	f.Add("M {a:digits(2)} x", "M {a:Unit} {b:word}", []byte("M ON x"))
	f.Add("OK", "OK{a:text}", []byte("OK"))
	f.Add("M {a:Small}{? {b:text}}", "M {a:hex(2)};{b:decimal}", []byte("M 07;1.5"))
	f.Add("M {a:padded(uint8,3)}", "M {a:quoted}\n{b:text(2)}", []byte("M   7"))
	f.Fuzz(func(t *testing.T, a, b string, frame []byte) {
		p, findings := twoMessages(a, b)
		if len(findings) > 0 {
			return
		}
		shapes, _, err := plan.Of(p)
		if err != nil || shapes.Messages[0].Shape.Prefix != shapes.Messages[1].Shape.Prefix || strings.Contains(a+b, "\n") {
			return // the one with the longer beginning wins
		}
		framing := framingOf(p)
		m0, m1 := &p.Messages[0].Template, &p.Messages[1].Template
		require.False(t, codec.Check(framing, m0, frame) == nil && codec.Check(framing, m1, frame) == nil, "%q is both %q and %q", frame, a, b)
	})
}

// lead is the text before the first brace.
func lead(template string) string {
	before, _, _ := strings.Cut(template, "{")
	return before
}

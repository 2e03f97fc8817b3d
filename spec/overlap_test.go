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
)

// forms are what random templates are made of; N becomes a field's name.
var forms = []string{
	"{N:uint8}", "{N:int16}", "{N:decimal}", "{N:word}", "{N:text}", "{N:quoted}", "{N:bool('ON','OFF')}",
	"{N:digits(2)}", "{N:hex(2)}", "{N:Unit}", "{N:Open}", "{N:list(uint8,',')}", "{N:Small}", "{N:padded(uint8,3)}",
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
	const types = "types:\n  Unit: {enum: {a: A, on: ON, one: 1}}\n  Open: {enum: {a: A}, open: true}\n  Small: {is: uint8, range: 7..9}\n"
	r := rand.New(rand.NewPCG(1, 2))
	clean, overlaps, frames := 0, 0, 0
	for range 3000 {
		var b strings.Builder
		b.WriteString(types + "messages:\n")
		for i := range 2 {
			fmt.Fprintf(&b, "  m%d: {receive: %q, event: true}\n", i, randomTemplate(r))
		}
		doc, _ := document(b.String())
		p, findings := spec.LoadAnyway("random.yaml", []byte(doc))
		findings = slices.DeleteFunc(findings, func(f spec.Finding) bool { return f.Rule == "vector-missing" })
		if slices.ContainsFunc(findings, func(f spec.Finding) bool { return f.Rule == "overlap" }) {
			overlaps++
		}
		if len(findings) > 0 {
			continue
		}
		clean++
		framing := &wire.Framing{Ends: p.Frame.Ends, SendEnd: p.Frame.SendEnd, Max: p.Frame.Max, MaxLine: p.Frame.MaxLine}
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

// lead is the text before the first brace.
func lead(template string) string {
	before, _, _ := strings.Cut(template, "{")
	return before
}

package box

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// twins are package codec and the script, which must say the same.
type twins struct {
	t        *testing.T
	page     *browser.Page
	framings map[string]wire.Framing // by direction
	sides    map[string][]*model.Template
	cases    []frameCase
	seen     map[string]bool
	total    int
	differ   int
}

// frameCase is bytes that are read as a message or command.
type frameCase struct {
	Direction string `json:"d"`
	Index     int    `json:"i"`
	Bytes     string `json:"b"` // in base64
	frame     []byte
}

// harness is what tests ask of the script.
const harness = `
globalThis.box = { plan: null };
const said = (plan, { d, i, b }) => {
  const t = plan.side(d)[i];
  const frame = atob(b);
  const err = refused(plan, d, t, frame);
  if (err) return err.whole ? "! " + err.reason : "! " + [unicode(err.field), err.reason, err.offset, err.due].join("|");
  const { values, spans } = parseFrame(plan, d, t, frame, true);
  return "= " + showValues(values) + spans.map((s) => " " + s.path + "@" + s.from + "-" + s.to + (s.bits ? ":" + s.bits.join("-") : "") + s.kind[0]).join("");
};
box.visible = (c) => quote(encodeRune(c)) === '"' + String.fromCodePoint(c) + '"';
box.open = (data) => { box.plan = new Plan(data); };
box.said = (cases) => cases.map((c) => { try { return said(box.plan, c); } catch (err) { return "thrown: " + err.stack; } });
`

// open shows an empty page.
func open(t testing.TB) *browser.Page {
	t.Helper()
	return browser.Open(t, []byte("<!doctype html><meta charset=utf-8><title>box</title>"), 800, 600)
}

// newTwins gives the script the plan of a document.
func newTwins(t *testing.T, page *browser.Page, p *model.Protocol) *twins {
	t.Helper()
	data, err := Plan(p, nil)
	require.NoError(t, err)
	framing := codec.FramingFor(p.Frames)
	w := &twins{
		t: t, page: page, framings: map[string]wire.Framing{"received": framing, "sent": framing.Reversed()},
		sides: map[string][]*model.Template{}, seen: map[string]bool{},
	}
	for _, m := range p.Messages {
		w.sides["received"] = append(w.sides["received"], &m.Template)
	}
	for _, c := range p.Commands {
		w.sides["sent"] = append(w.sides["sent"], &c.Template)
	}
	// As the page has it: without what this document does not need, and made short.
	code := strings.Replace(reading(p), "return { Plan, fits,", harness+"return { Plan, fits,", 1)
	browser.Eval[any](page, "void "+strings.TrimSuffix(short("(() => {\"use strict\";"+code+"})()"), ";"))
	browser.Eval[any](page, "void box.open("+string(data)+")")
	return w
}

// add is another case.
func (w *twins) add(direction string, index int, frame []byte) {
	c := frameCase{Direction: direction, Index: index, Bytes: base64.StdEncoding.EncodeToString(frame), frame: frame}
	key := fmt.Sprint(direction, index, " ", c.Bytes)
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	if w.cases = append(w.cases, c); len(w.cases) == 2000 {
		w.compare()
	}
}

// compare asks both.
func (w *twins) compare() {
	w.t.Helper()
	if len(w.cases) == 0 {
		return
	}
	data, err := json.Marshal(w.cases)
	require.NoError(w.t, err)
	got := browser.Eval[[]string](w.page, "box.said("+string(data)+")")
	for i, c := range w.cases {
		want := w.said(c)
		if got[i] == want {
			continue
		}
		if w.differ++; w.differ <= 5 {
			assert.Equal(w.t, want, got[i], "%s %s %q", c.Direction, w.sides[c.Direction][c.Index].Source, c.frame)
		}
	}
	w.total += len(w.cases)
	w.cases = w.cases[:0]
}

// said is what package codec says of a case.
func (w *twins) said(c frameCase) string {
	f, t := w.framings[c.Direction], w.sides[c.Direction][c.Index]
	place, err := codec.Refused(&f, t, c.frame)
	if field := (*wire.FieldError)(nil); errors.As(err, &field) {
		return fmt.Sprintf("! %s|%s|%d|%s", field.Field, field.Reason, field.Offset, latin(place.Due))
	} else if err != nil {
		return "! " + err.Error()
	}
	values, spans, err := codec.Spans(&f, t, c.frame)
	require.NoError(w.t, err)
	var out strings.Builder
	out.WriteString("= " + values.String())
	for _, s := range spans {
		fmt.Fprintf(&out, " %s@%d-%d", s.Path, s.From, s.To)
		if s.Bits[1] > 0 {
			fmt.Fprintf(&out, ":%d-%d", s.Bits[0], s.Bits[1])
		}
		out.WriteString(string(s.Kind[0]))
	}
	return out.String()
}

// vendors are the documents that are checked in, by name.
func vendors(t testing.TB) map[string]*model.Protocol {
	t.Helper()
	paths, err := filepath.Glob("../../vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	all := map[string]*model.Protocol{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		p, findings := spec.Load(path, data)
		require.Empty(t, findings)
		all[strings.TrimSuffix(filepath.Base(path), ".yaml")] = p
	}
	return all
}

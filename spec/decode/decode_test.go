package decode_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/decode"
	"github.com/linewright/linewright/spec/dynamic"
)

// load is a document: a vendor's, one of package dynamic's, or text.
func load(t testing.TB, document string) *dynamic.Protocol {
	t.Helper()
	name, data := "document", []byte(document)
	if !strings.Contains(document, "\n") {
		name = filepath.Join("..", "vendors", document+".yaml")
		if strings.Contains(document, "/") {
			name = filepath.Join("..", document+".yaml")
		}
		var err error
		data, err = os.ReadFile(name)
		require.NoError(t, err)
	}
	m, findings := spec.Load(name, data)
	require.Empty(t, findings)
	p, err := dynamic.Open(m)
	require.NoError(t, err)
	return p
}

// rig listens to one connection.
type rig struct {
	t   *testing.T
	d   *decode.Decoder
	out []string
	all []decode.Record
}

func listen(t *testing.T, document string) *rig {
	r := &rig{t: t}
	r.d = decode.New(load(t, document), func(record decode.Record) error {
		r.all = append(r.all, record)
		text := fmt.Sprintf("%v %v", record.From, record.Kind)
		switch record.Kind {
		case decode.Frame:
			text = fmt.Sprintf("%v %s%v", record.From, record.Name, record.Values)
		case decode.Unknown:
			text += fmt.Sprintf(" %q", record.Bytes)
			if record.Hidden {
				text = fmt.Sprintf("%v hidden %d", record.From, record.Size)
			}
		case decode.Cut, decode.Gap:
			text += fmt.Sprint(" ", record.Size)
		}
		r.out = append(r.out, text)
		return nil
	})
	return r
}

func (r *rig) take(e decode.Event) {
	e.Conn = 1
	require.NoError(r.t, r.d.Take(e))
}

func (r *rig) sent(text string) { r.take(decode.Event{From: decode.Sent, Bytes: []byte(text)}) }

func (r *rig) received(text string) { r.take(decode.Event{From: decode.Received, Bytes: []byte(text)}) }

func (r *rig) missing(from decode.Direction, n int64) {
	r.take(decode.Event{Kind: decode.Missing, From: from, Lost: n})
}

func (r *rig) closed() {
	r.take(decode.Event{Kind: decode.Closed, From: decode.Sent})
	r.take(decode.Event{Kind: decode.Closed, From: decode.Received})
}

// expect compares what came since the last time.
func (r *rig) expect(want ...string) {
	r.t.Helper()
	require.Equal(r.t, want, r.out)
	r.out = nil
}

// trouble is the last record's.
func (r *rig) trouble() decode.Trouble {
	r.t.Helper()
	last := r.all[len(r.all)-1].Trouble
	require.NotNil(r.t, last)
	return *last
}

func TestNearest(t *testing.T) {
	r := listen(t, "acme")
	for _, test := range []struct {
		frame           string
		nearest, field  string
		due             string
		offset          int
		reason, command string
	}{
		{frame: "READING 3 warm C", nearest: "reading", field: "value", offset: 10, reason: "no digits"},
		{frame: "READING 300 21 C", nearest: "reading", field: "channel", offset: 8, reason: "does not fit 8 bits"},
		{frame: "READING 3", nearest: "reading", field: "literal", due: " ", offset: 9, reason: "other text than is due"},
		{frame: "READINGS", nearest: "reading", field: "literal", due: "READING ", offset: 7, reason: "other text than is due"},
		{frame: "OK?", nearest: "ok", field: "end", offset: 2, reason: "more bytes than the template has"},
		{frame: "WHAT", reason: "no message begins so"},
	} {
		r.received(test.frame + "\n")
		r.expect(fmt.Sprintf("received unknown %q", test.frame+"\n"))
		got := r.trouble()
		require.Equal(t, []any{test.nearest, test.field, test.due, test.offset, test.reason}, []any{got.Nearest, got.Field, got.Due, got.Offset, got.Reason}, test.frame)
	}
}

// TestNearestOfLines: a message of several lines is read as far as it goes.
func TestNearestOfLines(t *testing.T) {
	r := listen(t, "nut")
	r.received("BEGIN LIST UPS\nUPS dummy \"dummy\nEND LIST UPS\n")
	r.closed()
	r.expect(`received unknown "BEGIN LIST UPS\n"`, `received unknown "UPS dummy \"dummy\n"`, `received unknown "END LIST UPS\n"`)
	require.Equal(t, "ups_list", r.all[0].Trouble.Nearest)
	require.Equal(t, 25, r.all[0].Trouble.Offset)
}

func TestNearestOfObjects(t *testing.T) {
	r := listen(t, "qmp")
	r.received(`{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": ""}, "capabilities": []}}` + "\n")
	r.received(`{"return": {"status": 7, "running": false}, "id": 1, "x": 2}` + "\n")
	r.sent(`{"execute":"nope","id":3}` + "\n")
	last := r.trouble()
	require.Equal(t, "execute", last.Field)
	require.Equal(t, "not the constant that it must be", last.Reason)
	require.NotEmpty(t, last.Nearest)
}

// TestNotFrames: what cannot be cut into frames is one record, and what follows is read.
func TestNotFrames(t *testing.T) {
	r := listen(t, "acme")
	long := strings.Repeat("x", 5000) + "\n"
	r.received(long[:3000])
	r.received(long[3000:] + "OK\n")
	r.expect(fmt.Sprintf("received unknown %q", long), "received ok{}")
	require.Contains(t, r.all[0].Trouble.Reason, "4096")
	require.EqualValues(t, len(long), r.d.Totals().BytesBad)
	require.True(t, func() bool { totals := r.d.Totals(); return totals.Undecodable() }())
}

// TestEndings: what is not complete is not understood where the connection ended, and cut where
// only the capture did.
func TestEndings(t *testing.T) {
	r := listen(t, "acme")
	r.received("OK\nREADING 3 2")
	r.closed()
	r.expect("received ok{}", `received unknown "READING 3 2"`)
	require.Equal(t, "the connection ends within a frame", r.trouble().Reason)
	require.Equal(t, "reading", r.trouble().Nearest)

	r = listen(t, "acme")
	r.received("OK\nREADING 3 2")
	require.NoError(t, r.d.End(0))
	r.expect("received ok{}", "received cut 11")
	totals := r.d.Totals()
	require.False(t, totals.Undecodable())
}

// TestEveryByteAlone: how a stream is split makes no difference.
func TestEveryByteAlone(t *testing.T) {
	stream := "READING 3 21.50 C\nnonsense\n" + strings.Repeat("y", 5000) + "\nERR 7 busy\nREAD"
	whole, split := listen(t, "acme"), listen(t, "acme")
	whole.received(stream)
	whole.closed()
	for i := range stream {
		split.received(stream[i : i+1])
	}
	split.closed()
	require.Equal(t, whole.out, split.out)
	require.Equal(t, whole.d.Totals(), split.d.Totals())
}

// TestEmitRefuses: what emit refuses ends it, and is returned.
func TestEmitRefuses(t *testing.T) {
	refused := fmt.Errorf("refused")
	n := 0
	d := decode.New(load(t, "acme"), func(decode.Record) error { n++; return refused })
	require.ErrorIs(t, d.Take(decode.Event{Conn: 1, Bytes: []byte("OK\nOK\n")}), refused)
	require.ErrorIs(t, d.End(0), refused)
	require.Equal(t, 1, n)
}

func TestJSON(t *testing.T) {
	r := listen(t, "acme")
	r.take(decode.Event{At: 1500 * time.Millisecond, From: decode.Received, Bytes: []byte("READING 3 21.50 C\n\xff\n")})
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for i, want := range []string{
		`{"kind":"frame","conn":1,"at":1.5,"time":"2026-01-02T03:04:06.5Z","direction":"received","offset":0,"size":18,"message":"reading","fields":{"channel":3,"value":21.50,"unit":"celsius"}}`,
		`{"kind":"unknown","conn":1,"at":1.5,"time":"2026-01-02T03:04:06.5Z","direction":"received","offset":18,"size":2,"trouble":{"reason":"no message begins so","offset":0},"bytes":{"hex":"ff0a"}}`,
	} {
		got, err := r.all[i].JSON(start)
		require.NoError(t, err)
		require.JSONEq(t, want, string(got))
		require.NotContains(t, string(got), "\n")
	}
	untimed := r.all[0]
	untimed.At = decode.Untimed
	got, err := untimed.JSON(time.Time{})
	require.NoError(t, err)
	require.NotContains(t, string(got), `"at"`)
	require.NotContains(t, string(got), `"time"`)
	summary, err := json.Marshal(r.d.Summary())
	require.NoError(t, err)
	require.Contains(t, string(summary), `"name":"unit","seen":1,"absent":0,"values":[{"name":"celsius","seen":1}`)
}

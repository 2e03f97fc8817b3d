package spec_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/linewright/linewright/spec"
	"github.com/stretchr/testify/require"
)

// TestTenMistakes: all mistakes of a document are reported at once, each where
// it is. UPDATE=1 rewrites the golden.
func TestTenMistakes(t *testing.T) {
	data, err := os.ReadFile("testdata/mistakes.yaml")
	require.NoError(t, err)
	p, findings := spec.Load("mistakes.yaml", data)
	require.Nil(t, p)
	var places []string
	for _, f := range findings {
		places = append(places, fmt.Sprintf("%d:%d %s %s", f.Line, f.Col, f.Rule, f.Path))
	}
	require.Equal(t, []string{
		"4:1 unknown-key $.titel",
		"5:10 version $.version",
		"7:18 quoted $.endpoint.port",
		"11:33 unit $.frames.line.max",
		"16:17 unknown-name $.liveness.probe.send",
		"19:3 duplicate-key $.timeouts.connect",
		"20:22 reconnect-max $.reconnect.initial",
		"22:21 word $.unexpected.frame",
		`25:3 name $.messages["温度"]`,
		`27:12 word $.messages["温度"].event`,
	}, places)

	var text strings.Builder
	require.NoError(t, spec.WriteText(&text, findings, false))
	const golden = "testdata/mistakes.golden"
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(golden, []byte(text.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), text.String())
}

// TestFindingsAreTheSameEachTime: maps of Go never decide their order.
func TestFindingsAreTheSameEachTime(t *testing.T) {
	data, err := os.ReadFile("testdata/mistakes.yaml")
	require.NoError(t, err)
	_, first := spec.Load("mistakes.yaml", data)
	for range 100 {
		_, again := spec.Load("mistakes.yaml", data)
		require.Equal(t, first, again)
	}
}

// TestLargeDocument: 10,000 messages load within a second on a machine that
// does nothing else; the time is printed, and the test allows for company.
func TestLargeDocument(t *testing.T) {
	source := large(10_000)
	began := time.Now()
	p, findings := load(t, source)
	took := time.Since(began)
	t.Logf("10,000 messages, %d bytes: %s", len(source), took.Round(time.Millisecond))
	require.Empty(t, findings)
	require.Len(t, p.Messages, 10_001)
	require.Less(t, took, 30*time.Second)
}

func BenchmarkLoad10000Messages(b *testing.B) {
	source := large(10_000)
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		load(b, source)
	}
}

// large is a right document of n messages.
func large(n int) string {
	var b strings.Builder
	b.WriteString("messages:\n  pong: {receive: \"PONG\"}\n")
	for i := range n {
		fmt.Fprintf(&b, "  m%d:\n    receive: \"M%05d {channel:uint8} {value:decimal}\"\n    event: true\n", i, i)
		fmt.Fprintf(&b, "    examples:\n      - {wire: \"M%05d 3 21.50\", is: {channel: 3, value: 21.50}}\n", i)
		fmt.Fprintf(&b, "      - {wire: \"M%05d x 21.50\", bad: channel}\n", i)
	}
	return tiny(strings.TrimSuffix(b.String(), "\n"))
}

package storm

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestActsReadAsText(t *testing.T) {
	for _, a := range []Act{
		{At: 12500 * time.Millisecond, Kind: "cut"},
		{At: time.Minute, Kind: "ask", Who: 1, N: 3, Seed: 77},
		{Kind: "jump", For: -time.Hour},
		{At: time.Second, Kind: "suspend", For: 90 * time.Second},
	} {
		again, err := ParseAct(a.String())
		require.NoError(t, err)
		require.Equal(t, a, again)
	}
	for _, bad := range []string{"", "cut", "soon cut", "1s explode", "1s cut n=x", "1s cut why=1"} {
		_, err := ParseAct(bad)
		require.Error(t, err, bad)
	}
	_, err := ParseScript(1, "2s cut; 1s heal")
	require.ErrorContains(t, err, "order")
}

// TestScriptsHaveEverything: the seeds of a campaign draw every kind of act, and
// a script is the same each time, as text too.
func TestScriptsHaveEverything(t *testing.T) {
	load := &Workload{Name: "any", Denied: "no", Twice: true, TLS: true, Offer: func(*Fake, bool) {}, Event: func(int) string { return "" }}
	drawn := map[string]int{}
	for seed := range uint64(200) {
		script := Make(seed, load)
		require.Equal(t, script, Make(seed, load))
		again, err := ParseScript(seed, script.String())
		require.NoError(t, err)
		require.Equal(t, script, again)
		for _, a := range script.Acts {
			drawn[a.Kind]++
		}
	}
	for _, name := range Kinds() {
		require.Positive(t, drawn[name], name)
	}
}

// TestScriptsKeepOff: what a workload cannot be judged under does not happen.
func TestScriptsKeepOff(t *testing.T) {
	for seed := range uint64(200) {
		for _, a := range Make(seed, &Workload{Name: "careful", Exact: true}).Acts {
			require.False(t, kinds[a.Kind].loses, a.Kind)
			require.False(t, kinds[a.Kind].tls, a.Kind)
			require.NotContains(t, []string{"twice", "emit", "refuse-login"}, a.Kind)
		}
	}
}

// TestSimplerIsValid: a minimiser makes no act that nobody could draw, which
// would fail in a way of its own.
func TestSimplerIsValid(t *testing.T) {
	load := &Workload{Name: "any", Denied: "no", Twice: true, TLS: true, Offer: func(*Fake, bool) {}, Event: func(int) string { return "" }}
	for seed := range uint64(50) {
		for _, a := range Make(seed, load).Acts {
			for _, do := range simpler {
				b := a
				do(&b)
				require.Equal(t, a.N > 0, b.N > 0, "%v", a)
				require.Equal(t, a.Kind, b.Kind)
			}
		}
	}
}

// TestTheSamePanic: one panic does not stand for another.
func TestTheSamePanic(t *testing.T) {
	m := minimiser{broken: check.Violation{Rule: panicked, Text: "index out of range\nsession.step"}}
	require.True(t, m.same(check.Violation{Rule: panicked, Text: "index out of range\nsession.other"}))
	require.False(t, m.same(check.Violation{Rule: panicked, Text: "device: StallMidFrame(0)"}))
	require.False(t, m.same(check.Violation{Rule: "bound", Text: "index out of range"}))
}

// FuzzScript: acts that can be read are in order, and are written as what reads
// the same.
func FuzzScript(f *testing.F) {
	f.Add(Make(1, &Workload{Name: "any"}).String())
	f.Add("12.5s ask who=1 n=3 seed=77; 1m suspend for=1m30s;;\n2h jump for=-1h")
	f.Add("1s cut who")
	f.Fuzz(func(t *testing.T, text string) {
		script, err := ParseScript(7, text)
		if err != nil {
			return
		}
		require.True(t, inOrder(script.Acts))
		again, err := ParseScript(7, script.String())
		require.NoError(t, err, "%s", script)
		require.Equal(t, script, again)
	})
}

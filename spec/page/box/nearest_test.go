package box

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// nearestOf says of streams of a single frame that is no message what it is nearest to.
const nearestOf = `
globalThis.nearestOf = (data, direction, cases) => {
  const plan = new Plan(data);
  return cases.map((text) => {
    const bytes = bytesOf(atob(text));
    const frames = splitFrames(plan, bytes, direction);
    const [f] = frames;
    if (frames.length !== 1 || f.error || f.incomplete || f.message >= 0) return "";
    const { nearest } = readMessage(plan, f.payload, f.message, direction, bytes.subarray(f.from));
    return [nearest.name, nearest.field, nearest.reason, nearest.offset, nearest.due].join("|");
  });
};
`

// TestNearestAsDecode: what a frame is nearest to that is no message, decode says, too.
func TestNearestAsDecode(t *testing.T) {
	alone.Skip(t)
	page := open(t)
	r := rand.New(rand.NewPCG(3, 4))
	compared := 0
	for name, p := range documents(t) {
		t.Run(name, func(t *testing.T) {
			plan, err := Plan(p, nil)
			require.NoError(t, err)
			browser.Eval[any](page, "void (() => {"+reading(p)+nearestOf+"})()")
			run, err := dynamic.Open(p)
			require.NoError(t, err)
			for _, direction := range []string{"received", "sent"} {
				texts := []string{}
				cases := casesOf(examples(p, direction), nil)
				r.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
				cases = cases[:min(len(cases), 150)]
				for _, c := range cases {
					texts = append(texts, base64.StdEncoding.EncodeToString(c))
				}
				data, err := json.Marshal(texts)
				require.NoError(t, err)
				got := browser.Eval[[]string](page, fmt.Sprintf("nearestOf(%s, %q, %s)", plan, direction, data))
				for i, c := range cases {
					if want := decoded(t, run, direction, c); got[i] != "" && want != "" {
						require.Equal(t, want, got[i], "%s %q", direction, c)
						compared++
					}
				}
			}
		})
	}
	t.Log(compared, "frames")
	require.Greater(t, compared, 1500)
}

// decoded is what decode says of a stream that is one frame and no message; empty where
// it is more, or understood.
func decoded(t *testing.T, run *dynamic.Protocol, direction string, stream []byte) string {
	t.Helper()
	var records []decode.Record
	d := decode.New(run, func(r decode.Record) error {
		records = append(records, r)
		return nil
	})
	from := decode.Received
	if direction == "sent" {
		from = decode.Sent
	}
	require.NoError(t, d.Take(decode.Event{Kind: decode.Data, From: from, Bytes: stream}))
	if len(records) != 1 || records[0].Kind != decode.Unknown || records[0].Trouble == nil || records[0].Size != int64(len(stream)) {
		return ""
	}
	why := records[0].Trouble
	return fmt.Sprintf("%s|%s|%s|%d|%s", why.Nearest, why.Field, why.Reason, why.Offset, latin(why.Due))
}

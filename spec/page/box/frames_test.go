package box

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// said is a frame of the script's as the oracle says it.
const said = `
const same = (a) => btoa(latin(a));
const says = (f, telnet) => {
  if (f.incomplete) return "… " + f.from + " " + f.need;
  if (f.error) return "! " + f.from + "-" + f.to + " " + f.error.reason;
  const which = f.message < 0 ? "nothing" : f.message + " of " + f.kind + " " + f.vague;
  const places = () => f.map.slice(0, -1).join(" ");
  const where = f.payload.length === 0 ? "" :
    f.map && !telnet ? " at " + places() : " " + f.payloadFrom + "-" + f.payloadTo + (telnet ? " " + places() : "");
  return which + " -" + f.to + " " + same(f.payload) + where + " [" + f.others.join(" ") + "]";
};
globalThis.areJSON = (cases) => cases.map((text) => parseJSON(bytesOf(atob(text))).why === "");
const answered = (answers, key) => {
  if (!Object.hasOwn(answers, key)) throw new Error("nobody asks this: " + key);
  return answers[key];
};
// cutAll cuts by the plan, or by the answers that others have given to what is asked of its messages.
globalThis.cutAll = ({ frames, plan, direction, answers, cases }) => {
  const whole = plan ? new Plan(plan) : { frames };
  const box = answers && {
    fits: (index, payload) => answered(answers, index + " " + same(payload)),
    measure: (c, part) => answered(answers, c.template + ":[" + c.at.join(" ") + "] " + same(part)),
  };
  return cases.map((text) => {
    try {
      const options = box ? { box, most: Infinity } : { most: Infinity };
      return splitFrames(whole, bytesOf(atob(text)), direction, options).map((f) => says(f, whole.frames.telnet));
    } catch (e) {
      return ["failed: " + (e.stack || JSON.stringify(e))];
    }
  });
};
`

// framesPage is a page with the script, and what tests ask of it.
func framesPage(t testing.TB) *browser.Page {
	t.Helper()
	code := short("\"use strict\";(() => {" + script(frameScripts) +
		"const { Plan, fits, measure } = (() => {" + script(fieldScripts) + "return { Plan, fits, measure };})();" + said + pasted + "})();")
	return browser.Open(t, []byte("<!doctype html><meta charset=utf-8><title>box</title><script>"+code+"</script>"), 800, 600)
}

// newPages gives a page, and another one now and then: each may take only so long.
func newPages(t testing.TB) func() *browser.Page {
	t.Helper()
	var page *browser.Page
	n := 0
	return func() *browser.Page {
		if n++; n%15 == 1 {
			page = framesPage(t)
		}
		return page
	}
}

// checkFrames cuts all cases by the script, and holds it to the oracle. plan is nil where the
// messages of the plan are not asked, but what the oracle has heard of them.
func checkFrames(t *testing.T, page *browser.Page, plan []byte, frames *framesOf, o *oracle, cases [][]byte) {
	t.Helper()
	const batch = 4000
	for len(cases) > 0 {
		now := cases[:min(batch, len(cases))]
		cases = cases[len(now):]
		want, texts := make([][]string, len(now)), make([]string, len(now))
		clear(o.answers)
		for i, c := range now {
			want[i], texts[i] = o.split(c), base64.StdEncoding.EncodeToString(c)
		}
		ask := map[string]any{"direction": o.direction, "cases": texts}
		if plan != nil {
			ask["plan"] = json.RawMessage(plan)
		} else {
			ask["frames"], ask["answers"] = frames, o.answers
		}
		data, err := json.Marshal(ask)
		require.NoError(t, err)
		got := browser.Eval[[][]string](page, "cutAll("+string(data)+")")
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, strings.Join(want[i], "\n"), strings.Join(got[i], "\n"), "%s %q", o.direction, now[i])
		}
	}
}

// documents are the vendors' and those that show what no vendor has.
func documents(t testing.TB) map[string]*model.Protocol {
	t.Helper()
	all := map[string]*model.Protocol{}
	for _, dir := range []string{"../../vendors", "../../dynamic/testdata"} {
		paths, err := filepath.Glob(dir + "/*.yaml")
		require.NoError(t, err)
		require.NotEmpty(t, paths)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			p, findings := spec.Load(path, data)
			require.Empty(t, findings, path)
			all[filepath.Base(path)] = p
		}
	}
	return all
}

func TestFramesAsTheRuntimeCutsThem(t *testing.T) {
	alone.Skip(t)
	found := corpora(t)
	total, page, reasons := 0, newPages(t), map[string]bool{}
	for name, p := range documents(t) {
		t.Run(name, func(t *testing.T) {
			page := page()
			frames, err := framesPlan(newRefs(), p)
			require.NoError(t, err)
			for direction, o := range newOracles(t, p, frames) {
				cases := some(casesOf(examples(p, direction), found), 600)
				checkFrames(t, page, nil, frames, o, cases)
				o.limit(frames) // once more where most is too large
				few := some(cases, 200)
				checkFrames(t, page, nil, frames, o, few)
				total += len(cases) + len(few)
				maps.Copy(reasons, o.reasons)
			}
		})
	}
	t.Log(total, "cases")
	require.Subset(t, slices.Collect(maps.Keys(reasons)), []string{
		"a line is longer than 24 bytes", "a frame is larger than 40 bytes", "a frame is shorter than its layout",
		"a count is not a number", "a count is less than the parts that it counts", "a checksum is wrong",
		"an escape stands for nothing", "a frame does not begin with its start marker", "bytes that begin no message",
		"bytes that begin no frame", "not a JSON object", "not a JSON value", "JSON nested too deeply",
	}, "the cases have all that can be wrong")
}

// TestFramesWithTheirMessages: the script cuts the same frames where it reads the messages itself.
func TestFramesWithTheirMessages(t *testing.T) {
	alone.Skip(t)
	page := newPages(t)
	for name, p := range documents(t) {
		t.Run(name, func(t *testing.T) {
			page := page()
			data, err := Plan(p, nil)
			require.NoError(t, err)
			frames, err := framesPlan(newRefs(), p)
			require.NoError(t, err)
			for direction, o := range newOracles(t, p, frames) {
				checkFrames(t, page, data, frames, o, some(casesOf(examples(p, direction), nil), 150))
			}
		})
	}
}

// examples are those of a direction, good and bad, as they are on the wire.
func examples(p *model.Protocol, direction string) (all [][]byte) {
	for _, thing := range thingsOf(p, direction) {
		for _, e := range thing.examples {
			all = append(all, wrapped(p, direction, thing.template, e.Wire))
		}
	}
	return all
}

// wrapped is an example with its markers, and as it ends in its direction.
func wrapped(p *model.Protocol, direction string, t *model.Template, wire []byte) []byte {
	framing := codec.FramingFor(p.Frames)
	own := *framing.Of(t.Frame)
	if direction == "received" && own.Packet == nil && len(own.Ends) > 0 {
		own.SendEnd = own.Ends[0]
	}
	if t.Prompt {
		own.SendEnd = ""
	}
	return own.Wrap(nil, wire)
}

// casesOf are streams: examples, what is left of them, with a byte changed, several in turn.
func casesOf(examples, found [][]byte) (all [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	all = append(all, found...)
	if len(examples) == 0 {
		return all
	}
	var alphabet []byte
	for _, e := range examples {
		alphabet = append(alphabet, e...)
	}
	for _, e := range examples {
		all = append(all, e)
		for n := range len(e) {
			if len(e) < 200 || n%(len(e)/100) == 0 {
				all = append(all, e[:n], e[n:])
			}
		}
		for range 6 {
			all = append(all, changed(r, e, alphabet))
		}
	}
	for range 120 {
		var stream []byte
		for range 2 + r.IntN(4) {
			e := examples[r.IntN(len(examples))]
			switch r.IntN(8) {
			case 0:
				e = changed(r, e, alphabet)
			case 1:
				e = e[:r.IntN(len(e)+1)]
			case 2:
				e = noise(r, alphabet)
			}
			stream = append(stream, e...)
		}
		all = append(all, stream)
	}
	for range 80 {
		all = append(all, noise(r, alphabet))
	}
	return all
}

// some are so many of the cases, no two alike.
func some(cases [][]byte, most int) (all [][]byte) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[string]bool{}
	for _, i := range r.Perm(len(cases)) {
		if c := cases[i]; !seen[string(c)] && len(all) < most {
			seen[string(c)] = true
			all = append(all, c)
		}
	}
	return all
}

// changed is e with a byte that is another, missing, or there twice.
func changed(r *rand.Rand, e, alphabet []byte) []byte {
	if len(e) == 0 {
		return noise(r, alphabet)
	}
	i := r.IntN(len(e))
	c := byte(r.UintN(256))
	if r.IntN(2) == 0 {
		c = alphabet[r.IntN(len(alphabet))]
	}
	out := append([]byte{}, e[:i]...)
	switch r.IntN(4) {
	case 0:
		return append(out, e[i+1:]...)
	case 1:
		return append(append(out, c), e[i:]...)
	}
	return append(append(out, c), e[i+1:]...)
}

// noise is bytes of all kinds, or such as the examples have.
func noise(r *rand.Rand, alphabet []byte) []byte {
	out := make([]byte, 1+r.IntN(60))
	any := r.IntN(2) == 0
	for i := range out {
		out[i] = alphabet[r.IntN(len(alphabet))]
		if any {
			out[i] = byte(r.UintN(256))
		}
	}
	return out
}

var corpusBytes = regexp.MustCompile(`(?m)^(?:\[\]byte|string)\((".*")\)$`)

// corpora are the streams that fuzzing the runtime's decoder has found.
func corpora(t testing.TB) (all [][]byte) {
	t.Helper()
	paths, err := filepath.Glob("../../../runtime/wire/testdata/fuzz/*/*")
	require.NoError(t, err)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range corpusBytes.FindAllStringSubmatch(string(data), -1) {
			text, err := strconv.Unquote(m[1])
			require.NoError(t, err, path)
			if len(text) <= 300 {
				all = append(all, []byte(text))
			}
		}
	}
	require.NotEmpty(t, all)
	return all
}

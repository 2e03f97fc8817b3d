package box

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// arrivals says of the first frame of each stream what a session takes it for.
const arrivals = `
globalThis.arrivals = (data, cases) => {
  const plan = new Plan(data);
  return cases.map((text) => {
    const bytes = bytesOf(atob(text));
    const [f] = splitFrames(plan, bytes, "received");
    if (!f || f.error || f.incomplete || f.from > 0) return "";
    const { idle, others } = arrives(plan, bytes, f, "received");
    return [f.message, f.to, idle ?? "?", others.join(" ")].join("|");
  });
};
`

// awaiting is a session in which some messages are awaited.
type awaiting struct {
	messages []int
	mode     int
}

func (a awaiting) Expects(m int) bool { return slices.Contains(a.messages, m) }

func (a awaiting) InMode(modes []int) bool { return slices.Contains(modes, a.mode) }

// TestArrivesAsTheRuntimeTakesIt: what the box says of who waits for it holds of the decoder
// that a session has.
func TestArrivesAsTheRuntimeTakesIt(t *testing.T) {
	alone.Skip(t)
	page := open(t)
	idle, unknown, contested, settled := 0, 0, 0, 0
	for name, p := range documents(t) {
		t.Run(name, func(t *testing.T) {
			plan, err := Plan(p, nil)
			require.NoError(t, err)
			frames, err := framesPlan(newRefs(), p)
			require.NoError(t, err)
			if frames.Telnet {
				return // the oracle sees what is left of its bytes
			}
			browser.Eval[any](page, "void (() => {"+reading(p)+arrivals+"})()")
			o := newOracles(t, p, frames)["received"]
			cases := append(examples(p, "received"), some(casesOf(examples(p, "received"), nil), 150)...)
			texts := []string{}
			for _, c := range cases {
				texts = append(texts, base64.StdEncoding.EncodeToString(c))
			}
			data, err := json.Marshal(texts)
			require.NoError(t, err)
			got := browser.Eval[[]string](page, fmt.Sprintf("arrivals(%s, %s)", plan, data))
			for i, c := range cases {
				best, others := o.next(c)
				if got[i] == "" {
					continue
				}
				want := o.arrival(p, awaits(p), c, best, others)
				require.Equal(t, want.String(), got[i], "%q", c)
				idle += ifs(want.idle == fmt.Sprint(best.Message))
				unknown += ifs(want.idle == "-1")
				contested += ifs(len(want.others) > 0)
				settled += ifs(len(others) > len(want.others))
			}
		})
	}
	t.Log(idle, "are the same where nobody waits,", unknown, "are nothing then,", contested, "are told by what was asked,", settled, "not by that")
	require.Greater(t, min(idle, unknown, contested, settled), 20)
}

func ifs(is bool) int {
	if is {
		return 1
	}
	return 0
}

// arrival is what a session takes a frame for.
type arrival struct {
	message, to int
	idle        string
	others      []int
}

func (a arrival) String() string {
	text := fmt.Sprint(a.others)
	return fmt.Sprintf("%d|%d|%s|%s", a.message, a.to, a.idle, text[1:len(text)-1])
}

func (o *oracle) arrival(p *model.Protocol, questions [][]int, b []byte, best found, others []int) arrival {
	var always []int
	for i, m := range p.Messages {
		if anytime(p, m) {
			always = append(always, i)
		}
	}
	a := arrival{message: best.Message, to: best.n, idle: "?"}
	modes := o.modes(best.Message)
	take := func(awaited, modes []int) (message int, ok bool) {
		mode := model.ModeReady
		if len(modes) > 0 && !slices.Contains(modes, mode) {
			mode = modes[0]
		}
		f, n, need, err := wire.NewDecoder(&o.framing, o.dispatch).Next(b, awaiting{awaited, mode})
		return f.Message, n > 0 && need == 0 && err == nil
	}
	if m, ok := take(always, modes); ok {
		a.idle = fmt.Sprint(m)
	}
	for _, other := range others {
		shared := o.modes(other)
		if modes != nil && shared != nil {
			shared = slices.DeleteFunc(slices.Clone(modes), func(mode int) bool { return !slices.Contains(o.modes(other), mode) })
		} else if shared == nil {
			shared = modes
		}
		for _, q := range questions {
			if slices.Contains(always, other) || !slices.Contains(q, other) || shared != nil && len(shared) == 0 {
				continue
			}
			if m, ok := take(slices.Concat(always, q), shared); ok && m == other && !slices.Contains(a.others, other) {
				a.others = append(a.others, other)
			}
		}
	}
	return a
}

// modes are those in which a message comes; nil: all.
func (o *oracle) modes(message int) []int {
	if message < 0 {
		return nil
	}
	s := &o.shapes[message]
	if len(s.In) > 0 {
		return s.In
	}
	if in := o.framing.Of(s.Frame).In; len(in) > 0 {
		return in
	}
	return nil
}

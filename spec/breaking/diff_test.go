package breaking_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/model"
)

func load(t testing.TB, source string) *model.Protocol {
	t.Helper()
	p, findings := spec.Load("spec.yaml", []byte(source))
	require.Empty(t, findings)
	return p
}

func exported(t testing.TB, p *model.Protocol) map[string]string {
	t.Helper()
	files, problems := generator.Generate(p, generator.Options{ImportPath: "example.com/x"})
	require.Empty(t, problems)
	symbols, err := generator.Exported(files)
	require.NoError(t, err)
	return symbols
}

// compare gives all changes between two documents.
func compare(t testing.TB, old, now string) []breaking.Change {
	t.Helper()
	before, after := load(t, old), load(t, now)
	changes := breaking.Diff(before, after)
	changes = breaking.Join(changes, breaking.Symbols(exported(t, before), exported(t, after), changes))
	breaking.Locate(changes, []byte(old), []byte(now))
	return changes
}

func vendors(t testing.TB) (paths []string) {
	t.Helper()
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	return paths
}

// TestNothingHasChanged of a document that is the same but for its lines.
func TestNothingHasChanged(t *testing.T) {
	for _, path := range vendors(t) {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		moved := "# moved\n\n\n" + string(data)
		require.Empty(t, breaking.Diff(load(t, string(data)), load(t, moved)), path)
	}
	require.Empty(t, compare(t, before, "# moved\n"+before))
}

// edit is one change to a document: what is replaced, by what, and so on.
type edit []string

// cases are the documents' changes, by the ids that each must be found as, as in
// "breaking command-wire": in any order, symbols left out but where they are alone.
func cases(t testing.TB) map[string]struct {
	edits edit
	want  []string
} {
	t.Helper()
	type c = struct {
		edits edit
		want  []string
	}
	return map[string]c{
		"another port":                       {edit{"port: 1,", "port: 2,"}, []string{"breaking port"}},
		"TLS":                                {edit{"tls: never", "tls: optional"}, []string{"breaking tls"}},
		"a connection for each write":        {edit{"stream: {write: batch}", "stream: {write: frame}"}, []string{"breaking stream-write"}},
		"telnet":                             {edit{"stream: {write: batch}", "stream: {write: batch, telnet: refuse}"}, []string{"breaking telnet"}},
		"replies in order":                   {edit{"match: kind", "match: order", "event: state", "event: false", "message: event", "message: close"}, []string{"breaking match", "breaking event-no-more", "breaking unexpected-stricter", "timing noticed-sooner"}},
		"late replies":                       {edit{"match: kind", "match: kind, late: swallow"}, []string{"breaking late"}},
		"stricter":                           {edit{"message: event", "message: close"}, []string{"breaking unexpected-stricter"}},
		"dropped":                            {edit{"message: event", "message: drop"}, []string{"breaking unexpected-unseen"}},
		"milder":                             {edit{"reply: close", "reply: drop"}, []string{"compatible unexpected-milder"}},
		"another vendor":                     {edit{"vendor: unit", "vendor: units"}, []string{"breaking vendor", "docs docs-changed"}},
		"a parameter to give":                {edit{"parameters: {", "parameters: {room: {type: word, doc: x}, ", `"LOGIN {user:word} `, `"LOGIN {user:word} {room:word} `, `"LOGIN eve s", is: {user: eve`, `"LOGIN eve 3 s", is: {user: eve, room: "3"`}, []string{"breaking parameter-required", "breaking command-wire", "breaking argument-required", "breaking session-changed"}},
		"a parameter with a default":         {edit{"parameters: {", "parameters: {room: {type: word, doc: x, default: none}, ", `"LOGIN {user:word} `, `"LOGIN {user:word} {room:word} `, `"LOGIN eve s", is: {user: eve`, `"LOGIN eve 3 s", is: {user: eve, room: "3"`}, []string{"compatible parameter-added", "breaking command-wire", "breaking argument-required", "breaking session-changed"}},
		"another default":                    {edit{"default: eve", "default: adam"}, []string{"breaking parameter-default", "breaking session-changed"}},
		"no default":                         {edit{", default: eve", ""}, []string{"breaking parameter-required", "breaking session-changed"}},
		"a shorter frame":                    {edit{"max: 1KiB", "max: 512B"}, []string{"breaking frame-limit-lower"}},
		"a longer frame":                     {edit{"max: 1KiB", "max: 2KiB"}, []string{"compatible frame-limit-higher"}},
		"an end more":                        {edit{"ends: [LF, CRLF]", "ends: [LF, CRLF, NUL]"}, []string{"compatible frame-end-added"}},
		"an end less":                        {edit{"ends: [LF, CRLF]", "ends: [LF]"}, []string{"breaking frame-end-removed"}},
		"another end":                        {edit{"ends: [LF, CRLF]", "ends: [CRLF, LF]"}, []string{"breaking frame-end-sent", "timing heartbeat-cost"}},
		"another charset":                    {edit{"max: 1KiB", "max: 1KiB, charset: latin1"}, []string{"breaking frame-form"}},
		"a message more":                     {edit{"messages:\n", "messages:\n  news: {receive: \"NEWS\", event: true}\n"}, []string{"compatible message-added"}},
		"a message less":                     {edit{"  noise: {receive: \"NOISE\", event: true}\n", ""}, []string{"breaking message-removed"}},
		"another name":                       {edit{"noise: {receive", "sound: {receive"}, []string{"breaking message-renamed"}},
		"another name that is used":          {edit{"pong: {receive", "alive_too: {receive", `"PING", reply: pong`, `"PING", reply: alive_too`, `"ALIVE", reply: pong`, `"ALIVE", reply: alive_too`}, []string{"breaking message-renamed"}},
		"another name of a command":          {edit{"ping: {send:", "nop: {send:", "send: ping", "send: nop", "{do: ping}", "{do: nop}"}, []string{"breaking command-renamed"}},
		"another name and value":             {edit{"name: {send", "label: {send", "is: text, max: 5", "is: text, max: 4"}, []string{"breaking command-renamed", "breaking sent-narrower"}},
		"another name of several steps":      {edit{"both: {steps", "pair: {steps"}, []string{"breaking command-renamed"}},
		"another name of the client's own":   {edit{"login: {send", "enter: {send", "do: login", "do: enter"}, []string{"compatible private-command-renamed"}},
		"another name and wire":              {edit{`plain: {send: "PLAIN"`, `simple: {send: "SIMPLE"`}, []string{"breaking command-removed", "compatible command-added"}},
		"another literal":                    {edit{`"NOISE"`, `"SOUND"`}, []string{"breaking message-wire"}},
		"an optional part received":          {edit{`"LEVEL {n:uint8} {mode:Mode}"`, `"LEVEL {n:uint8} {mode:Mode}{? {note:word}}"`}, []string{"compatible field-added", "compatible message-wider"}},
		"a part received":                    {edit{`"LEVEL {n:uint8} {mode:Mode}"`, `"LEVEL {n:uint8} {mode:Mode} {note:word}"`, `"LEVEL 1 A", is: {n: 1, mode: a}`, `"LEVEL 1 A x", is: {n: 1, mode: a, note: x}`}, []string{"compatible field-added", "breaking message-wire"}},
		"a field less":                       {edit{`"LEVEL {n:uint8} {mode:Mode}"`, `"LEVEL {n:uint8}"`, `"LEVEL 1 A", is: {n: 1, mode: a}`, `"LEVEL 1", is: {n: 1}`}, []string{"breaking field-removed", "breaking message-wire"}},
		"a wider number received":            {edit{"LEVEL {n:uint8}", "LEVEL {n:uint16}"}, []string{"compatible received-wider"}},
		"a narrower number received":         {edit{"LEVEL {n:uint8}", "LEVEL {n:int8}"}, []string{"breaking received-narrower"}},
		"a value received, of a closed enum": {edit{"Mode: {doc: x, enum: {a: A,", "Mode: {doc: x, enum: {c: C, a: A,"}, []string{"breaking received-value-added"}},
		"a value received, of an open enum":  {edit{"Tint: {doc: x, enum: {red: R}", "Tint: {doc: x, enum: {red: R, blue: B}"}, []string{"compatible value-added"}},
		"a value less, received":             {edit{"Mode: {doc: x, enum: {a: A, b: B}}", "Mode: {doc: x, enum: {a: A}}"}, []string{"breaking received-narrower"}},
		"a closed enum opened":               {edit{"Mode: {doc: x, enum: {a: A, b: B}}", "Mode: {doc: x, enum: {a: A, b: B}, open: true}"}, []string{"compatible received-wider"}},
		"a value sent":                       {edit{"Speed: {doc: x, enum: {low: L}}", "Speed: {doc: x, enum: {low: L, high: H}}"}, []string{"compatible value-added"}},
		"a value less, sent":                 {edit{"Height: {doc: x, enum: {up: U, down: D}}", "Height: {doc: x, enum: {up: U}}"}, []string{"breaking sent-narrower"}},
		"a longer text sent":                 {edit{"Short: {doc: x, is: text, max: 5}", "Short: {doc: x, is: text, max: 9}"}, []string{"compatible sent-wider"}},
		"a shorter text sent":                {edit{"Short: {doc: x, is: text, max: 5}", "Short: {doc: x, is: text, max: 4}"}, []string{"breaking sent-narrower"}},
		"an event no more":                   {edit{`"NOISE", event: true`, `"NOISE", noise: true`}, []string{"breaking event-no-more", "breaking message-dropped"}},
		"an event now":                       {edit{`"DONE"`, `"DONE", event: state`}, []string{"compatible event-now"}},
		"another class":                      {edit{"error: failed", "error: retry"}, []string{"breaking error-class"}},
		"a command more":                     {edit{"commands:\n", "commands:\n  stop: {send: \"STOP\", reply: ok}\n"}, []string{"compatible command-added"}},
		"a command less":                     {edit{"  raw: {send: \"RAW {text:text}\", reply: ok, examples: [{wire: \"RAW x\", is: {text: x}}]}\n", ""}, []string{"breaking command-removed"}},
		"another word sent":                  {edit{`"PLAIN"`, `"SIMPLE"`}, []string{"breaking command-wire"}},
		"an argument that may be given":      {edit{`"SET {n:uint8}"`, `"SET {n:uint8}{? {note:word}}"`}, []string{"compatible argument-added", "compatible command-wider"}},
		"repeated":                           {edit{`"SET {n:uint8}", reply: ok`, `"SET {n:uint8}", reply: ok, idempotent: true`}, []string{"breaking repeated-now"}},
		"repeated no more":                   {edit{", idempotent: true", ""}, []string{"breaking repeated-no-more"}},
		"sooner":                             {edit{"gap: 1s", "gap: 500ms", "settle: 1s", "settle: 500ms"}, []string{"breaking gap-shorter", "breaking settle-shorter"}},
		"later":                              {edit{"gap: 1s", "gap: 2s"}, []string{"timing pause-longer"}},
		"another reply time":                 {edit{"timeout: 3s}", "timeout: 4s}"}, []string{"timing reply-time"}},
		"an error more":                      {edit{`"SET {n:uint8}", reply: ok`, `"SET {n:uint8}", reply: ok, errors: [fail]`}, []string{"compatible error-added"}},
		"a reply more":                       {edit{`"SET {n:uint8}", reply: ok`, `"SET {n:uint8}", reply: [ok, done]`}, []string{"breaking reply-added"}},
		"another reply":                      {edit{`"SET {n:uint8}", reply: ok`, `"SET {n:uint8}", reply: done`}, []string{"breaking reply-added", "breaking reply-removed"}},
		"an end of the link":                 {edit{`"SET {n:uint8}", reply: ok`, `"SET {n:uint8}", reply: ok, closes: true`}, []string{"breaking closes-changed"}},
		"no login":                           {edit{"session: {login: [{do: login}]}\n", "", parameters, "", login, ""}, []string{"breaking session-changed", "breaking parameter-removed", "compatible private-command-removed"}},
		"an event of another kind":           {edit{`"NOISE", event: true`, `"NOISE", event: state`}, []string{"compatible event-kind"}},
		"deprecated":                         {edit{`"NOISE", event: true`, `"NOISE", event: true, deprecated: gone soon`}, []string{"compatible deprecated"}},
		"an argument less":                   {edit{`"SET {n:uint8}"`, `"SET"`, `, examples: [{wire: "SET 1", is: {n: 1}}]`, ""}, []string{"breaking argument-removed", "breaking command-wire"}},
		"a field that may be absent":         {edit{`"LEVEL {n:uint8} {mode:Mode}"`, `"LEVEL {n:uint8}{? {mode:Mode}}"`}, []string{"breaking field-presence", "compatible message-wider"}},
		"no secret":                          {edit{"pin: {type: word, doc: x, secret: true}", "pin: {type: word, doc: x}", "{pin:secret(word)}", "{pin:word}"}, []string{"breaking secret-shown", "breaking session-changed"}},
		"private":                            {edit{`"PING", reply: pong`, `"PING", reply: pong, private: true`}, []string{"breaking command-private"}},
		"other steps":                        {edit{"{do: ping}, {do: get}", "{do: alive}, {do: get}"}, []string{"breaking command-steps"}},
		"lasting":                            {edit{`"PLAIN", reply: ok`, `"PLAIN", reply: ok, lasting: latest`}, []string{"breaking lasting-changed"}},
		"no echo":                            {edit{", echo: [n]", ""}, []string{"breaking echo-changed"}},
		"a command of one mode":              {edit{`"PLAIN", reply: ok`, `"PLAIN", reply: ok, in: ready`}, []string{"breaking command-mode"}},
		"a message of one mode":              {edit{`"NOISE", event: true`, `"NOISE", event: true, in: ready`}, []string{"breaking message-mode"}},
		"another heartbeat":                  {edit{"probe: {send: ping", "probe: {send: alive"}, []string{"breaking heartbeat-changed", "timing heartbeat-cost"}},
		"a weaker promise":                   {edit{"detect_within: 20s", "detect_within: 40s", "every: 10s, timeout: 5s", "every: 20s, timeout: 5s"}, []string{"breaking promise-weaker", "breaking noticed-later", "timing setting-changed", "timing heartbeat-cost"}},
		"noticed sooner":                     {edit{"every: 10s", "every: 5s"}, []string{"timing noticed-sooner", "timing setting-changed", "timing heartbeat-cost"}},
		"an impatient client":                {edit{"timeout: 5s}}", "timeout: 2s}}"}, []string{"breaking device-less-time", "timing noticed-sooner", "timing setting-changed", "timing back-later"}},
		"a server that must talk":            {edit{"detect_within: 20s", "detect_within: 20s, silence: 18s"}, []string{"breaking device-less-silent", "timing setting-changed"}},
		"a storm":                            {edit{"initial: 5s", "initial: 200ms"}, []string{"breaking load-more", "breaking attempts-more", "timing setting-changed"}},
		"less time to answer":                {edit{"timeout: 3s}", "timeout: 2s}"}, []string{"breaking device-less-time"}},
		"less time, by default":              {edit{", timeout: 3s}", "}", "replies: {match", "timeouts: {reply: 2s}\nreplies: {match"}, []string{"breaking device-less-time", "timing noticed-sooner", "timing setting-changed"}},
		"less time to log in":                {edit{"replies: {match", "timeouts: {login: 2s}\nreplies: {match"}, []string{"breaking device-less-time", "timing setting-changed"}},
		"less time to be back":               {edit{"replies: {match", "timeouts: {ready: 2s}\nreplies: {match"}, []string{"breaking device-less-time", "timing setting-changed"}},
		"less time for a frame":              {edit{"replies: {match", "timeouts: {frame: 2s}\nreplies: {match"}, []string{"breaking device-less-time", "timing noticed-sooner", "timing setting-changed"}},
		"less time to read":                  {edit{"replies: {match", "timeouts: {write: 2s}\nreplies: {match"}, []string{"breaking device-less-time", "timing noticed-sooner", "timing setting-changed"}},
		"more time":                          {edit{"replies: {match", "timeouts: {login: 50s, ready: 50s}\nreplies: {match"}, []string{"timing setting-changed"}},
		"no greeting to hurry":               {edit{"replies: {match", "timeouts: {greeting: 1s}\nreplies: {match"}, []string{"timing setting-changed"}},

		"slower to return": {edit{"max: 30s", "max: 2m"}, []string{"timing back-later", "timing setting-changed"}},
		"words":            {edit{"doc: the level", "doc: the new level"}, []string{"docs docs-changed"}},
	}
}

const (
	parameters = "parameters: {user: {type: word, doc: x, default: eve}, pin: {type: word, doc: x, secret: true}}\n"
	login      = `  login: {send: "LOGIN {user:word} {pin:secret(word)}", reply: ok, private: true, examples: [{wire: "LOGIN eve s", is: {user: eve, pin: s}}]}` + "\n"
)

const before = `linewright: 1
vendor: unit
version: 1.2.0
sources: {test: made up}
endpoint: {port: 1, tls: never}
` + parameters + `stream: {write: batch}
frames: {line: {ends: [LF, CRLF], max: 1KiB}}
session: {login: [{do: login}]}
liveness: {detect_within: 20s, probe: {send: ping, every: 10s, timeout: 5s}}
reconnect: {initial: 5s, max: 30s}
replies: {match: kind, in_flight: 1}
unexpected: {message: event, reply: close}
types:
  Mode: {doc: x, enum: {a: A, b: B}}
  Tint: {doc: x, enum: {red: R}, open: true}
  Speed: {doc: x, enum: {low: L}}
  Height: {doc: x, enum: {up: U, down: D}}
  Short: {doc: x, is: text, max: 5}
messages:
  pong: {receive: "PONG"}
  ok: {receive: "OK"}
  done: {receive: "DONE"}
  fail: {receive: "FAIL", error: failed}
  noise: {receive: "NOISE", event: true}
  told: {receive: "TOLD {n:uint8}", examples: [{wire: "TOLD 1", is: {n: 1}}, {wire: "TOLD x", bad: n}]}
  level: {receive: "LEVEL {n:uint8} {mode:Mode}", doc: the level, event: state, examples: [{wire: "LEVEL 1 A", is: {n: 1, mode: a}}, {wire: "LEVEL x A", bad: n}]}
  colour: {receive: "COLOUR {c:Tint}", event: true, examples: [{wire: "COLOUR R", is: {c: red}}, {wire: "COLOUR", bad: literal}]}
commands:
  ping: {send: "PING", reply: pong}
  alive: {send: "ALIVE", reply: pong}
` + login + `  plain: {send: "PLAIN", reply: ok, idempotent: true, gap: 1s, settle: 1s, timeout: 3s}
  raw: {send: "RAW {text:text}", reply: ok, examples: [{wire: "RAW x", is: {text: x}}]}
  set: {send: "SET {n:uint8}", reply: ok, examples: [{wire: "SET 1", is: {n: 1}}]}
  get: {send: "GET", reply: level, errors: [fail]}
  both: {steps: [{do: ping}, {do: get}]}
  ask: {send: "ASK {n:uint8}", reply: told, echo: [n], examples: [{wire: "ASK 1", is: {n: 1}}]}
  finish: {send: "FINISH {speed:Speed} {level:Height}", reply: done, examples: [{wire: "FINISH L U", is: {speed: low, level: up}}]}
  name: {send: "NAME {to:Short}", reply: ok, examples: [{wire: "NAME x", is: {to: x}}]}
`

func (e edit) apply(t testing.TB, s string) string {
	t.Helper()
	for i := 0; i < len(e); i += 2 {
		require.Contains(t, s, e[i])
		s = strings.Replace(s, e[i], e[i+1], 1)
	}
	return s
}

// TestChanges: each edit is found as what it is, and as nothing else.
func TestChanges(t *testing.T) {
	for name, tt := range cases(t) {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range compare(t, before, tt.edits.apply(t, before)) {
				id := string(c.Kind) + " " + c.ID
				if !strings.HasPrefix(c.ID, "symbol-") && !slices.Contains(got, id) {
					got = append(got, id)
				}
				require.NotEmpty(t, c.Message)
				require.Len(t, c.Fingerprint, 12)
				require.Equal(t, c.Kind == breaking.Breaking, len(c.For) > 0, "%+v", c)
			}
			require.ElementsMatch(t, tt.want, got)
		})
	}
}

// TestInFlight: more commands at once are more than a device may take, fewer are not.
func TestInFlight(t *testing.T) {
	few := edit{"match: kind", "match: order", "event: state", "event: false", "message: event", "message: close"}.apply(t, before)
	many := edit{"in_flight: 1", "in_flight: 3"}.apply(t, few)
	ids := func(changes []breaking.Change) (ids []string) {
		for _, c := range changes {
			ids = append(ids, string(c.Kind)+" "+c.ID)
		}
		return ids
	}
	require.Contains(t, ids(compare(t, few, many)), "breaking in-flight-more")
	require.Contains(t, ids(compare(t, many, few)), "timing in-flight-fewer")
}

// TestReplyTimesOfCalls: a command whose call says how long the reply may take.
func TestReplyTimesOfCalls(t *testing.T) {
	own := func(plus string) string {
		return edit{`{send: "SET {n:uint8}", reply: ok`, `{send: "SET {n:uint8}", reply: ok, timeout: {field: n, unit: ms, plus: ` + plus + `}`}.apply(t, before)
	}
	found := func(old, now string) (all []string) {
		for _, c := range compare(t, old, now) {
			if strings.HasPrefix(c.Path, "$.commands") {
				all = append(all, string(c.Kind)+" "+c.ID+": "+c.Message)
			}
		}
		return all
	}
	require.Equal(t, []string{"breaking device-less-time: a device must answer set within its n × 1 ms and 2 s, and had its n × 1 ms and 4 s"}, found(own("4s"), own("2s")))
	require.Equal(t, []string{"timing reply-time: the reply to set may take its n × 1 ms and 4 s, and might take its n × 1 ms and 2 s"}, found(own("2s"), own("4s")))
	require.Empty(t, found(own("2s"), own("2s")))
	require.Equal(t, []string{"breaking device-less-time: a device must answer plain within 2 s, and had 3 s"}, found(before, edit{"timeout: 3s}", "timeout: 2s}"}.apply(t, before)))
}

// TestSections that a small document does not have.
func TestSections(t *testing.T) {
	for want, change := range map[string]func(old, now *model.Protocol){
		"breaking connections": func(_, now *model.Protocol) { now.Endpoint.PerCommand = true },
		"breaking stream-echo": func(_, now *model.Protocol) { now.Stream.Echo = true },
		"breaking device-probed": func(old, _ *model.Protocol) {
			old.Liveness.Probe, old.Liveness.Silence = nil, old.Liveness.DetectWithin
		},
		"breaking device-less-time": func(old, now *model.Protocol) { // of a greeting
			old.Session.Greeting, now.Session.Greeting = old.Messages[:1], now.Messages[:1]
			now.Timeouts.Greeting = old.Timeouts.Greeting / 2
		},
		"breaking frame-removed": func(old, _ *model.Protocol) {
			old.Frames = append(old.Frames, &model.Frame{Named: model.Named{Name: "other"}})
		},
		"compatible frame-added": func(_, now *model.Protocol) {
			now.Frames = append(now.Frames, &model.Frame{Named: model.Named{Name: "other"}})
		},
	} {
		old, now := load(t, before), load(t, before)
		change(old, now)
		var ids []string
		for _, c := range breaking.Diff(old, now) {
			ids = append(ids, string(c.Kind)+" "+c.ID)
		}
		require.Contains(t, ids, want)
	}
}

// elsewhere are ids that other tests find than TestChanges.
var elsewhere = map[string]bool{
	"in-flight-more": true, "in-flight-fewer": true,
	"symbol-removed": true, "symbol-changed": true, "symbol-added": true, "symbol-renamed": true, // symbols_test.go
	"connections": true, "stream-echo": true, "device-probed": true, "frame-removed": true, "frame-added": true,
}

// TestEveryRule is in a case.
func TestEveryRule(t *testing.T) {
	seen := maps.Clone(elsewhere)
	for _, tt := range cases(t) {
		for _, id := range tt.want {
			_, id, _ = strings.Cut(id, " ")
			seen[id] = true
		}
	}
	for _, path := range []string{"diff.go", "messages.go", "commands.go", "frames.go", "timing.go", "patience.go", "symbols.go"} {
		source, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`(?:l\.add\(\w+, |l\.words\(|l\.pause\([^,]*, )"([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
			if !seen[m[1]] {
				t.Errorf("%s: no case finds %s", path, m[1])
			}
		}
	}
}

package lint

import (
	"slices"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// What is a storm: see the purpose of reconnect-storm.
const (
	stormOutage = time.Minute
	stormPart   = 0.25
	stormFew    = 100 // a second, of which any server is capable
	stormSample = 2_000
)

func loadRules() []Rule {
	return []Rule{{
		ID: "reconnect-storm", Severity: report.Warning, check: reconnectStorm,
		Purpose: "A server that comes back must not get all its clients at once: it would go down again. After a minute the delays are " +
			"near their longest, and spread over max × jitter. Where a simulation then shows more than a quarter of the clients in one " +
			"second, and more than 100, that is less than 4 s: too short for logins and TLS, of which a small server does some hundreds a " +
			"second. The fleet is endpoint.clients, or 10,000.",
		Bad: `
reconnect: {max: 30s, jitter: 5%}
`,
		Good: `
reconnect: {max: 30s, jitter: 50%}
`,
	}, {
		ID: "reconnect-together", Severity: report.Warning, check: reconnectTogether,
		Purpose: "Without jitter, clients that lost the server at the same moment dial at the same moments ever after, however few they are.",
		Bad: `
reconnect: {jitter: 0%}
`,
		Good: `
reconnect: {jitter: 30%}
`,
	}, {
		ID: "reconnect-hasty", Severity: report.Warning, check: reconnectHasty,
		Purpose: "The first delay is at least 100 ms. Whatever made the link die is not over sooner, and each client of a server that " +
			"is stopping would dial it several times in vain.",
		Bad: `
reconnect: {initial: 10ms}
`,
		Good: `
reconnect: {initial: 250ms}
`,
	}, {
		ID: "forgives-early", Severity: report.Warning, check: forgivesEarly,
		Purpose: "A link counts as good when it has been ready for a second at least (stable_after). A server that accepts and closes " +
			"would else be dialled after the first delay for ever, as if it had never failed.",
		Bad: `
reconnect: {stable_after: 100ms}
`,
		Good: `
reconnect: {stable_after: 10s}
`,
	}, {
		ID: "gives-up", Severity: report.Warning, check: givesUp,
		Purpose: "A client that gives up stays down when the device comes back, until somebody restarts the program, which nobody " +
			"remembers after a long outage. A slow schedule costs next to nothing.",
		Bad: `
reconnect: {give_up: {attempts: 100}}
`,
		Good: `
reconnect: {max: 5m, give_up: never}
`,
	}, {
		ID: "refusal-by-failure", Severity: report.Info, check: refusalByFailure,
		Purpose: "What is not refused in a login, but fails, counts as refused, and a client that is refused stops. Where the error may " +
			"pass (a busy device, a full table), say so: error: retry, or a time in reconnect.refused.",
		Bad: `
session: {login: [{do: hello}]}
reconnect: {refused: stop}
messages:
  welcome: {receive: "WELCOME"}
  trouble: {receive: "TROUBLE", error: failed, doc: Something is wrong., ref: manual 2}
commands:
  hello: {send: "HELLO", reply: welcome, errors: [trouble], private: true}
`,
		Good: `
session: {login: [{do: hello}]}
reconnect: {refused: 5m}
messages:
  welcome: {receive: "WELCOME"}
  trouble: {receive: "TROUBLE", error: failed, doc: Something is wrong., ref: manual 2}
commands:
  hello: {send: "HELLO", reply: welcome, errors: [trouble], private: true}
`,
	}}
}

func reconnectStorm(s *subject) {
	if s.p.Endpoint.PerCommand || s.p.Reconnect.Jitter == 0 {
		return // there is no fleet of links, or reconnect-together says it
	}
	clients := s.p.Endpoint.Clients
	if clients == 0 {
		clients = explain.DefaultClients
	}
	r := explain.RestartOf(s.p, explain.Options{Clients: min(clients, stormSample)}, stormOutage)
	part := float64(r.Peak) / float64(min(clients, stormSample))
	peak := int(part * float64(clients))
	if part <= stormPart || peak <= stormFew {
		return
	}
	key := "jitter"
	if !s.given(at("reconnect", "jitter")) {
		key = "max"
	}
	s.say(at("reconnect", key), "a longer max or more jitter",
		"a server that was down for a minute gets about %.0f %% of its %d clients in one second: delays are at most %s, of which %s is random",
		part*100, clients, quantity.Duration(s.p.Reconnect.Max), quantity.Percent(s.p.Reconnect.Jitter))
}

func reconnectTogether(s *subject) {
	if s.p.Reconnect.Jitter == 0 && s.p.Endpoint.Clients != 1 {
		s.say(at("reconnect", "jitter"), "50%", "clients that lost the server together dial it together, every time")
	}
}

func reconnectHasty(s *subject) {
	if r := s.p.Reconnect; r.Initial < 100*time.Millisecond {
		s.say(at("reconnect", "initial"), "500ms", "the first delay is %s: what ended the link is not over by then", quantity.Duration(r.Initial))
	}
}

func forgivesEarly(s *subject) {
	if r := s.p.Reconnect; r.StableAfter < time.Second && !s.p.Endpoint.PerCommand {
		s.say(at("reconnect", "stable_after"), "10s", "a link that was ready for %s makes earlier failures forgotten", quantity.Duration(r.StableAfter))
	}
}

func givesUp(s *subject) {
	if r := s.p.Reconnect; r.GiveUpAttempts > 0 || r.GiveUpElapsed > 0 {
		s.say(at("reconnect", "give_up"), "never", "a client that gives up stays down when the device comes back")
	}
}

func refusalByFailure(s *subject) {
	if s.p.Reconnect.Refused > 0 {
		return
	}
	said := map[*model.Command]bool{}
	for _, step := range s.p.Session.Login {
		if step.Do == nil || said[step.Do] {
			continue
		}
		if i := slices.IndexFunc(step.Do.Errors, fails); i >= 0 {
			said[step.Do] = true
			s.say(at("commands", step.Do.Name), "error: retry in the message, or a time in reconnect.refused",
				"%s in answer to it in a login stops the client for good, though it does not say that we are refused", step.Do.Errors[i].Name)
		}
	}
}

// fails reports whether an error never says more than that something went wrong.
func fails(m *model.Message) bool { return m.Error == nil || m.Error.Class == "failed" }

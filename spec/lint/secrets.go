package lint

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

func secretRules() []Rule {
	return []Rule{{
		ID: "secret-unencrypted", Severity: report.Warning, check: secretUnencrypted,
		Purpose: "A secret that is sent as it is, on a link that never has TLS, can be read by everyone on the way. Many a device speaks " +
			"nothing else: then say so, and in which network it may be used. A hash of it (hmac_sha256, or md5 with a challenge) is not read.",
		Bad: `
parameters:
  code: {type: word, secret: true, doc: The access code., ref: manual 2}
session: {login: [{do: login}]}
messages:
  ok: {receive: "OK"}
commands:
  login: {send: "LOGIN {code:secret(word)}", reply: ok, private: true}
`,
		Good: `
endpoint: {port: 7071, tls: always}
parameters:
  code: {type: word, secret: true, doc: The access code., ref: manual 2}
session: {login: [{do: login}]}
messages:
  ok: {receive: "OK"}
commands:
  login: {send: "LOGIN {code:secret(word)}", reply: ok, private: true}
`,
	}, {
		ID: "secret-may-be-plain", Severity: report.Info, check: secretMayBePlain,
		Purpose: "With tls: optional the link is not encrypted unless the caller asks, and a secret is then sent as it is. Write tls: always, " +
			"do the step only when: tls, or say what else protects it.",
		Bad: `
endpoint: {port: 7070, tls: optional}
parameters:
  code: {type: word, secret: true, doc: The access code., ref: manual 2}
session: {login: [{do: login}]}
messages:
  ok: {receive: "OK"}
commands:
  login: {send: "LOGIN {code:secret(word)}", reply: ok, private: true}
`,
		Good: `
endpoint: {port: 7070, tls: optional}
parameters:
  code: {type: word, secret: true, optional: true, doc: The access code., ref: manual 2}
session: {login: [{do: login, when: [tls, code]}]}
messages:
  ok: {receive: "OK"}
commands:
  login: {send: "LOGIN {code:secret(word)}", reply: ok, private: true}
`,
	}}
}

func secretUnencrypted(s *subject) {
	if s.p.Endpoint.TLS == model.TLSNever {
		s.plainSecrets(func(*model.Step) bool { return true }, "say why nobody can listen, in a comment that allows it", "%s is sent as it is, and the link is never encrypted")
	}
}

func secretMayBePlain(s *subject) {
	if s.p.Endpoint.TLS == model.TLSOptional {
		s.plainSecrets(mayBePlain, "tls: always, or a step that is only done when: tls", "%s is sent as it is, and the link is only encrypted if the caller asks for it")
	}
}

// mayBePlain reports whether a step is done without TLS, and without the caller having
// chosen so by another parameter.
func mayBePlain(step *model.Step) bool {
	return !slices.ContainsFunc(step.When, func(c *model.Cond) bool {
		return c.TLS && !c.Not || c.Param != nil && c.Param.HasDefault
	})
}

// plainSecrets says which parameters the session sends as they are, each once.
func (s *subject) plainSecrets(concerned func(*model.Step) bool, hint, format string) {
	sent := map[*model.Field]bool{}
	steps := slices.Concat(s.p.Session.Login, s.p.Session.Ready)
	for _, probe := range s.p.Liveness.Probes() {
		steps = append(steps, probe.Send)
	}
	for _, step := range steps {
		if !concerned(step) {
			continue
		}
		for _, a := range step.With {
			plain(a.Value, sent)
		}
	}
	for _, p := range s.p.Params {
		if sent[p] {
			s.say(at("parameters", p.Name), hint, format, p.Name)
		}
	}
}

// plain collects the secret parameters that can be read from the value of an expression.
func plain(e *model.Expr, into map[*model.Field]bool) {
	if e == nil {
		return
	}
	if e.Param != nil && e.Param.Secret {
		into[e.Param] = true
	}
	if e.Let != nil {
		plain(e.Let.Value, into)
	}
	if hashes(e.Func) {
		return
	}
	for _, a := range e.Args {
		plain(a, into)
	}
}

func hashes(f string) bool {
	return strings.HasPrefix(f, "md5") || strings.HasPrefix(f, "sha") || strings.HasPrefix(f, "hmac_")
}

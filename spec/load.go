package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/language"
	"github.com/linewright/linewright/spec/model"
)

// Finding is one thing that is wrong with a document.
type Finding = report.Finding

// Load reads a document, which name names in findings. It returns the resolved
// protocol or, if there is anything wrong with the document, all that is, by
// place. It does no I/O and keeps neither data nor name.
func Load(name string, data []byte) (*model.Protocol, []Finding) {
	findings := report.NewList(name, data)
	root := document.Load(data, findings)
	if root == nil {
		return nil, findings.Sorted()
	}
	l := newLoader(findings)
	l.load(value{Node: root, path: "$", in: l})
	if findings.Len() > 0 {
		return nil, findings.Sorted()
	}
	return l.p, nil
}

// loader is one document on its way to a protocol.
type loader struct {
	findings *report.List
	p        *model.Protocol
	root     value // the document
	parts    parts
	guesses  int // candidates looked at for hints
	enums    map[*model.Type]*enumValues
	modes    []string                      // login, ready, and those that are named; by their numbers in the model
	watch    func(path string, keys []key) // told of each map that is read; nil but in tests
	// frameDecls are the frames, for what is read after the types.
	frameDecls []*frameDecl
}

func newLoader(findings *report.List) *loader {
	return &loader{findings: findings, p: &model.Protocol{}, enums: map[*model.Type]*enumValues{}}
}

// parts are the pieces of the document that are lowered after all sections
// without templates have been read, because they refer to each other by name.
// The Node of one that the document does not have is nil.
type parts struct {
	types, parameters, messages, commands value
	session, answers                      value
	probes, beats                         []heartbeatPart
	errors                                value // replies.errors
}

// heartbeatPart is what is lowered of a probe or a beat.
type heartbeatPart struct {
	at, send, with value
	from           value // of an interval that the server tells
	probe          *model.Probe
	beat           *model.Beat
}

// later keeps a value for when its turn comes.
func later(into *value) reader { return func(v value) { *into = v } }

// absent reports whether the document does not have this part.
func (v value) absent() bool { return v.Node == nil }

// load reads the sections, fills in defaults, then lowers what refers to names.
func (l *loader) load(root value) {
	if !l.understood(root) {
		return
	}
	l.root = root
	l.declareModes()
	p := l.p
	var reconnect, replies value
	ok := root.mapping("a spec", documented(&p.Named,
		need("linewright", func(value) {}), // understood has read it
		need("vendor", identifier(&p.Name, snake)),
		may("title", text(&p.Title)),
		need("version", version(&p.Version)),
		need("sources", l.sources),
		need("endpoint", l.endpoint),
		may("parameters", later(&l.parts.parameters)),
		may("stream", l.stream),
		need("frames", l.frames),
		may("session", later(&l.parts.session)),
		need("liveness", l.liveness),
		may("answers", later(&l.parts.answers)),
		may("timeouts", l.timeouts),
		may("reconnect", func(v value) { reconnect = v; l.reconnect(v) }),
		need("replies", func(v value) { replies = v; l.replies(v) }),
		may("unexpected", l.unexpected),
		may("types", later(&l.parts.types)),
		may("messages", later(&l.parts.messages)),
		may("commands", later(&l.parts.commands)),
	)...)
	if !ok {
		return
	}
	if vendor := root.Get("vendor"); vendor != nil {
		p.Pos = vendor.Value.Pos
	}
	fill(&p.Title, p.Name)
	l.defaultTimeouts()
	l.defaultReconnect(reconnect)
	l.defaultReplies(replies)
	l.defaultUnexpected()
	fill(&p.Stream.Write, "batch")
	l.lower()
}

// understood reports whether the document is in a version of the language that
// is read here. Of another one, nothing else is worth saying.
func (l *loader) understood(root value) bool {
	if root.Kind != document.Map {
		return true
	}
	e := root.Get("linewright")
	if e == nil {
		return true
	}
	v, version := root.child(e.Value, ".linewright"), language.Current
	integer(&version, 1, 1_000_000)(v)
	if version != language.Current {
		v.fail("language-version", "", "the document is written in version %d of the language; this linewright reads version %d", version, language.Current)
	}
	return version == language.Current
}

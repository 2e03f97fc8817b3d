// Package report holds findings: what is wrong with a document, and where.
//
// A [List] collects the findings of one document in any order; Sorted returns
// them by place, each once, with the source line. [Text] and [JSON] write them
// for people and for programs. Start with [Finding].
//
// Everything a finding quotes comes from a document that nobody has vetted, so
// [Text] escapes whatever could drive a terminal.
package report

// Finding is one thing that is wrong with a document.
type Finding struct {
	File string `json:"file"`
	// Line and Col count from 1, columns in runes. Both are 0 where the
	// finding is about the document as a whole and no place is nearer.
	Line int `json:"line"`
	Col  int `json:"col"`
	// Rule is the stable id of the broken rule.
	Rule string `json:"rule"`
	// Severity is error, warning or info; empty is error.
	Severity string `json:"severity,omitempty"`
	// Path is where in the document's tree, as in $.liveness.probe.every;
	// empty where the document is not YAML enough to have one.
	Path string `json:"path,omitempty"`
	// Message is lower case, without a full stop.
	Message string `json:"message"`
	// Hint says how to put it right; empty where there is no good guess.
	Hint string `json:"hint,omitempty"`
	// Source is the line the finding points at, or the part around the place
	// where the line is long.
	Source string `json:"source,omitempty"`
	// Caret is the column of the place within Source, in runes from 1.
	Caret int `json:"caret,omitempty"`
	// Fingerprint is the same for the same finding in later versions of the
	// document; empty unless [Complete] has made it.
	Fingerprint string `json:"fingerprint,omitempty"`
}

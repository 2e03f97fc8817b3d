package spec

import (
	"io"

	"github.com/linewright/linewright/spec/internal/report"
)

// WriteText writes findings for people: place, message, rule, hint, and the
// source line with a caret. colour is for terminals.
func WriteText(w io.Writer, findings []Finding, colour bool) error {
	if colour {
		return report.ColourText(w, findings)
	}
	return report.Text(w, findings)
}

// WriteJSON writes findings for programs: one array, empty where there is none.
func WriteJSON(w io.Writer, findings []Finding) error { return report.JSON(w, findings) }

// WriteGitHubActions writes findings as annotations of a workflow's run.
func WriteGitHubActions(w io.Writer, findings []Finding) error {
	return report.GitHubActions(w, findings)
}

// RuleText is what SARIF says about a rule.
type RuleText = report.RuleText

// WriteSARIF writes findings for code scanners, in SARIF 2.1.0: version is the
// tool's, and rules are those that there are.
func WriteSARIF(w io.Writer, version string, rules []RuleText, findings []Finding) error {
	return report.SARIF(w, version, rules, findings)
}

// Complete gives findings the severity that they have where none is said, and
// fingerprints, which stay the same in later versions of a document.
func Complete(findings []Finding) []Finding { return report.Complete(findings) }

package lint

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// allowance is a comment that allows what a rule finds on a line.
type allowance struct {
	pos    model.Pos
	line   int // that it is about
	rule   string
	reason string
	used   bool
}

var (
	addressed = regexp.MustCompile(`^#+ *linewright:`)
	allowing  = regexp.MustCompile(`^#+ *linewright: *allow +([^ ]+) *(.*?) *$`)
)

// readAllowances finds those among a document's comments. One at the end of a line is
// about that line, one on a line of its own about the next that is more than a comment.
func readAllowances(data []byte, comments []document.Span) (all []*allowance) {
	lines := strings.Split(string(data), "\n")
	line, begin := 1, 0
	for _, c := range comments {
		for begin+len(lines[line-1]) < c.From {
			begin += len(lines[line-1]) + 1
			line++
		}
		before, text := lines[line-1][:c.From-begin], string(data[c.From:c.To])
		if !addressed.MatchString(text) {
			continue
		}
		a := &allowance{pos: model.Pos{Line: line, Col: utf8.RuneCountInString(before) + 1}, line: line}
		if m := allowing.FindStringSubmatch(text); m != nil {
			a.rule, a.reason = m[1], m[2]
		}
		if strings.TrimSpace(before) == "" {
			a.line = nextLine(lines, line)
		}
		all = append(all, a)
	}
	return all
}

// nextLine is the first line behind one that is neither empty nor a comment.
func nextLine(lines []string, line int) int {
	for line++; line <= len(lines); line++ {
		text := strings.TrimSpace(lines[line-1])
		if text != "" && !strings.HasPrefix(text, "#") {
			break
		}
	}
	return line
}

// allow takes out what is allowed, and adds what is wrong with allowances.
func (s *subject) allow(all []*allowance) []Finding {
	var left []Finding
	for _, f := range s.found {
		if !allowed(f, all) {
			left = append(left, f)
		}
	}
	s.found = left
	for _, a := range all {
		s.judge(a)
	}
	return s.found
}

func allowed(f Finding, all []*allowance) (yes bool) {
	for _, a := range all {
		if a.line == f.Line && a.rule == f.Rule {
			a.used, yes = true, true
		}
	}
	return yes
}

// judge says what is wrong with an allowance, one thing at a time.
func (s *subject) judge(a *allowance) {
	say := func(id, hint, format string, args ...any) {
		r, _ := ruleOf(id)
		s.add(r, a.pos, "", hint, fmt.Sprintf(format, args...))
	}
	rule, known := ruleOf(a.rule)
	switch {
	case a.rule == "":
		say("allow-unknown", "write linewright: allow RULE, and why", "a comment to linewright that it does not understand")
	case refused(a.rule):
		say("allow-error", "", "%s is an error: there is no client of such a document, allowed or not", a.rule)
	case !known:
		say("allow-unknown", "linewright rules lists them", "there is no rule %s", a.rule)
	case rule.check == nil:
		say("allow-error", "", "%s is about allowances themselves", a.rule)
	case a.reason == "":
		say("allow-unreasoned", "say it behind the rule's name", "nothing says why %s is allowed here", a.rule)
	case !a.used && s.p != nil:
		say("allow-unused", "take the comment out, or put it above the line that it is about", "%s finds nothing on line %d", a.rule, a.line)
	}
}

func ruleOf(id string) (Rule, bool) {
	for _, r := range Rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// refused reports whether the loader or the generator has such a rule.
func refused(id string) bool {
	for _, r := range spec.Rules() {
		if r.ID == id {
			return true
		}
	}
	return false
}

func allowanceRules() []Rule {
	return []Rule{{
		ID: "allow-unreasoned", Severity: report.Warning,
		Purpose: "An allowance says why: who reads it next must be able to tell whether it still holds.",
		Bad: `
reconnect:
  give_up: {attempts: 100} # linewright: allow gives-up
`,
		Good: `
reconnect:
  give_up: {attempts: 100} # linewright: allow gives-up the gauge is only there while it is serviced
`,
	}, {
		ID: "allow-unused", Severity: report.Warning,
		Purpose: "An allowance of something that is no longer found is taken out; else it would hide it when it comes back.",
		Bad: `
# linewright: allow gives-up the gauge is only there while it is serviced
reconnect: {max: 1m}
`,
		Good: `
reconnect: {max: 1m}
`,
	}, {
		ID: "allow-unknown", Severity: report.Warning,
		Purpose: "An allowance names a rule that there is; a mistyped one allows nothing.",
		Bad: `
# linewright: allow give-up the gauge is only there while it is serviced
reconnect: {max: 1m}
`,
		Good: `
# The gauge is only there while it is serviced.
reconnect: {max: 1m}
`,
	}, {
		ID: "allow-error", Severity: report.Warning,
		Purpose: "Only warnings and information can be allowed: what is an error leaves no client to be made.",
		Bad: `
# linewright: allow bound-missed we do not need it that fast
reconnect: {max: 1m}
`,
		Good: `
reconnect: {max: 1m}
`,
	}}
}

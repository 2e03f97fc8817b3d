package report

import (
	"fmt"
	"io"
	"strings"
)

// Annotation is one line of a workflow's run on GitHub, at a place of a file.
type Annotation struct {
	Level     string // error, warning, notice
	File      string
	Line, Col int // 0: it is about the whole file
	Title     string
	Message   string
}

// String is the workflow command, with its line's end.
func (a Annotation) String() string {
	at := "file=" + property(a.File)
	if a.Line > 0 {
		at += fmt.Sprintf(",line=%d,col=%d", a.Line, a.Col)
	}
	return fmt.Sprintf("::%s %s,title=%s::%s\n", a.Level, at, property(a.Title), data(visible(a.Message)))
}

// data and property escape what would end an annotation, or one of its properties.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string { return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s)) }

// GitHubActions writes findings as annotations of a workflow's run, which show beside
// the line in a pull request.
func GitHubActions(w io.Writer, findings []Finding) error {
	var b strings.Builder
	for _, f := range findings {
		level := map[string]string{Warning: Warning, Info: "notice"}[f.Severity]
		if level == "" {
			level = "error"
		}
		message := f.Message
		if f.Hint != "" {
			message += " (hint: " + f.Hint + ")"
		}
		b.WriteString(Annotation{level, f.File, f.Line, f.Col, f.Rule, message}.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

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

package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Without its escapes the coloured text is the plain one, and no escape of the
// document's own gets through.
func TestColourTextIsTheSameText(t *testing.T) {
	findings := []Finding{
		{File: "a.yaml", Line: 2, Col: 3, Rule: "unit", Message: "no\x1b[2J unit", Hint: "10s", Source: "x: 10", Caret: 4},
		{File: "b.yaml", Rule: "empty", Message: "empty"},
	}
	var ordinary, colour strings.Builder
	require.NoError(t, Text(&ordinary, findings))
	require.NoError(t, ColourText(&colour, findings))
	require.Contains(t, colour.String(), "\x1b[1ma.yaml:2:3:")

	stripped := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colour.String(), "")
	require.Equal(t, ordinary.String(), stripped)
	require.NotContains(t, stripped, "\x1b")
}

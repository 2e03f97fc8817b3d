package report

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// written is what SARIF writes of findings, which is as the standard wants it.
func written(t *testing.T, rules []RuleText, findings []Finding) sarifRun {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, SARIF(&b, "v1", rules, findings))
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	require.NoError(t, standard(t).Validate(doc), b.String())
	var log sarifLog
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	require.Len(t, log.Runs, 1)
	return log.Runs[0]
}

// standard is what OASIS SARIF 2.1.0 says of the objects that are written, in the words
// of a JSON Schema.
func standard(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("testdata/sarif.schema.json")
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("sarif.json", doc))
	s, err := c.Compile("sarif.json")
	require.NoError(t, err)
	return s
}

// TestSARIF: each result points at its rule, which says what is known of it.
func TestSARIF(t *testing.T) {
	findings := Complete([]Finding{
		{File: "my spec.yaml", Line: 3, Col: 5, Rule: "unit", Path: "$.a", Message: "no unit", Hint: "10s"},
		{File: "<stdin>", Rule: "gives-up", Severity: Info, Message: "it gives up"},
		{File: "my spec.yaml", Line: 9, Col: 5, Rule: "unit", Path: "$.a", Message: "no unit"},
	})
	require.NotEqual(t, findings[0].Fingerprint, findings[2].Fingerprint)
	run := written(t, []RuleText{{"unit", Error, "units"}}, findings)
	require.Equal(t, "linewright", run.Tool.Driver.Name)
	require.Len(t, run.Tool.Driver.Rules, 2)
	require.Equal(t, "units", run.Tool.Driver.Rules[0].Text.Text)
	for _, r := range run.Results {
		require.Equal(t, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
	}
	require.Equal(t, "my%20spec.yaml", run.Results[0].Locations[0].Physical.Artifact.URI)
	require.Equal(t, "%3Cstdin%3E", run.Results[1].Locations[0].Physical.Artifact.URI)
	require.Nil(t, run.Results[1].Locations[0].Physical.Region)
}

// TestSARIFIsWhatTheStandardWants whatever is found where: in files of odd names, in
// none, of each severity, and nothing at all.
func TestSARIFIsWhatTheStandardWants(t *testing.T) {
	require.Empty(t, written(t, nil, nil).Results)
	var findings []Finding
	for _, file := range []string{"a.yaml", "/tmp/a b.yaml", "a:b#c?d%e.yaml", "../ü/a.yaml", `back\slash.yaml`, "<stdin>", "new\nline.yaml"} {
		for _, severity := range []string{"", Error, Warning, Info} {
			findings = append(findings,
				Finding{File: file, Rule: "unit", Severity: severity, Message: "not \x1b[2J a unit \xff " + strings.Repeat("x", 1000)},
				Finding{File: file, Rule: "empty", Severity: severity, Message: "empty", Line: 1, Col: 1, Path: `$.messages["a b"]`})
		}
	}
	require.Len(t, written(t, nil, Complete(findings)).Results, len(findings))
}

package report

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSARIF: what the standard requires of a log is there (OASIS SARIF 2.1.0, 3.13 to
// 3.52), and each result points at its rule.
func TestSARIF(t *testing.T) {
	findings := Complete([]Finding{
		{File: "my spec.yaml", Line: 3, Col: 5, Rule: "unit", Path: "$.a", Message: "no unit", Hint: "10s"},
		{File: "<stdin>", Rule: "gives-up", Severity: Info, Message: "it gives up"},
		{File: "my spec.yaml", Line: 9, Col: 5, Rule: "unit", Path: "$.a", Message: "no unit"},
	})
	require.NotEqual(t, findings[0].Fingerprint, findings[2].Fingerprint)
	var b bytes.Buffer
	require.NoError(t, SARIF(&b, "v1", []RuleText{{"unit", Error, "units"}}, findings))
	var log sarifLog
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(&log))
	require.Equal(t, "2.1.0", log.Version)
	require.Len(t, log.Runs, 1)
	run := log.Runs[0]
	require.Equal(t, "linewright", run.Tool.Driver.Name)
	require.Len(t, run.Tool.Driver.Rules, 2)
	require.Equal(t, "units", run.Tool.Driver.Rules[0].Text.Text)
	for _, r := range run.Results {
		require.Equal(t, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		require.Contains(t, []string{"error", "warning", "note"}, r.Level)
		require.NotEmpty(t, r.Message.Text)
	}
	require.Equal(t, "my%20spec.yaml", run.Results[0].Locations[0].Physical.Artifact.URI)
	require.Equal(t, "%3Cstdin%3E", run.Results[1].Locations[0].Physical.Artifact.URI)
	require.Nil(t, run.Results[1].Locations[0].Physical.Region)
}

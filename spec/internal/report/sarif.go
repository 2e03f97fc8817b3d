package report

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

// RuleText is what SARIF says about a rule.
type RuleText struct{ ID, Severity, Purpose string }

// The parts of SARIF 2.1.0 (OASIS) that are written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		URI     string      `json:"informationUri"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Text    sarifText    `json:"shortDescription"`
		Default sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
		Col  int `json:"startColumn"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
)

// SARIF writes completed findings in the format of code scanners. The rules are those
// that findings may name; of others only the id is known.
func SARIF(w io.Writer, version string, rules []RuleText, findings []Finding) error {
	driver := sarifDriver{
		Name: "linewright", URI: "https://github.com/linewright/linewright", Version: version, Rules: []sarifRule{},
	}
	results := []sarifResult{}
	for _, f := range findings {
		index := slices.IndexFunc(driver.Rules, func(r sarifRule) bool { return r.ID == f.Rule })
		if index < 0 {
			index = len(driver.Rules)
			driver.Rules = append(driver.Rules, describe(f.Rule, f.Severity, rules))
		}
		results = append(results, result(f, index))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{Tool: sarifTool{driver}, ColumnKind: "unicodeCodePoints", Results: results}},
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, escapeInvisible(b.String()))
	return err
}

func describe(id, severity string, rules []RuleText) sarifRule {
	text := id
	for _, r := range rules {
		if r.ID == id {
			text, severity = r.Purpose, r.Severity
		}
	}
	return sarifRule{id, sarifText{text}, sarifDefault{sarifLevel(severity)}}
}

func result(f Finding, index int) sarifResult {
	message := f.Message
	if f.Hint != "" {
		message += " (hint: " + f.Hint + ")"
	}
	place := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{fileURI(f.File)}}}
	if f.Line > 0 {
		place.Physical.Region = &sarifRegion{f.Line, f.Col}
	}
	if f.Path != "" {
		place.Logical = []sarifLogical{{f.Path}}
	}
	r := sarifResult{
		RuleID: f.Rule, RuleIndex: index, Level: sarifLevel(f.Severity), Message: sarifText{message}, Locations: []sarifLocation{place},
	}
	if f.Fingerprint != "" {
		r.Fingerprints = map[string]string{"linewright/v1": f.Fingerprint}
	}
	return r
}

// fileURI is a relative reference, or file:///… of an absolute path. What is no file
// has a name with brackets, which are escaped.
func fileURI(name string) string {
	slashed := filepath.ToSlash(name)
	u := url.URL{Path: slashed}
	switch {
	case strings.HasPrefix(slashed, "/"):
		u.Scheme = "file"
	case filepath.VolumeName(name) != "":
		u.Scheme, u.Path = "file", "/"+slashed
	}
	return u.String()
}

func sarifLevel(severity string) string {
	if severity == Info {
		return "note"
	}
	return severity
}

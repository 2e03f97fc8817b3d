package spec_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
)

// reporters are the functions that report findings: the first text that they
// are given is the rule, but for that of report.List.Add, which is written so
// too.
var reporters = []string{"fail", "failAt", "fatal", "mistake", "refuse", "Add"}

var ruleForm = regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`)

// TestRulesAreThoseThatAreReported: the list has each rule that the code names, and
// no other.
func TestRulesAreThoseThatAreReported(t *testing.T) {
	var listed []string
	for _, r := range spec.Rules() {
		listed = append(listed, r.ID)
	}
	require.Equal(t, ruleNames(t), listed)
}

// ruleTable is the reference's list of rules.
func ruleTable() table {
	w := table{head: "| rule | what is wrong |\n|---|---|\n"}
	for _, r := range spec.Rules() {
		w.rows = append(w.rows, row{name: r.ID, text: r.Wrong})
	}
	return w
}

// ruleNames are all rules that the packages of the language report, and what
// the generator has to say about a document.
func ruleNames(t *testing.T) []string {
	t.Helper()
	rules := map[string]bool{}
	var files []string
	for _, pattern := range []string{"*.go", "internal/*/*.go", "../generator/*.go"} {
		more, err := filepath.Glob(pattern)
		require.NoError(t, err)
		files = append(files, more...)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			_, isCall := n.(*ast.CallExpr)
			if isCall && strings.HasPrefix(name, "../") {
				return true // what the generator reports there has no rule of its own
			}
			for _, rule := range rulesIn(n) {
				if ruleForm.MatchString(rule) && rule != "internal" {
					rules[rule] = true
				}
			}
			return true
		})
	}
	return slices.Sorted(func(yield func(string) bool) {
		for rule := range rules {
			if !yield(rule) {
				return
			}
		}
	})
}

// rulesIn are the rules that a node names: an argument of what reports, a
// constant Rule…, the field Rule of a literal.
func rulesIn(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if !slices.Contains(reporters, called(n)) {
			return nil
		}
		for _, arg := range n.Args {
			if text, ok := stringOf(arg); ok {
				return []string{text}
			}
		}
	case *ast.ValueSpec:
		if strings.HasPrefix(n.Names[0].Name, "Rule") && len(n.Values) > 0 {
			text, _ := stringOf(n.Values[0])
			return []string{text}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Rule" {
			text, _ := stringOf(n.Value)
			return []string{text}
		}
	}
	return nil
}

func called(n *ast.CallExpr) string {
	switch f := n.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func stringOf(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

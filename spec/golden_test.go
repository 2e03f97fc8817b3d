package spec_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/samples"
)

var update = flag.Bool("update", false, "write what the documents in testdata become")

// document adds what every document needs to a fragment, and says how many lines
// that has.
func document(fragment string) (doc string, lines int) { return samples.Whole(fragment) }

// outcome is what a fragment becomes: its model, or the findings with places in
// the fragment. Missing examples are left out but where a case is about them.
func outcome(fragment string, vectors bool) string {
	doc, lines := document(fragment)
	p, findings := spec.LoadAnyway("case.yaml", []byte(doc))
	findings = slices.DeleteFunc(findings, func(f spec.Finding) bool { return !vectors && f.Rule == "vector-missing" })
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%d:%d %s: %s", f.Line-lines, f.Col, f.Rule, f.Message)
		if f.Hint != "" {
			fmt.Fprintf(&b, " (%s)", f.Hint)
		}
		b.WriteByte('\n')
	}
	if len(findings) == 0 {
		dumpProtocol(&b, p)
		if _, err := dynamic.Open(p); err != nil {
			fmt.Fprintf(&b, "CANNOT BE RUN: %v\n", err)
		}
	}
	return b.String()
}

// TestGolden loads the cases of testdata/lower: NAME.yaml becomes NAME.want.
// Each file is about one construct, with what can be wrong with it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/lower/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		vectors := strings.HasSuffix(file, "vectors.txtar")
		var out []txtar.File
		for i, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".yaml")
			if !ok {
				continue
			}
			got := outcome(string(f.Data), vectors)
			out = append(out, f, txtar.File{Name: name + ".want", Data: []byte(got)})
			if *update {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+name, func(t *testing.T) {
				require.Greater(t, len(archive.Files), i+1, "no .want")
				require.Equal(t, string(archive.Files[i+1].Data), got)
			})
		}
		if *update {
			archive.Files = out
			require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
		}
	}
}

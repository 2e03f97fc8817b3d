// Package samples finds the documents that are at hand, right ones and wrong ones,
// for tests that look at all of them: those of vendors, of the test data, and the
// examples of the reference.
package samples

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// prelude is what every document needs and no case is about. A case that has
// one of its keys replaces that line.
const prelude = `linewright: 1
vendor: test
version: 1.0.0
sources: {manual: rev A}
endpoint: {port: 1, tls: optional}
frames: {line: {ends: LF, max: 4KiB}}
liveness: {detect_within: 15s, keepalive: {idle: 5s, interval: 2s, count: 3}}
replies: {match: kind}
`

// Whole adds the prelude to a fragment, and says how many lines it has. What is
// whole already stays as it is.
func Whole(fragment string) (doc string, lines int) {
	written := strings.Split(fragment, "\n")
	if slices.ContainsFunc(written, func(l string) bool { return strings.HasPrefix(l, "linewright:") }) {
		return fragment, 0
	}
	var b strings.Builder
	for line := range strings.Lines(prelude) {
		key, _, _ := strings.Cut(line, ":")
		if !slices.ContainsFunc(written, func(l string) bool { return strings.HasPrefix(l, key+":") }) {
			b.WriteString(line)
			lines++
		}
	}
	return b.String() + fragment, lines
}

// Document is one of them.
type Document struct{ Name, Text string }

var blocks = regexp.MustCompile("(?ms)^```yaml\n(.*?)^```\n")

// All are the documents below the module's root, fragments made whole.
func All(root string) ([]Document, error) {
	var all []Document
	for _, pattern := range []string{
		"spec/vendors/*.yaml", "spec/testdata/*.yaml", "spec/dynamic/testdata/*.yaml", "benchmarks/*/*.yaml",
		"spec/testdata/lower/*.txtar", "generator/testdata/*.txtar", "spec/README.md",
	} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			all = append(all, documents(filepath.Base(file), data)...)
		}
	}
	return all, nil
}

// documents are those in a file.
func documents(name string, data []byte) []Document {
	var all []Document
	switch filepath.Ext(name) {
	case ".txtar":
		for _, f := range txtar.Parse(data).Files {
			if strings.HasSuffix(f.Name, ".yaml") {
				doc, _ := Whole(string(f.Data))
				all = append(all, Document{name + "/" + f.Name, doc})
			}
		}
	case ".md":
		for _, m := range blocks.FindAllSubmatch(data, -1) {
			doc, _ := Whole(string(m[1]))
			all = append(all, Document{name, doc})
		}
	default:
		all = append(all, Document{name, string(data)})
	}
	return all
}

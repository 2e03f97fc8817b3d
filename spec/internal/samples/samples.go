// Package samples finds the documents that are at hand, right ones and wrong ones,
// for tests that look at all of them: those of vendors, of the test data, and the
// examples of the reference and of the rules.
package samples

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
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

var (
	repeated = regexp.MustCompile(`(?m)^(.*) # (\d+) of these\n`)
	times    = regexp.MustCompile(`‹(\d+)×([^›]*)›`)
	octet    = regexp.MustCompile(`‹([0-9A-F]{2})›`)
)

// Written is the example of a rule with all that it only hints at: see spec.Rule.
func Written(example string) string {
	number := func(text string) int { n, _ := strconv.Atoi(text); return n }
	example = repeated.ReplaceAllStringFunc(example, func(line string) string {
		m := repeated.FindStringSubmatch(line)
		var b strings.Builder
		for n := 1; n <= number(m[2]); n++ {
			b.WriteString(strings.NewReplacer("‹n›", strconv.Itoa(n), "‹n-1›", strconv.Itoa(n-1)).Replace(m[1]) + "\n")
		}
		return b.String()
	})
	example = times.ReplaceAllStringFunc(example, func(text string) string {
		m := times.FindStringSubmatch(text)
		return strings.Repeat(m[2], number(m[1]))
	})
	return octet.ReplaceAllStringFunc(example, func(text string) string {
		n, _ := strconv.ParseUint(octet.FindStringSubmatch(text)[1], 16, 8)
		return string([]byte{byte(n)})
	})
}

// Document is one of them.
type Document struct{ Name, Text string }

var blocks = regexp.MustCompile("(?ms)^```yaml\n(.*?)^```\n")

// All are the documents below the module's root, fragments made whole.
func All(root string) ([]Document, error) {
	var all []Document
	for _, pattern := range []string{
		"spec/vendors/*.yaml", "spec/testdata/*.yaml", "spec/dynamic/testdata/*.yaml", "benchmarks/*/*.yaml",
		"spec/testdata/lower/*.txtar", "generator/testdata/*.txtar", "spec/README.md", "spec/rules.yaml",
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
	switch ext := filepath.Ext(name); {
	case name == "rules.yaml":
		return ofRules(data)
	case ext == ".txtar":
		for _, f := range txtar.Parse(data).Files {
			if strings.HasSuffix(f.Name, ".yaml") {
				doc, _ := Whole(string(f.Data))
				all = append(all, Document{name + "/" + f.Name, doc})
			}
		}
	case ext == ".md":
		for _, m := range blocks.FindAllSubmatch(data, -1) {
			doc, _ := Whole(string(m[1]))
			all = append(all, Document{name, doc})
		}
	default:
		all = append(all, Document{name, string(data)})
	}
	return all
}

// ofRules are the examples of the rules, but for those that are made of many lines.
func ofRules(data []byte) (all []Document) {
	for _, rule := range document.Load(data, report.NewList("rules.yaml", data)).Keys {
		for _, key := range []string{"bad", "good"} {
			if text := rule.Value.Get(key).Value.Value; !strings.Contains(text, "‹") {
				doc, _ := Whole(text)
				all = append(all, Document{"rules.yaml/" + rule.Key + "." + key, doc})
			}
		}
	}
	return all
}

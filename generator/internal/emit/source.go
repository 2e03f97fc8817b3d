package emit

import (
	"maps"
	"regexp"
	"strings"

	"github.com/dave/jennifer/jen"
)

// importNames are the packages that generated code may name, by their names.
var importNames = map[string]string{
	"runtime": runtimePath, "session": sessionPath, "wire": wirePath, "expr": exprPath, "device": devicePath,
	"bytes": "bytes", "tls": "crypto/tls", "slog": "log/slog", "context": "context", "json": "encoding/json", "fmt": "fmt", "iter": "iter",
	"slices": "slices", "strconv": "strconv", "strings": "strings", "time": "time",
}

var qualified = regexp.MustCompile(`\b([a-z]+)\.([A-Z]\w*)`)

// Source is a declaration that does not depend on the spec, written as it will
// be read. Packages that it names are imported.
type Source string

func (s Source) code() []jen.Code { return []jen.Code{source(string(s), importNames)} }

// source turns text into code, and the names of imports into imports.
func source(text string, imports map[string]string) *jen.Statement {
	out := jen.Null()
	for line := range strings.SplitAfterSeq(strings.Trim(text, "\n")+"\n", "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			out.Op(line)
			continue
		}
		at := 0
		for _, m := range qualified.FindAllStringSubmatchIndex(line, -1) {
			path := imports[line[m[2]:m[3]]]
			if path == "" {
				continue // a method of a variable
			}
			out.Op(line[at:m[0]]).Qual(path, line[m[4]:m[5]])
			at = m[1]
		}
		out.Op(line[at:])
	}
	return out
}

// Package is the client's package, as another one imports it.
type Package struct {
	Path string
	Name string // that the importing file gives it
}

// qual is a name of the package: acme.Reading.
func (p Package) qual(name string) *jen.Statement { return jen.Qual(p.Path, name) }

// sources are declarations that do not depend on the spec, but for the client's
// package, which they call client.
func (p Package) sources(text string) []jen.Code {
	imports := maps.Clone(importNames)
	imports["client"] = p.Path
	var list []jen.Code
	for _, part := range split(text) {
		var lines strings.Builder
		for line := range strings.SplitAfterSeq(string(part), "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "//") {
				line = strings.ReplaceAll(line, "client.", p.Name+".")
			}
			lines.WriteString(line)
		}
		list = append(list, source(lines.String(), imports))
	}
	return list
}

package emit

import (
	"regexp"
	"strings"

	"github.com/dave/jennifer/jen"
)

// importNames are the packages that generated code may name, by their names.
var importNames = map[string]string{
	"runtime": runtimePath, "session": sessionPath, "wire": wirePath, "expr": exprPath,
	"bytes": "bytes", "tls": "crypto/tls", "slog": "log/slog", "context": "context", "json": "encoding/json", "fmt": "fmt", "iter": "iter",
	"slices": "slices", "strconv": "strconv", "strings": "strings", "time": "time",
}

var qualified = regexp.MustCompile(`\b([a-z]+)\.([A-Z]\w*)`)

// Source is a declaration that does not depend on the spec, written as it will
// be read. Packages that it names are imported.
type Source string

func (s Source) code() []jen.Code {
	out := jen.Null()
	for line := range strings.SplitAfterSeq(strings.Trim(string(s), "\n")+"\n", "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			out.Op(line)
			continue
		}
		at := 0
		for _, m := range qualified.FindAllStringSubmatchIndex(line, -1) {
			path := importNames[line[m[2]:m[3]]]
			if path == "" {
				continue // a method of a variable
			}
			out.Op(line[at:m[0]]).Qual(path, line[m[4]:m[5]])
			at = m[1]
		}
		out.Op(line[at:])
	}
	return []jen.Code{out}
}

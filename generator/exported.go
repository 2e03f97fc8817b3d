package generator

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"strings"
)

// Exported is what the client's package among files exports, as Go source by name:
// "Reading", "Reading.Channel", "(*Client).Read", "UnitBar". Two versions of a package
// that agree in it compile with the same programs. What the fake exports is left out.
func Exported(files []File) (map[string]string, error) {
	symbols := map[string]string{}
	for _, f := range files {
		if strings.Contains(f.Name, "/") || !strings.HasSuffix(f.Name, ".go") {
			continue // the fake's
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range parsed.Decls {
			exportedDecl(symbols, d)
		}
	}
	return symbols, nil
}

func exportedDecl(symbols map[string]string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if !d.Name.IsExported() {
			return
		}
		name := d.Name.Name
		if d.Recv != nil {
			recv := source(d.Recv.List[0].Type)
			if !ast.IsExported(strings.TrimPrefix(recv, "*")) {
				return
			}
			name = "(" + recv + ")." + name
		}
		symbols[name] = source(d.Type)
	case *ast.GenDecl:
		for _, s := range d.Specs {
			exportedSpec(symbols, s)
		}
	}
}

func exportedSpec(symbols map[string]string, s ast.Spec) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for i, n := range s.Names {
			if !n.IsExported() {
				continue
			}
			text := ""
			if s.Type != nil {
				text = source(s.Type)
			}
			if i < len(s.Values) {
				text = strings.TrimSpace(text + " = " + source(s.Values[i]))
			}
			symbols[n.Name] = text
		}
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return
		}
		t, isStruct := s.Type.(*ast.StructType)
		if !isStruct {
			symbols[s.Name.Name] = source(s.Type)
			return
		}
		symbols[s.Name.Name] = "struct"
		for _, f := range t.Fields.List {
			for _, n := range f.Names {
				if n.IsExported() {
					symbols[s.Name.Name+"."+n.Name] = source(f.Type)
				}
			}
		}
	}
}

// source is a piece of syntax on one line, without comments.
func source(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

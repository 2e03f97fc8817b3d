package scaffold

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"strings"
	"text/template"
)

// Options are what the files depend on.
type Options struct {
	Name    string // the vendor's, in snake_case
	Package string // that of the folder
	Import  string // what the folder is imported as
	Module  string // of the go.mod to be written; empty: there is one
	// Workflow is where the workflow goes, seen from the folder, and Below where
	// the folder is, seen from the repository's root: "." for that itself. Mod is
	// where go.mod is, seen from there.
	Workflow, Below, Mod string
	Schema               []byte
}

// Go is the name of the generated package.
func (o Options) Go() string { return strings.ReplaceAll(o.Name, "_", "") }

// Alias is the name by which the package is imported, with a blank behind it;
// empty where its folder says it.
func (o Options) Alias() string {
	if o.Go() == o.Name {
		return ""
	}
	return o.Go() + " "
}

// File is one to be written.
type File struct {
	Name string // seen from the folder, with slashes
	Data []byte
}

//go:embed templates
var templates embed.FS

var parsed = template.Must(template.New("").ParseFS(templates, "templates/*"))

// Files are all of them, in the order in which one reads them.
func Files(o Options) ([]File, error) {
	names := [][2]string{
		{o.Name + ".yaml", "device.yaml"},
		{"generate.go", "generate.go.tmpl"},
		{"device_test.go", "device_test.go.tmpl"},
		{path.Join(o.Workflow, o.Name+".yaml"), "workflow.yaml"},
	}
	if o.Module != "" {
		names = append(names, [2]string{"go.mod", "mod.tmpl"})
	}
	var files []File
	for _, name := range names {
		var b bytes.Buffer
		if err := parsed.ExecuteTemplate(&b, name[1], o); err != nil {
			return nil, fmt.Errorf("%s: %w", name[0], err)
		}
		files = append(files, File{name[0], b.Bytes()})
	}
	return append(files, File{SchemaName, o.Schema}), nil
}

// SchemaName is the file with the JSON Schema, beside the document.
const SchemaName = "linewright.schema.json"

package main

import (
	"errors"
	"fmt"
	"go/build"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/linewright/linewright/cmd/internal/scaffold"
	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/language"
	"github.com/linewright/linewright/spec/schema"
)

// initCommand is `init`.
type initCommand struct {
	Dir    string `arg:"" name:"DIR" help:"The folder; it is made if it is not there. Nothing in it is overwritten."`
	Name   string `placeholder:"NAME" help:"What the device, its document and its Go package are called. Default: after the folder."`
	Module string `placeholder:"PATH" help:"The module path, where DIR is in no Go module and go.mod is written. Default: example.com/NAME."`
}

// Run writes a document that teaches, and what goes with it: all files or none.
func (c *initCommand) Run(o *terminal) error {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return err
	}
	h, err := c.home(dir)
	if err != nil {
		return err
	}
	files, err := h.files()
	if err != nil {
		return err
	}
	if err := createFiles(c.Dir, files); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintln(o.out, filepath.Join(c.Dir, filepath.FromSlash(f.Name)))
	}
	h.next(o, c.Dir)
	return nil
}

// home is the folder that a device is to live in.
type home struct {
	dir, name string
	scaffold.Options
	tool bool // the module has linewright as a tool
}

func (c *initCommand) home(dir string) (*home, error) {
	h := &home{dir: dir, name: c.Name}
	if h.name == "" {
		if h.name = plainName(filepath.Base(dir)); h.name == "" {
			return nil, usageError{fmt.Errorf("no name can be made of %q: say --name NAME", filepath.Base(dir))}
		}
	}
	if err := checkName(h.name); err != nil {
		return nil, usageError{err}
	}
	h.Options = scaffold.Options{Name: h.name, Schema: schema.JSON()}
	root, err := h.inModule(c.Module)
	if err != nil {
		return nil, err
	}
	h.Package = packageIn(dir, h.Go())
	return h, h.inRepository(root)
}

// plainName is what is left of a folder's name as a vendor's; empty where that is
// none.
func plainName(folder string) string {
	name := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, strings.ToLower(folder))
	if !language.SnakeForm.MatchString(name) || len(name) > language.MaxName || token.IsKeyword(name) {
		return ""
	}
	return name
}

// checkName complains about a name that no vendor can have.
func checkName(name string) error {
	if !language.SnakeForm.MatchString(name) || len(name) > language.MaxName {
		return fmt.Errorf("%q is not a name: want snake_case, as in tank_gauge", name)
	}
	return nil
}

// inModule finds the module that the folder is in, and gives its folder; where
// there is none, one is begun in the folder.
func (h *home) inModule(path string) (root string, err error) {
	root, mod, err := findModule(h.dir)
	switch {
	case err != nil:
		return "", err
	case root == "":
		if path == "" {
			path = "example.com/" + h.name
		}
		if err := module.CheckImportPath(path); err != nil {
			return "", usageError{err}
		}
		h.Options.Module, h.Import = path, path
		return h.dir, nil
	case path != "":
		return "", usageError{fmt.Errorf("%s is in module %s: --module is for a folder that is in none", h.dir, modfile.ModulePath(mod))}
	}
	h.tool = hasTool(mod)
	h.Import, err = below(root, mod, h.dir)
	return root, err
}

// self is the command as a tool of modules.
const self = "github.com/linewright/linewright/cmd/linewright"

// hasTool reports whether a go.mod has this command as a tool, or is our own.
func hasTool(mod []byte) bool {
	file, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return false
	}
	for _, tool := range file.Tool {
		if tool.Path == self {
			return true
		}
	}
	return strings.HasPrefix(self, modfile.ModulePath(mod)+"/")
}

// inRepository places the workflow: GitHub looks for it at the repository's root.
// A folder that is in no repository yet is taken for one.
func (h *home) inRepository(root string) error {
	repository := h.dir
	for at := h.dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			repository = at
			break
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	up, err := filepath.Rel(h.dir, repository)
	down, err2 := filepath.Rel(repository, h.dir)
	mod, err3 := filepath.Rel(repository, filepath.Join(root, "go.mod"))
	h.Workflow, h.Below, h.Mod = filepath.ToSlash(filepath.Join(up, ".github", "workflows")), filepath.ToSlash(down), filepath.ToSlash(mod)
	return errors.Join(err, err2, err3)
}

// packageIn is the name of the package that is in a folder already; of one that has
// none, what the folder is called, or else another.
func packageIn(dir, other string) string {
	if p, _ := build.ImportDir(dir, 0); p != nil && p.Name != "" {
		return p.Name
	}
	if name := plainName(filepath.Base(dir)); name != "" {
		return name
	}
	return other
}

// files are what is written. What would not work is refused before: a name that
// cannot be a Go package's, for instance.
func (h *home) files() ([]scaffold.File, error) {
	files, err := scaffold.Files(h.Options)
	if err != nil {
		return nil, err
	}
	protocol, findings := spec.Load(files[0].Name, files[0].Data)
	if len(findings) > 0 {
		return nil, usageError{fmt.Errorf("%q cannot be the name: %s", h.name, findings[0].Message)}
	}
	_, problems := generator.Generate(protocol, generator.Options{ImportPath: h.Import + "/" + h.name})
	if len(problems) > 0 {
		return nil, usageError{fmt.Errorf("%q cannot be the name: %s", h.name, problems[0].Message)}
	}
	return files, nil
}

// next says what to do now.
func (h *home) next(o *terminal, dir string) {
	fmt.Fprintln(o.out, "\nNext:")
	if filepath.Clean(dir) != "." {
		fmt.Fprintf(o.out, "  cd %s\n", dir)
	}
	if !h.tool {
		fmt.Fprintf(o.out, "  go get -tool %s@latest\n", self)
	}
	fmt.Fprint(o.out, "  go generate ./...\n  go test ./...\n")
}

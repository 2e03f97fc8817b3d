package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/model"
)

// breakingCommand is `breaking`.
type breakingCommand struct {
	Against string `required:"" placeholder:"FILE|REF:PATH" help:"The version to compare with: a file, or a path at a commit of the git repository that SPEC is in, as in main:acme.yaml. Below SPEC's folder, write REF:./acme.yaml."`
	Allow   string `placeholder:"FILE" help:"A list of changes that are allowed, each with its reason."`
	Format  string `enum:"text,json,github-actions,markdown" default:"text" help:"How to print the changes: ${enum}."`
	Spec    string `arg:"" name:"SPEC" help:"The document; - is standard input."`
}

// Help is what --help says above the flags.
func (*breakingCommand) Help() string {
	return `The exit code is 1 where something breaks that is not allowed, or the version has not moved far enough, and 2 where
a document or the list is not right itself.`
}

// Run prints what has changed; it fails where somebody is broken, or the version has
// not moved as far as it must.
func (c *breakingCommand) Run(o *terminal) error {
	now, err := o.read(c.Spec)
	if err != nil {
		return err
	}
	old, err := o.version(c.Against, c.Spec)
	if err != nil {
		return err
	}
	before, err := o.load(old)
	if err != nil {
		return err
	}
	after, err := o.load(now)
	if err != nil {
		return err
	}
	allow, err := o.allowed(c.Allow)
	if err != nil {
		return err
	}
	changes, advice, err := o.compare(old, before, now, after)
	if err != nil {
		return err
	}
	allow(changes)
	if err := c.print(o, now.name, changes, advice); err != nil {
		return err
	}
	if !breaking.Passes(changes) {
		return errFindings
	}
	return nil
}

// load is a document that must be right; its findings go to standard error.
func (o *terminal) load(d document) (*model.Protocol, error) {
	p, findings := spec.Load(d.name, d.data)
	if len(findings) == 0 {
		return p, nil
	}
	if err := spec.WriteText(o.err, findings, false); err != nil {
		return nil, err
	}
	return nil, errReported
}

// compare gives all that differs between two documents, the packages that they are
// generated as included.
func (o *terminal) compare(old document, before *model.Protocol, now document, after *model.Protocol) ([]breaking.Change, breaking.Advice, error) {
	was, err := exported(o, old, before)
	if err != nil {
		return nil, breaking.Advice{}, err
	}
	is, err := exported(o, now, after)
	if err != nil {
		return nil, breaking.Advice{}, err
	}
	changes := breaking.Diff(before, after)
	changes = breaking.Join(changes, breaking.Symbols(was, is, changes))
	advice := breaking.Advise(before.Version, after.Version, changes)
	if c, ok := advice.Change(); ok {
		changes = breaking.Join(changes, []breaking.Change{c})
	}
	breaking.Locate(changes, old.data, now.data)
	return changes, advice, nil
}

// exported is what the package exports that a document would be generated as.
func exported(o *terminal, d document, p *model.Protocol) (map[string]string, error) {
	files, findings := d.generate(p, "example.com/"+p.Name)
	if len(findings) > 0 {
		if err := spec.WriteText(o.err, findings, false); err != nil {
			return nil, err
		}
		return nil, errReported
	}
	return generator.Exported(files)
}

// allowed reads the allow-list, if there is one, and gives what applies it.
func (o *terminal) allowed(file string) (apply func([]breaking.Change), err error) {
	if file == "" {
		return func([]breaking.Change) {}, nil
	}
	d, err := o.read(file)
	if err != nil {
		return nil, err
	}
	list, findings := breaking.ReadAllowList(d.name, d.data)
	if len(findings) > 0 {
		if err := spec.WriteText(o.err, findings, false); err != nil {
			return nil, err
		}
		return nil, errReported
	}
	return func(changes []breaking.Change) {
		for _, pos := range list.Apply(changes) {
			o.note("%s:%d:%d: this entry is about no change: it may be taken out", d.name, pos.Line, pos.Col)
		}
	}, nil
}

func (c *breakingCommand) print(o *terminal, file string, changes []breaking.Change, advice breaking.Advice) error {
	switch c.Format {
	case "json":
		out := json.NewEncoder(o.out)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(struct {
			File    string            `json:"file"`
			Changes []breaking.Change `json:"changes"`
			Version breaking.Advice   `json:"version"`
		}{file, append([]breaking.Change{}, changes...), advice})
	case "markdown":
		return breaking.Markdown(o.out, file, changes, advice)
	case "github-actions":
		return breaking.GitHubActions(o.out, file, changes)
	}
	return breaking.Text(o.out, file, changes, advice)
}

// version reads a file or, where there is none of that name, a path at a commit.
func (o *terminal) version(name, beside string) (document, error) {
	d, err := o.read(name)
	ref, path, isRef := strings.Cut(name, ":")
	if err == nil || !isRef || !errors.Is(err, os.ErrNotExist) {
		return d, err
	}
	if ref == "" || path == "" || strings.HasPrefix(ref, "-") {
		return document{}, usageError{fmt.Errorf("--against %s: want a file, or a commit and a path as in main:acme.yaml", name)}
	}
	folder := "."
	if beside != stdin {
		folder = filepath.Dir(beside)
	}
	data, err := committed(folder, ref, path)
	if err != nil {
		return document{}, fmt.Errorf("read %s: git: %w", name, err)
	}
	return document{path: path, name: name, data: data}, nil
}

// committed is a file at a commit, or so much of it as tells that it is too large.
func committed(folder, ref, path string) ([]byte, error) {
	git := exec.Command("git", "-C", folder, "cat-file", "blob", ref+":"+path)
	var complaint bytes.Buffer
	git.Stderr = &complaint
	out, err := git.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := git.Start(); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(out, maxDocument))
	if len(data) == maxDocument {
		_ = git.Process.Kill()
		_ = git.Wait()
		return data, nil
	}
	if err := errors.Join(err, git.Wait()); err != nil {
		reason, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
		switch reason = strings.TrimPrefix(reason, "fatal: "); {
		case strings.HasSuffix(reason, ": bad file"):
			return nil, errors.New("it is no file there")
		case reason != "":
			return nil, errors.New(reason)
		}
		return nil, err
	}
	return data, nil
}

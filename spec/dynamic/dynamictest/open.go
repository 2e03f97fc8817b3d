package dynamictest

import (
	"os"
	"testing"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// Load reads a document, in which nothing may be wrong.
func Load(t testing.TB, path string) *model.Protocol {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, findings := spec.Load(path, data)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return m
}

// Open makes a document's protocol.
func Open(t testing.TB, path string) *dynamic.Protocol {
	t.Helper()
	p, err := dynamic.Open(Load(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

package dynamic_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
	"github.com/linewright/linewright/spec/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// documents are the reviewed vendors' and the small ones of package plan.
func documents(t testing.TB) map[string]*model.Protocol {
	t.Helper()
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	more, err := filepath.Glob("../plan/testdata/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	require.NotEmpty(t, more)
	out := map[string]*model.Protocol{}
	for _, path := range append(paths, more...) {
		out[strings.TrimSuffix(filepath.Base(path), ".yaml")] = load(t, path)
	}
	return out
}

// everything are these, and the documents of this package's own tests.
func everything(t testing.TB) map[string]*model.Protocol {
	t.Helper()
	docs := documents(t)
	more, err := filepath.Glob("testdata/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, more)
	for _, path := range more {
		docs[strings.TrimSuffix(filepath.Base(path), ".yaml")] = load(t, path)
	}
	return docs
}

func load(t testing.TB, path string) *model.Protocol { return dynamictest.Load(t, path) }

func open(t testing.TB, path string) *dynamic.Protocol { return dynamictest.Open(t, path) }

func acme(t testing.TB) *dynamic.Protocol    { return open(t, "../vendors/acme.yaml") }
func ordered(t testing.TB) *dynamic.Protocol { return open(t, "../plan/testdata/order.yaml") }
func lasting(t testing.TB) *dynamic.Protocol { return open(t, "../plan/testdata/lasting.yaml") }
func steps(t testing.TB) *dynamic.Protocol   { return open(t, "../plan/testdata/steps.yaml") }

package generator_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
)

func TestExported(t *testing.T) {
	symbols, err := generator.Exported([]generator.File{
		{Name: "a_gen.go", Data: []byte(`package a
// Unit is documented.
type Unit struct {
	A, B int // both
	c    bool
	D    Optional[string]
}
type hidden struct{ X int }
type Event interface{ isEvent() }
type State = runtime.State
const One Unit2 = "1"
const two = 2
var (
	Three = 3
	Four  int
)
func (u *Unit) Read(ctx context.Context,
	n uint8) (r Reading, err error) { return }
func (h hidden) Write() {}
func (u Unit) close() {}
func New(addr string) *Unit { return nil }
func help() {}
`)},
		{Name: "atest/device_gen.go", Data: []byte("package atest\nfunc New() {}\nfunc Other() {}\n")},
	})
	require.NoError(t, err)
	require.Equal(t, map[string]string{
		"Unit": "struct", "Unit.A": "int", "Unit.B": "int", "Unit.D": "Optional[string]",
		"Event": "interface{ isEvent() }", "State": "runtime.State",
		"One": `Unit2 = "1"`, "Three": "= 3", "Four": "int",
		"(*Unit).Read": "func(ctx context.Context, n uint8) (r Reading, err error)",
		"New":          "func(addr string) *Unit",
	}, symbols)
	_, err = generator.Exported([]generator.File{{Name: "a.go", Data: []byte("pack")}})
	require.Error(t, err)
}

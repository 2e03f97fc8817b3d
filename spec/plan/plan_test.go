package plan_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

var update = flag.Bool("update", false, "write the golden files")

// The documents whose plans are kept: the seed vendor, and small ones for what
// it lacks.
var documents = []string{"../vendors/acme.yaml", "testdata/order.yaml", "testdata/lasting.yaml", "testdata/steps.yaml"}

func load(t *testing.T, path string) *model.Protocol {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	p, findings := spec.Load(path, data)
	require.Empty(t, findings)
	return p
}

func TestGolden(t *testing.T) {
	for _, path := range documents {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			p, hooks, err := plan.Of(load(t, path))
			require.NoError(t, err)
			got := dump(p, hooks)
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

// dump prints what is not zero, a line each, with the selector of a hook.
func dump(p *session.Plan, hooks []plan.Hook) string {
	at := map[string]plan.Hook{}
	for _, h := range hooks {
		at[h.Path] = h
	}
	var b strings.Builder
	dumpValue(&b, "", reflect.ValueOf(p).Elem(), at)
	return b.String()
}

func dumpValue(b *strings.Builder, path string, v reflect.Value, hooks map[string]plan.Hook) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			dumpValue(b, strings.TrimPrefix(path+"."+name, "."), v.Field(i), hooks)
			if v.Field(i).IsZero() && (name == "Kind" || name == "Command" || name == "Message" && v.Field(i).CanInt()) {
				fmt.Fprintf(b, "%s.%s = 0\n", path, name) // zero says something here
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			dumpValue(b, fmt.Sprintf("%s[%d]", path, i), v.Index(i), hooks)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			dumpValue(b, path, v.Elem(), hooks)
		}
	case reflect.Func:
		if h, ok := hooks[path]; ok {
			fmt.Fprintf(b, "%s = func %s%s\n", path, h.Kind, about(h))
		}
	case reflect.String:
		if v.String() != "" {
			fmt.Fprintf(b, "%s = %q\n", path, v.String())
		}
	default:
		if !v.IsZero() {
			fmt.Fprintf(b, "%s = %v\n", path, v)
		}
	}
}

func about(h plan.Hook) string {
	var s string
	if h.Message != nil {
		s += " message " + h.Message.Name
	}
	if h.Command != nil {
		s += " command " + h.Command.Name
	}
	if h.Answers != nil {
		s += " answers " + h.Answers.Name
	}
	for _, f := range h.Echo {
		s += " echo " + f.Name
	}
	for _, op := range h.Count.At {
		s += " at " + op.Field.Name
	}
	return s
}

// Every func field has a hook or is one that may stay nil; every hook has a nil
// func field of its path.
func TestHooksFitThePlan(t *testing.T) {
	for _, path := range documents {
		p, hooks, err := plan.Of(load(t, path))
		require.NoError(t, err)
		fields := map[string]reflect.Value{}
		funcs("", reflect.ValueOf(p).Elem(), fields)
		for _, h := range hooks {
			field, ok := fields[h.Path]
			require.True(t, ok, h.Path)
			require.True(t, field.IsNil(), h.Path)
			require.Equal(t, field.Addr().Interface(), h.Slot, h.Path)
			delete(fields, h.Path)
		}
		for path := range fields {
			require.Regexp(t, `\.(Check|ID|Of|Count|Classify|Failure|Key|Echo|When|Encode|For)$`, path)
		}
		require.NoError(t, complete(p, fields))
	}
}

func funcs(path string, v reflect.Value, out map[string]reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			funcs(strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), v.Field(i), out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			funcs(fmt.Sprintf("%s[%d]", path, i), v.Index(i), out)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			funcs(path, v.Elem(), out)
		}
	case reflect.Func:
		out[path] = v
	}
}

// complete looks for func fields that the session needs and no hook fills.
func complete(p *session.Plan, open map[string]reflect.Value) error {
	for i, m := range p.Messages {
		if _, ok := open[fmt.Sprintf("Messages[%d].Failure", i)]; ok && (m.Class != session.ClassNone || m.Classify != nil) {
			return fmt.Errorf("%s is an error that nothing reads", m.Name)
		}
		for j, s := range m.Shape.Steps {
			path := fmt.Sprintf("Messages[%d].Shape.Steps[%d].Count", i, j)
			if _, ok := open[path]; ok == (s.Kind != 0) {
				return fmt.Errorf("%s: a step that counts has a count, and no other", path)
			}
		}
	}
	for i, s := range p.Login {
		if _, ok := open[fmt.Sprintf("Login[%d].Encode", i)]; ok == (s.Kind == session.StepDo) {
			return fmt.Errorf("Login[%d]: a step that sends has an encoder, and no other", i)
		}
	}
	return nil
}

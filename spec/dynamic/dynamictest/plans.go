package dynamictest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/linewright/linewright/runtime/session"
)

// comparePlans compares the data, and which funcs there are.
func comparePlans(t *testing.T, want, got *session.Plan) {
	t.Helper()
	a, b := plain(want), plain(got)
	compareValues(t, "", reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
}

// plain is a copy in which what does not count is alike: who undoes a command
// that does not last.
func plain(p *session.Plan) *session.Plan {
	out := *p
	out.Commands = make([]session.Command, len(p.Commands))
	copy(out.Commands, p.Commands)
	for i := range out.Commands {
		if !out.Commands[i].Lasting {
			out.Commands[i].UndoneBy = session.None
		}
	}
	return &out
}

func compareValues(t *testing.T, path string, a, b reflect.Value) {
	t.Helper()
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			compareValues(t, strings.TrimPrefix(path+"."+a.Type().Field(i).Name, "."), a.Field(i), b.Field(i))
		}
	case reflect.Slice:
		if a.Len() != b.Len() {
			t.Errorf("%s has %d items, generated %d", path, a.Len(), b.Len())
			return
		}
		for i := range a.Len() {
			compareValues(t, fmt.Sprintf("%s[%d]", path, i), a.Index(i), b.Index(i))
		}
	case reflect.Pointer, reflect.Func:
		if a.IsNil() != b.IsNil() {
			t.Errorf("%s is nil: %v, generated %v", path, a.IsNil(), b.IsNil())
			return
		}
		if a.Kind() == reflect.Pointer && !a.IsNil() {
			compareValues(t, path, a.Elem(), b.Elem())
		}
	default:
		if !a.Equal(b) && !unused(path) {
			t.Errorf("%s is %v, generated %v", path, a, b)
		}
	}
}

// unused reports whether a step's index is that of what it does not have; None
// and zero mean the same there.
func unused(path string) bool {
	step := strings.Contains(path, "Login[") || strings.Contains(path, "Ready[") || strings.Contains(path, "Step.") || strings.Contains(path, "Steps[") || strings.Contains(path, ".Undo.") || strings.HasPrefix(path, "Logout.")
	return step && strings.HasSuffix(path, ".Message") || step && strings.HasSuffix(path, ".Command")
}

package generator_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/plan"
)

// TestPlans compares the plans of the generated packages with the values that
// they were printed from: the same data, and a function for each hook.
func TestPlans(t *testing.T) {
	for name, got := range map[string]*session.Plan{"acme": acme.Plan(), "redis": redis.Plan(), "nats": nats.Plan()} {
		t.Run(name, func(t *testing.T) {
			want, hooks, err := plan.Of(load(t, name, vendors(t)[name]))
			require.NoError(t, err)
			for i := range want.Commands {
				if !want.Commands[i].Lasting {
					want.Commands[i].UndoneBy = 0 // says nothing, and is not printed
				}
			}
			copied := *got // what is emptied of functions below is not the package's
			v := deepCopy(reflect.ValueOf(copied))
			count := 0
			emptyFuncs(v, &count)
			require.Equal(t, len(hooks), count, "functions in the plan")
			require.Equal(t, *want, v.Interface())
		})
	}
}

// deepCopy copies structs, slices and what pointers lead to.
func deepCopy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			out.Field(i).Set(deepCopy(v.Field(i)))
		}
	case reflect.Slice:
		if v.IsNil() {
			return out
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(deepCopy(v.Index(i)))
		}
	case reflect.Pointer:
		if v.IsNil() {
			return out
		}
		out.Set(reflect.New(v.Type().Elem()))
		out.Elem().Set(deepCopy(v.Elem()))
	default:
		out.Set(v)
	}
	return out
}

// emptyFuncs sets functions to nil, and counts them.
func emptyFuncs(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			emptyFuncs(v.Field(i), n)
		}
	case reflect.Slice:
		for i := range v.Len() {
			emptyFuncs(v.Index(i), n)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			emptyFuncs(v.Elem(), n)
		}
	case reflect.Func:
		if !v.IsNil() {
			*n++
			v.SetZero()
		}
	}
}

package spec_test

import (
	"reflect"
	"strings"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
)

// said are findings without their places, but for examples that are missing, and
// for sizes without a unit, which get one.
func said(findings []spec.Finding) (list []string) {
	for _, f := range findings {
		if f.Rule != "vector-missing" && !strings.Contains(f.Message, "a size needs a unit") {
			list = append(list, f.Rule+" "+f.Path)
		}
	}
	return list
}

// placeless takes the places out of a protocol.
func placeless(p *model.Protocol) *model.Protocol {
	seen := map[uintptr]bool{}
	var clear func(v reflect.Value)
	clear = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || seen[v.Pointer()] {
				return
			}
			seen[v.Pointer()] = true
			clear(v.Elem())
		case reflect.Interface:
			if !v.IsNil() {
				clear(v.Elem())
			}
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[model.Pos]() {
				v.SetZero()
				return
			}
			for i := range v.NumField() {
				clear(v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				clear(v.Index(i))
			}
		}
	}
	clear(reflect.ValueOf(p))
	return p
}

package spec

import (
	"math"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/language"
	"github.com/linewright/linewright/spec/model"
)

// endpoint reads where the server listens.
func (l *loader) endpoint(v value) {
	e := &l.p.Endpoint
	port := 0
	if v.Get("tls") == nil {
		e.TLS = model.TLSNever
	}
	v.mapping("the endpoint, as in {port: 1234, tls: optional}",
		need("port", integer(&port, 1, math.MaxUint16)),
		may("tls", word(&e.TLS, model.TLSNever, model.TLSOptional, model.TLSAlways)),
		may("clients", integer(&e.Clients, 1, 1_000_000)),
		may("idle_close", duration(&e.IdleClose)),
		may("per_command", boolean(&e.PerCommand)),
	)
	e.Port = uint16(port)
}

// sources reads the documents that the spec was made from.
func (l *loader) sources(v value) {
	const want = "the documents this was made from, as in {manual: TU-100 rev C}"
	v.entries(want, func(e entry) {
		s := model.Source{ID: e.name}
		text(&s.Text)(e.value)
		l.p.Sources = append(l.p.Sources, s)
	})
	if v.Kind == document.Map && len(v.Keys) == 0 {
		v.fail("empty", "", "nothing is written here: want %s", want)
	}
}

// version reads the document's own version: three numbers.
func version(into *string) reader {
	return func(v value) {
		const want = "a version of three numbers, as in 1.0.0"
		if !v.plainScalar(want) {
			return
		}
		if !language.VersionForm.MatchString(v.Value) {
			hint := ""
			switch {
			case language.VersionForm.MatchString(v.Value + ".0"):
				hint = "write " + v.Value + ".0"
			case language.VersionForm.MatchString(v.Value + ".0.0"):
				hint = "write " + v.Value + ".0.0"
			}
			v.fail("version", hint, "%s where %s is wanted", v.describe(), want)
			return
		}
		*into = v.Value
	}
}

// identifier reads a name of that form.
func identifier(into *string, form nameForm) reader {
	return func(v value) {
		if !v.nameScalar("a name in " + form.want) {
			return
		}
		if !form.form.MatchString(v.Value) || len(v.Value) > maxName {
			v.fail("name", "", "%s is not a name here: want %s", quoteName(v.Value), form.want)
			return
		}
		*into = v.Value
	}
}

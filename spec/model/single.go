package model

// Single is the only field of a layout whose value is that field's; nil: values
// have fields by name. A form of a OneOf whose only field may be absent keeps the
// field's name, as that the form is there tells something.
func (t *Type) Single() *Field {
	if t.Kind != Layout || t.Body == nil || len(t.Body.Fields) != 1 {
		return nil
	}
	if f := t.Body.Fields[0]; !t.Form || !f.MayVanish() {
		return f
	}
	return nil
}

// MayVanish reports whether the field's value may be nothing: it is optional, or
// a layout that is nothing but such a field.
func (f *Field) MayVanish() bool {
	return f.Optional || f.Type.Single() != nil && f.Type.Single().MayVanish()
}

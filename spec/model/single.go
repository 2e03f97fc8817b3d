package model

// Single is the only field of a layout whose value is that field's; nil: values
// have fields by name. A field that may be absent keeps its name, as that the layout
// is there tells something: in a list, say, or as a form of several.
func (t *Type) Single() *Field {
	if t.Kind != Layout || t.Body == nil || len(t.Body.Fields) != 1 || t.Body.Fields[0].Optional {
		return nil
	}
	return t.Body.Fields[0]
}

// Hidden reports whether a value of the type is that of a secret field, as it is of a layout that
// has only that one.
func (t *Type) Hidden() bool {
	for ; t != nil; t = t.Elem {
		if only := t.Single(); only != nil {
			return only.Secret
		}
	}
	return false
}

package page

import (
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/language"
)

// meaning is what a setting says, in the words of the language's reference: of its value
// where that is a word, else of its key.
func meaning(s explain.Setting) (doc string) {
	var form *language.Form
	at := language.Document
	for _, name := range strings.Split(s.Path, ".") {
		if at == nil {
			form, doc = form.Entries(), ""
		} else {
			key, _ := at.Key(name)
			form, doc = key.Form, key.Doc
		}
		at = form.Construct(func(string) bool { return false })
	}
	for _, f := range form.Forms() {
		for _, w := range f.Words {
			if w.Word == s.Value && w.Doc != "" {
				doc = w.Doc
			}
		}
	}
	return strings.ReplaceAll(doc, "`", "")
}

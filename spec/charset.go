package spec

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/internal/template"
)

// inCharset complains about text of the document that would be on the wire as
// UTF-8, where frames are in another charset.
func (w *lowering) inCharset(v value) bool {
	at := strings.IndexFunc(v.Value, func(r rune) bool { return r >= utf8.RuneSelf })
	if f := w.frameModel(); at < 0 || f == nil || f.Charset == "" || f.Charset == "utf8" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(v.Value[at:])
	hint := ""
	if w.frameModel().Charset == "latin1" && r <= 0xff {
		hint = fmt.Sprintf("in a template, write {0x%02x}", r)
	}
	v.failAt(v.At(at), "charset", hint, "%q would be on the wire as UTF-8, and the frame's charset is %s", string(r), w.frameModel().Charset)
	return false
}

// literalInCharset complains about a byte that was written out.
func (c *compiler) literalInCharset(n *template.Lit) {
	if f := c.w.frameModel(); f == nil || f.Charset != "ascii" {
		return
	}
	if i := strings.IndexFunc(n.Text, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		c.fail(n, "charset", "", "byte 0x%02x is not in the frame's charset, which is ascii", n.Text[i])
	}
}

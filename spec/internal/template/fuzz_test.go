package template

import (
	"testing"
	"unicode/utf8"
)

// checkSpans fails where a place lies outside the string, runs backwards or
// splits a character: callers slice with it.
func checkSpans(t *testing.T, src string, list []*Error) {
	for _, e := range list {
		if e.Offset < 0 || e.Len < 0 || e.End() > len(src) {
			t.Fatalf("%q: span %v of %q is outside", src, e.Span, e.Msg)
		}
		if e.Rule == "" || e.Msg == "" {
			t.Fatalf("%q: empty error", src)
		}
		if utf8.ValidString(src) && !utf8.ValidString(src[e.Offset:e.End()]) {
			t.Fatalf("%q: span %v of %q splits a character", src, e.Span, e.Msg)
		}
	}
}

// checkNodes fails where nodes are not in order, overlap, or are not what
// their documentation promises.
func checkNodes(t *testing.T, src string, nodes []Node, from, to int) {
	var before Node
	for _, n := range nodes {
		at := n.At()
		if at.Offset < from || at.End() > to {
			t.Fatalf("%q: %T at %v is not in order", src, n, at)
		}
		from = at.End()
		switch n := n.(type) {
		case *Lit:
			if _, ok := before.(*Lit); ok || n.Text == "" {
				t.Fatalf("%q: literals not joined", src)
			}
		case *Opt:
			checkNodes(t, src, n.Body, at.Offset, at.End())
		}
		before = n
	}
}

func FuzzTemplate(f *testing.F) {
	for _, s := range []string{
		"READ {channel:uint8}", "${#data}\n{data:bytes}", "-{code:word}{? {text:text}}", "{f?{{{a:list(word,'}')}}}}",
		"{#a+b.bytes-2:hex(4)}", "{NOEOL}", "{}", "{0x1a}{SP}", "{_:x}{y}", "{{}}", "\r\t ", "{?{?{?", "'{x:quoted('c')}'",
		`03 {a:u16} "a""b" STX {f?{x:u8}} {#a.bytes:u8}`, "0g \x00 'x' \"", "{a:u4}{_:u4}}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, parse := range []func(string) (*Template, []*Error){Parse, ParseBinary} {
			got, errs := parse(src)
			checkSpans(t, src, errs)
			checkNodes(t, src, got.Nodes, 0, len(src))
		}
	})
}

func FuzzType(f *testing.F) {
	for _, s := range []string{"word", "text(8)", "list(list(uint8,','),';')", "bool('on','o''ff')", "f(", "f( a , 'b' )"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, errs := ParseType(src)
		checkSpans(t, src, errs)
		if (got == nil) != (len(errs) > 0) {
			t.Fatalf("%q: type %v with errors %v", src, got, errs)
		}
		if got == nil || len(got.Args) == 0 {
			return
		}
		again, errs := ParseType(got.String())
		if len(errs) > 0 || again.String() != got.String() {
			t.Fatalf("%q: written back as %q: %v", src, got, errs)
		}
	})
}

func FuzzValue(f *testing.F) {
	for _, s := range []string{"{user}", "a{md5(x.y+'z')}b", "{{}}", "{random(8)}", "{f(", "{a+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, errs := ParseValue(src)
		checkSpans(t, src, errs)
		if len(errs) > 0 {
			return
		}
		end := 0
		for _, p := range got.Parts {
			if p.Offset != end {
				t.Fatalf("%q: a part is missing before %d", src, p.Offset)
			}
			end = p.End()
		}
		if end != len(src) {
			t.Fatalf("%q: parts end at %d", src, end)
		}
	})
}

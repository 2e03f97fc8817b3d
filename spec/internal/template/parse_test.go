package template

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	for _, tc := range []struct{ src, want string }{
		{"HEARTBEAT", `"HEARTBEAT"`},
		{"READ {channel:uint8}", `"READ " channel:uint8`},
		{"LOGIN {user:word} {secret:secret(word)}", `"LOGIN " user:word " " secret:secret(word)`},
		{"-{code:word}{? {text:text}}", `"-" code:word ?(" " text:text)`},
		{
			"ACK [{code:uint16}@{i:uint16}] {{{command:text}}} {t:text}",
			`"ACK [" code:uint16 "@" i:uint16 "] {" command:text "} " t:text`,
		},
		{"${#data}\n{data:bytes}\n", `"$" #data BREAK data:bytes`},
		{"*{#keys+1}\n$3\nDEL\n{keys:list(Arg)}", `"*" #keys+1 BREAK "$3" BREAK "DEL" BREAK keys:list(Arg)`},
		{"{#a-b.bytes+2:digits(4)}{a:bytes}", `#a-b.bytes+2:digits(4) a:bytes`},
		{"{x:list(text,'{TAB}')} {y:bool('{a}','{0x1a}')}", `x:list(text,'{HT}') " " y:bool('{a}','{SUB}')`},
		{"{x:list(uint8,',')} {y:quoted('c')} {z:padded(uint8,3)}", `x:list(uint8,',') " " y:quoted('c') " " z:padded(uint8,3)`},
		{"{x:list(word, '''')}", `x:list(word,'''')`},
		{"{_:word} {id} {0x1a}{SP}{CR}", `_:word " " =id " \x1a \r"`},
		{"a\n{}\nb", `"a" BREAK EMPTY BREAK "b"`},
		{"login: {NOEOL}", `"login: " NOEOL`},
		{"{f?{a:word}{?{b:word}}}", `f?(a:word ?(b:word))`},
		{"{?{{{a:word}}}}", `?("{" a:word "}")`},
		{"{?{{}x", `?("{") "x"`},
		{"{{}}{{{{", `"{}{{"`},
		{"", ""},
	} {
		got, errs := Parse(tc.src)
		if tc.src == "" {
			require.Len(t, errs, 1)
			continue
		}
		require.Empty(t, show(tc.src, errs), tc.src)
		require.Equal(t, tc.want, dump(got.Nodes), tc.src)
		require.Equal(t, 1+strings.Count(strings.TrimSuffix(tc.src, "\n"), "\n"), got.Lines)
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct {
		src  string
		want []string
	}{
		{"", []string{`0 "" tmpl-blank: empty line in a template`}},
		{"a\n\nb", []string{`2 "" tmpl-blank: empty line in a template`}},
		{"READ \nx", []string{`4 " " tmpl-blank: blank at the end of a line`}},
		{"A\tB\r\nC", []string{
			`1 "\t" tmpl-escape: control character in a template`,
			`3 "\r" tmpl-escape: control character in a template`,
		}},
		{"READ {channel", []string{`13 "" tmpl-syntax: expected } after "{channel", found the end`}},
		{"READ channel:uint8}", []string{`18 "}" tmpl-syntax: } without {`}},
		{"{Channel:uint8} {BEEP} {0x1}", []string{
			`1 "Channel" tmpl-syntax: no control character is called "Channel"`,
			`17 "BEEP" tmpl-syntax: no control character is called "BEEP"`,
			`24 "0x1" tmpl-syntax: no control character is called "0x1"`,
		}},
		{"{ a:word} {b:} {c:list(} {d:list(word,)} ok {e:word}", []string{
			`1 " " tmpl-syntax: expected a name after {, found " "`,
			`13 "}" tmpl-syntax: expected a type, found "}"`,
			`23 "}" tmpl-syntax: expected a type, found "}"`,
			`38 ")" tmpl-syntax: expected a type, found ")"`,
		}},
		{"{aB:word} {a__b:word} {_}", []string{
			`1 "aB" tmpl-syntax: field name "aB" is not snake_case`,
			`11 "a__b" tmpl-syntax: field name "a__b" is not snake_case`,
			`23 "_" tmpl-syntax: an ignored field needs a type`,
		}},
		{"{#} {#a.bits} {#a+}", []string{
			`2 "}" tmpl-syntax: expected a field's name, found "}"`,
			`7 ".bits" tmpl-syntax: unknown part "bits" of a`,
			`18 "}" tmpl-syntax: expected a field's name, found "}"`,
		}},
		{"{?} {? {x:word}", []string{
			`1 "?" tmpl-syntax: optional part is empty`,
			`15 "" tmpl-syntax: expected } after "{? {x:word}", found the end`,
		}},
		{"{x:list(word,')}", []string{`13 "')}" tmpl-syntax: text in quotes does not end`}},
		{"a {}\nb{NOEOL}c", []string{
			`2 "{}" tmpl-syntax: {} beside other text`,
			`6 "{NOEOL}" tmpl-syntax: {NOEOL} must be at the template's end`,
		}},
		{"{?a{NOEOL}}", []string{`3 "{NOEOL}" tmpl-syntax: only fields, counts and text may be in an optional part`}},
		{"{x:digits(99999999999999999999)}", []string{`10 "99999999999999999999" tmpl-syntax: number too large`}},
		{"grün {x:wörd}", []string{`10 "ö" tmpl-syntax: expected } after "{x:w", found "ö"`}},
	} {
		_, errs := Parse(tc.src)
		require.Equal(t, tc.want, show(tc.src, errs), tc.src)
	}
}

func TestParseLimits(t *testing.T) {
	_, errs := Parse(strings.Repeat("{?a", 100_000))
	require.Contains(t, errs[0].Msg, "nested more than 16 deep")
	_, errs = Parse("{x:" + strings.Repeat("list(", 100_000))
	require.Contains(t, errs[0].Msg, "nested more than 16 deep")
	_, errs = ParseValue("{" + strings.Repeat("md5(", 100_000))
	require.Contains(t, errs[0].Msg, "nested more than 16 deep")
	_, errs = Parse(strings.Repeat("}a", 100_000))
	require.Len(t, errs, maxErrors)
}

func TestParseType(t *testing.T) {
	for _, src := range []string{"word", "text(8)", "list(list(uint8,','),';')", "bool('on','off')", "secret(Arg)"} {
		got, errs := ParseType(src)
		require.Empty(t, errs)
		require.Equal(t, src, got.String())
	}
	for src, want := range map[string]string{
		"":         "expected a type, found the end",
		"word x":   "expected the type's end, found \" \"",
		"list(":    "expected a type, found the end",
		"list(a b": "expected , or ), found \"b\"",
	} {
		got, errs := ParseType(src)
		require.Nil(t, got)
		require.Equal(t, want, errs[0].Msg, src)
	}
}

func TestParseValue(t *testing.T) {
	for _, tc := range []struct{ src, want string }{
		{"plain", `"plain"`},
		{"", ``},
		{"{user}", `user`},
		{"id-{count()}", `"id-" count()`},
		{"{md5(hello.salt + password)}", `md5(join(hello.salt, password))`},
		{"{NUL}{user}{NUL + DEL}", `"\x00" user join("\x00", "\x7f")`},
		{"{{{user}}}", `"{" user "}"`},
		{"{hmac_sha256(key, 'a''b' + now())} {random(8)}", `hmac_sha256(key, join("a'b", now())) " " random(8)`},
	} {
		got, errs := ParseValue(tc.src)
		require.Empty(t, show(tc.src, errs), tc.src)
		require.Equal(t, tc.want, dumpValue(got), tc.src)
	}
}

func TestParseValueErrors(t *testing.T) {
	for _, tc := range []struct {
		src  string
		want []string
	}{
		{"{", []string{`1 "" tmpl-syntax: expected a value, found the end`}},
		{"a}", []string{`1 "}" tmpl-syntax: } without {`}},
		{"{a.} {b c} {d(} x", []string{
			`3 "}" tmpl-syntax: expected a name after the dot, found "}"`,
			`8 "c" tmpl-syntax: expected } or +, found "c"`,
			`14 "}" tmpl-syntax: expected a value, found "}"`,
		}},
		{"{f(a b)}", []string{`5 "b" tmpl-syntax: expected , or ), found "b"`}},
	} {
		_, errs := ParseValue(tc.src)
		require.Equal(t, tc.want, show(tc.src, errs), tc.src)
	}
}

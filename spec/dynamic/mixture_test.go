package dynamic_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
)

// A mixture is a document whose types and commands are put together at random,
// of the parts that the language has: combinations that nobody thought of. What
// lint refuses is left out.
type mixture struct {
	r        *rand.Rand
	name     string
	kind     mixtureKind
	types    []string // as they are written
	named    []string
	commands []string
}

// mixtureKind is a kind of frame, with the parts that it may have. # becomes a
// number, @ the name of a type, § the type's own.
type mixtureKind struct {
	name, frames string
	pieces       []string
	types        []string
	object       bool
}

var textPieces = strings.Split(`{f#:uint8}|{f#:int16}|{f#:decimal}|{f#:word}|{f#:text}|{f#:quoted}|{f#:quoted('doubled')}|{f#:quoted('json')}|{f#:bool('ON','OFF')}|
{f#:digits(3)}|{f#:hex(4)}|{f#:hexbytes}|{f#:base64}|{f#:json}|{f#:float}|{f#:padded(int16,6)}|{f#:padded(word,4)}|{f#:padded(uint8,4,'*')}|{f#:text(4)}|{f#:bytes(3)}|{_:uint8}|{_:@}|
{f#:list(uint8,',')}|{f#:list(word,' ')}|{f#:list(text,',')}|{_:text}|{_:word}|{f#:@}|{f#:@}|{f#:@}|{f#:@}|{f#:@}|{f#:list(@,';')}|{f#:list(@,' ')}|{f#:secret(word)}|{f#:list(@,', ')}|{f#:list(list(@,','),';')}|
 | | |,|;|: |x|{{|-|\n|\n|{?|{?|{?|}|}|}|{#f#}\n{f#:bytes}|{#f#:digits(2)}{f#:text}|{#f#+2}\n{f#:text}|{#f#} {f#:bytes}|{#f#}:{f#:bytes},|{#f#};{f#:list(@,' ')}|
\n{f#:list(@)}\nEND|\n{f#:list(@)}\n.|\n{f#:list(@)}\n{}|{#f#}\n{f#:list(@)}|{#f#:hex(2)}\n{f#:list(@)}\n|\n{f#:list(dotted)}\n.|\n{f#:list(text)}\n]|\n{f#:@}\nEND|\n{f#:@}\n}|\n{f#:@}|{#f#}\n{f#:list(uint8)}\nx|{h#:@}\n{}\n{body:bytes}|{h#:@};{body:text}|{?\nM{f#:@}}|{?\nN {#f#}\n{f#:bytes}}\nx|\n{f#:list(list(@,' '))}\nEND|\n{f#:list(@)}\n{g#:digits(2)}|\n{f#:list(@)}\n{g#:uint8}|{?:}|{?;}|{?a b}|{g#:uint8}|{g#:uint8}|{g#?|{g#?`, "|")

// blockPieces are those of frames that say what ends their lines.
var blockPieces = append(textPieces[:len(textPieces):len(textPieces)], strings.Split(`\n{f#:list(@)}|\n{f#:list(@)}|\n{f#:list(text)}|\n{f#:@}|{f#:bytes}`, "|")...)

var textTypes = strings.Split(`{layout: "~"}|{layout: "~"}|{layout: "~"}|{layout: "[~]"}|{layout: "<~"}|{layout: "{{~"}|{layout: "{c:digits(3)}-~"}|{one_of: {a: "~", b: "!~", c: "-"}}|{one_of: {a: "a~", bc: "b~", d: "-", e: "{x:word}"}}|
{one_of: {nil: "$-1", data: "${#data}\n{data:bytes}", some: "+~"}}|{one_of: {a: "@~", b: "%~"}}|
{one_of: {a: "a~", s: "!{s:§}", l: "({l:list(§,',')})", m: "<~{m:§}>"}, depth: 3}|{one_of: {n: "n~", m: "*{#m}\n{m:list(§)}", d: "%~\n{d:§}", l: "[\n{l:list(§)}\n]"}, depth: 4}|
{pairs: {k#: ^, "K2?": ^}}|{pairs: {k#: ^, "o#?": ^, l#: list(^)}, first: k#, others: keep}|{pairs: {k#: ^, "K#?": ^}, between: "=", each: "&", others: keep}|
{pairs: {"k#?": ^, m: list(^)}, between: "=", each: ","}|{pairs: {k: {key: "k k", type: ^}, n: ^}, key: text, others: keep}|
{pairs: {k#: ^, "n?": {type: uint8, counts: body}}, others: keep}|{pairs: {k#: ^, n: {type: hex(2), counts: body}}, between: "=", each: "&"}|{enum: {a: A, b: B, c: "C D"}}|{enum: {a: 1, b: 20}, as: uint8, open: true}|{enum: {low: L, high: H}, open: true}|{enum: {x: "0A", y: "FF"}, as: hex(2), open: true}|{is: word, max: 5, chars: "a-z0-9"}|{is: uint16, range: 3..400}|
{is: text, max: 7}|{is: "padded(decimal,7)"}|{is: bytes, max: 5}|{json: {a: "{a:text}", "n?": "{n:int8}", l: "{l:list(decimal)}"}, others: keep}|{json: {a: "{a:@}", c: 7, "o?": {p: "{p:uint8}", q: [1, "{q:text}"]}}}|{json: {"o?": "{o:list(@)}"}}`, "|")

var scalarTypes = strings.Split("uint8|text|word|quoted|decimal|list(word,' ')|list(text,'/')|bool('y','n')|json|hexbytes|secret(text)|@|@|@|list(@,'+')|padded(uint8,4)|digits(2)|float", "|")

var binaryPieces = strings.Split(`{f#:u8}|{f#:i16}|{f#:u24le}|{f#:f32}|{f#:f64be}|{f#:varint}|{f#:u4}{f#a:u4}|{f#:u1}{f#a:u7}|{f#:i12}{_:u4}|{_:u8}|{_:bytes(2)}|{f#:text(3)}|{f#:bytes(2)}|{f#:digits(2)}|{f#:hex(4)}|
{#f#:u8}{f#:text}|{#f#:u16le}{f#:bytes}|{#f#:varint}{f#:bytes}|{#f#:u8} {f#:list(@)}|{#f#.bytes:u8} {f#:list(u16)}|{#f#.bytes:u8} {f#:list(@)}|{#f#:u8} {#f#.bytes:u8} {f#:list(u24)}|{#f#.bytes:varint} {#f#:u8} {f#:list(@)}|{f#:list(@)}|{f#:text}|{f#:bytes}|{f#:text} NUL|{f#:@}|{f#:@}|{f#:@}|
{f#:@}|{_:@}|{g#:u1}{h#:u1}{i#:u2}{_:u4}|{g#?|{h#?|{i#?|{g#?|{?|{?|}|}|}|}|}|00|ff|"x"|STX|{f#:secret(bytes(2))}|{#f#+1:u8}{f#:text}|{#f#:u8}{#g#+f#:u8}{f#:text}{g#:bytes}|{#f#:digits(2)}{f#:bytes}|{#f#:hex(2)}{f#:bytes}|{f#:padded(text,5)}|{f#:padded(word,4,'{NUL}')}|{f#:padded(text,3,'{0xff}')}`, "|")

var binaryTypes = strings.Split(`{layout: "~"}|{layout: "~"}|{layout: "~"}|{layout: "~"}|{one_of: {a: "01 ~", b: "02 ~", c: "03"}}|{one_of: {a: "01 ~", b: "0201 ~"}}|{one_of: {a: "41 ~", b: "ff ~"}}|{one_of: {a: "01 ~", l: "02 {#l:u8} {l:list(§)}", s: "03 {s:§}"}, depth: 3}|{one_of: {a: "01 ~", s: "03 {s:§} ~"}, depth: 5}|{enum: {a: 1, b: 3}, as: u8, open: true}|{enum: {a: 1, b: 300}, as: u16}|
{enum: {a: 1, b: 3}, as: u4}|{enum: {a: "AB", b: "CD"}, as: text(2), open: true}|{enum: {a: 1, b: 3}, as: varint, open: true}|{is: u8, range: 3..100}|{is: i16, range: -5..500}|{is: text(3), chars: "A-Z"}|{is: f32, range: 0..1}|{is: bytes, max: 4}|{is: text, max: 4}|{enum: {a: 1}, as: i8, open: true}|{enum: {a: 10, b: 99}, as: digits(2), open: true}`, "|")

var jsonTypes = strings.Split(`{json: {a: "{a:text}", "n?": "{n:int8}", l: "{l:list(decimal)}"}, others: keep}|{json: {a: "{a:@}", c: 7, "o?": {p: "{p:uint8}", q: [1, "{q:text}"]}}}|{json: {"o?": "{o:list(@)}"}}|{enum: {a: A, b: B}}|{enum: {a: 1, b: 20}, as: uint8, open: true}|{json: {"k?": [true, "{z:@}", {deep: "{d:json}"}]}}|
{is: uint16, range: 3..400}|{is: text, max: 7}|{enum: {low: L, high: H}, open: true}|{json: {n: {m: {"o?": {p: "{p:bool}"}}}, "q?": {r: "{r:list(@)}", "s?": "{s:@}"}}}`, "|")

var jsonPieces = strings.Split(`a#: "{f#:text}"|"b#?": "{f#:int16}"|c#: "{f#:bool}"|d#: "{f#:json}"|"e#?": "{f#:json}"|f#: "{f#:@}"|"g#?": "{f#:@}"|h#: "{f#:list(@)}"|"i#?": "{f#:list(uint8)}"|j#: {k: "{f#:decimal}", "l?": "{f#a:float}"}|"k#?": {k: "{f#:word}", "l?": "{f#a:@}"}|
l#: [1, "{f#:uint8}", [true, "{f#a:@}"]]|"m#?": [x, "{f#:text}"]|n#: null|o#: true|p#: -5|q#: "x y"|"r#?": 7|"s#?": {t: {u: "{f#:@}", v: 1}, "w?": {x: "{f#a:@}"}}|t#: "{_:text}"|u#: "{f#:secret(text)}"`, "|")

var mixtureKinds = []mixtureKind{
	{name: "lines", frames: `{line: {ends: [CRLF, LF], max: 4KiB}}`, pieces: textPieces, types: textTypes},
	{name: "nul", frames: `{line: {ends: NUL, max: 4KiB, charset: latin1}}`, pieces: textPieces, types: textTypes},
	{name: "netstring", frames: `{n: {layout: "{#payload}:{payload},", max: 1KiB}}`, pieces: textPieces, types: textTypes},
	{name: "sentence", frames: `{n: {layout: "${id:digits(2)}{payload}*{sum:hex(2)}", checksum: {field: sum, algorithm: xor8, over: id..payload}, ends: CRLF, max: 1KiB}}`, pieces: textPieces, types: textTypes},
	{name: "stx", frames: `{n: {starts: STX, ends: ETX, layout: "{payload}{sum:digits(3)}", checksum: {field: sum, algorithm: sum8, over: payload}, escape: {byte: DLE, xor: 0x40, bytes: [STX, ETX, DLE]}, max: 1KiB}}`, pieces: textPieces, types: textTypes},
	{name: "block", frames: `{b: {ends: LF LF, line: LF, max: 4KiB}}`, pieces: blockPieces, types: textTypes},
	{name: "nulblock", frames: `{b: {ends: NUL, line: [LF, CRLF], max: 4KiB, empty: drop, charset: latin1}}`, pieces: blockPieces, types: textTypes},
	{name: "oddblock", frames: `{b: {starts: STX, ends: ETX, line: 0x2323, layout: "{payload}{sum:digits(3)}", checksum: {field: sum, algorithm: sum8, over: payload}, escape: {byte: DLE, xor: 0x40, bytes: [STX, ETX, DLE]}, max: 1KiB}}`, pieces: blockPieces, types: textTypes},
	{name: "netblock", frames: `{b: {layout: "{#payload}:{payload},", line: LF, max: 1KiB}}`, pieces: blockPieces, types: textTypes},
	{name: "counted", frames: `{n: {content: binary, order: little, layout: "A5 {v:u3}{k:u5} {#payload+4:u16} {payload} {crc:u16}", checksum: {field: crc, algorithm: CRC-16/MODBUS, over: start..payload}, set: {v: 1}, max: 2KiB}}`, pieces: binaryPieces, types: binaryTypes},
	{name: "kiss", frames: `{kiss: {content: binary, order: big, starts: 0xc0, ends: 0xc0, escape: {byte: 0xdb, map: {0xc0: 0xdc, 0xdb: 0xdd}}, max: 1KiB}}`, pieces: binaryPieces, types: binaryTypes},
	{name: "varlen", frames: `{n: {content: binary, order: big, layout: "{t:u4}{g:u4} {#payload:varint} {payload} {s:u8}", checksum: {field: s, algorithm: xor8, over: payload}, max: 1KiB}}`, pieces: binaryPieces, types: binaryTypes},
	{name: "self", frames: `{n: {content: binary, order: big, layout: "{t:u8} {payload}", max: 1KiB}}`, pieces: binaryPieces, types: binaryTypes},
	{name: "selfsum", frames: `{n: {content: binary, order: big, layout: "{t:u8} {payload} {sum:u16}", checksum: {field: sum, algorithm: CRC-16/MODBUS, over: start..payload}, max: 1KiB}}`, pieces: binaryPieces, types: binaryTypes},
	{name: "jsonlines", frames: `{line: {content: json, ends: LF, max: 4KiB}}`, pieces: jsonPieces, types: jsonTypes, object: true},
	{name: "jsonmixed", frames: `{line: {content: json, ends: [CRLF, LF], sends: LF, max: 4KiB}}`, pieces: textPieces, types: textTypes},
	{name: "jsonheaded", frames: `{o: {content: json, layout: '"L" {#payload:uint} ":" {payload} LF', max: 4KiB}}`, pieces: jsonPieces, types: jsonTypes, object: true},
	{name: "jsonbinary", frames: `{o: {content: json, order: big, layout: "{k:u4}{g:u4} {#payload+2:u16} {payload} {crc:u16}", checksum: {field: crc, algorithm: CRC-16/MODBUS, over: start..payload}, max: 4KiB}}`, pieces: jsonPieces, types: jsonTypes, object: true},
	{name: "jsonmarked", frames: `{o: {content: json, starts: STX, ends: ETX, escape: {byte: DLE, xor: 0x40, bytes: [STX, ETX, DLE]}, max: 4KiB}}`, pieces: jsonPieces, types: jsonTypes, object: true},
	{name: "jsonself", frames: `{o: {content: json, max: 4KiB}}`, pieces: jsonPieces, types: append(jsonTypes[:len(jsonTypes):len(jsonTypes)], textTypes...), object: true},
}

// source is the document.
func (m *mixture) source(types, commands []string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `linewright: 1
vendor: %s
version: 1.0.0
sources: {none: made up}
endpoint: {port: 1, tls: never}
frames: %s
liveness: {detect_within: 30s, keepalive: {idle: 10s, interval: 5s, count: 3}}
replies: {match: kind}
`, m.name, m.kind.frames)
	if len(types) > 0 {
		fmt.Fprintf(&b, "types:\n%s", strings.Join(types, ""))
	}
	if len(commands) > 0 {
		fmt.Fprintf(&b, "commands:\n%s", strings.Join(commands, ""))
	}
	return []byte(b.String())
}

// pick is one of the list.
func pick(r *rand.Rand, list []string) string { return strings.Trim(list[r.IntN(len(list))], "\n") }

// fillIn puts in the name of a type for each @, a simple one for each ^, and a
// template for each ~.
func (m *mixture) fillIn(s string) string {
	for strings.Contains(s, "^") {
		s = strings.Replace(s, "^", pick(m.r, scalarTypes), 1)
	}
	for strings.Contains(s, "~") {
		s = strings.Replace(s, "~", m.template(1+m.r.IntN(4)), 1)
	}
	for strings.Contains(s, "@") && !strings.Contains(s, `"@`) { // the text of a form

		name := "text"
		if len(m.named) > 0 {
			name = m.named[m.r.IntN(len(m.named))]
		} else if m.kind.pieces[0] == "{f#:u8}" {
			name = "u8"
		}
		s = strings.Replace(s, "@", name, 1)
	}
	return s
}

// template is some pieces.
func (m *mixture) template(n int) string {
	var b strings.Builder
	open, flags := 0, 0
	for i := range n {
		s := pick(m.r, m.kind.pieces)
		switch {
		case s == "}" && open == 0:
			continue
		case s == "}":
			open--
		case strings.HasSuffix(s, "?"):
			open++
		}
		number := fmt.Sprint(i)
		if strings.HasPrefix(s, "{g#:") {
			flags = i
		}
		if strings.HasSuffix(s, "#?") {
			number = fmt.Sprint(flags)
		}
		for _, c := range "fgahi" {
			s = strings.ReplaceAll(s, "{"+string(c)+"#", "{"+string(c)+number)
			s = strings.ReplaceAll(s, "{#"+string(c)+"#", "{#"+string(c)+number)
			s = strings.ReplaceAll(s, "+"+string(c)+"#", "+"+string(c)+number)
		}
		b.WriteString(s)
		if m.binary() {
			b.WriteByte(' ')
		}
	}
	b.WriteString(strings.Repeat("}", open))
	return b.String()
}

// binary reports whether frames are binary.
func (m *mixture) binary() bool { return strings.Contains(m.kind.frames, "content: binary") }

// object is a JSON object of some members.
func (m *mixture) object() string {
	var members []string
	for i := range m.r.IntN(7) {
		members = append(members, strings.ReplaceAll(pick(m.r, m.kind.pieces), "#", fmt.Sprint(i)))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// accepts gives the protocol of a document without findings, else nil.
func (m *mixture) accepts(types, commands []string) *model.Protocol {
	p, _ := spec.Load("mixture.yaml", m.source(types, commands))
	return p
}

// newMixture makes the nth of a kind, the same each time.
func newMixture(kind mixtureKind, n uint64, commands int) *mixture {
	m := &mixture{r: rand.New(rand.NewPCG(n, seed(kind.name))), kind: kind, name: fmt.Sprintf("%s%d", kind.name, n)}
	for i := 0; len(m.named) < 10 && i < 200; i++ {
		name := fmt.Sprintf("T%d", len(m.named))
		t := strings.ReplaceAll(pairsOnly(m.fillIn(pick(m.r, kind.types))), "§", name)
		line := "  " + name + ": " + t + "\n"
		if m.accepts(append(m.types[:len(m.types):len(m.types)], line), nil) != nil {
			m.types, m.named = append(m.types, line), append(m.named, name)
		}
	}
	for i := 0; len(m.commands) < commands && i < 400*commands; i++ {
		name := fmt.Sprintf("c%d", len(m.commands))
		send := ""
		switch {
		case kind.object:
			send = m.fillIn(m.object())
			if m.r.IntN(3) == 0 {
				send += ", others: keep"
			}
		case m.binary():
			send = fmt.Sprintf("'%s'", strings.ReplaceAll(m.fillIn(m.template(1+m.r.IntN(8))), "'", "''"))
		default:
			send = fmt.Sprintf("%q", m.fillIn(m.template(1+m.r.IntN(8))))
			send = strings.ReplaceAll(send, `\\n`, `\n`)
		}
		line := "  " + name + ": {send: " + send + ", reply: none}\n"
		if m.accepts(m.types, append(m.commands[:len(m.commands):len(m.commands)], line)) != nil {
			m.commands = append(m.commands, line)
		}
	}
	m.defaults()
	m.sequences()
	return m
}

// sequences adds commands that are made of several of the others.
func (m *mixture) sequences() {
	alone := m.accepts(m.types, m.commands)
	if alone == nil || len(alone.Commands) == 0 {
		return
	}
	for range 20 {
		var steps []string
		for range m.r.IntN(4) {
			c := alone.Commands[m.r.IntN(len(alone.Commands))]
			step := "{do: " + c.Name
			if n := len(c.Template.Fields); n > 0 && m.r.IntN(2) == 0 {
				step += ", for: " + c.Template.Fields[m.r.IntN(n)].Name
			}
			steps = append(steps, step+"}")
		}
		steps = append(steps, "{do: "+alone.Commands[m.r.IntN(len(alone.Commands))].Name+"}")
		line := fmt.Sprintf("  s%d: {steps: [%s]}\n", len(m.commands), strings.Join(steps, ", "))
		if m.accepts(m.types, append(m.commands[:len(m.commands):len(m.commands)], line)) != nil {
			m.commands = append(m.commands, line)
		}
	}
}

// pairsOnly gives keys of pairs a number.
func pairsOnly(s string) string {
	if strings.HasPrefix(s, "{pairs") {
		return strings.ReplaceAll(s, "#", "0")
	}
	return s
}

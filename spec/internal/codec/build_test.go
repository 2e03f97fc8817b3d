package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Templates built by hand, so that the codec is tested without the loader.

func framing() *wire.Framing {
	return &wire.Framing{
		Ends: []string{"\n", "\r\n"}, SendEnd: "\r\n", MaxLine: 1 << 10, Max: 1 << 12,
		Others: []wire.Framing{{Max: 1 << 12, Packet: &wire.Packet{Extent: wire.ExtentSelf}}},
	}
}

func template(ops ...*model.Op) *model.Template {
	t := &model.Template{Ops: ops}
	collect(t, ops)
	return t
}

func collect(t *model.Template, ops []*model.Op) {
	for _, op := range ops {
		switch {
		case op.Kind == model.OpField && op.Field.Name != ignored:
			t.Fields = append(t.Fields, op.Field)
		case op.Kind == model.OpOptional:
			collect(t, op.Body)
		}
	}
}

func lit(s string) *model.Op { return &model.Op{Kind: model.OpLit, Lit: s} }
func brk() *model.Op         { return &model.Op{Kind: model.OpBreak} }

func field(name string, t *model.Type, stops ...string) *model.Op {
	f := &model.Field{Named: model.Named{Name: name}, Type: t}
	return &model.Op{Kind: model.OpField, Field: f, Stops: stops}
}

func same(of *model.Op) *model.Op {
	return &model.Op{Kind: model.OpSame, Field: of.Field, Stops: of.Stops}
}

// optional marks the fields of the part as optional.
func optional(decide model.Decide, ops ...*model.Op) *model.Op {
	for _, op := range ops {
		if op.Kind == model.OpField {
			op.Field.Optional = true
		}
	}
	return &model.Op{Kind: model.OpOptional, Decide: decide, Body: ops}
}

// count counts what the terms say; fields that have no count yet get this one.
func count(t *model.Type, terms ...any) *model.Op {
	op := &model.Op{Kind: model.OpCount, Field: &model.Field{Named: model.Named{Name: "count"}, Type: t, Derived: true}}
	for _, term := range terms {
		switch term := term.(type) {
		case int:
			op.Terms = append(op.Terms, model.Term{N: int64(max(term, -term)), Minus: term < 0})
		case *model.Op:
			op.Terms = append(op.Terms, model.Term{Field: term.Field})
			if term.Count == nil {
				term.Count = op
			}
		}
	}
	return op
}

// as makes an enum one that is written as another type.
func as(base, t *model.Type) *model.Type {
	t.Elem = base
	return t
}

func within(kind model.Kind, low, high string) *model.Type {
	return &model.Type{Kind: kind, Range: &model.Range{Min: low, Max: high}}
}

func constant(key string, v any) *model.Member {
	return &model.Member{Key: key, IsConst: true, Const: v}
}

func of(kind model.Kind) *model.Type { return &model.Type{Kind: kind} }

func uint_(bits int) *model.Type { return &model.Type{Kind: model.Uint, Bits: bits} }
func int_(bits int) *model.Type  { return &model.Type{Kind: model.Int, Bits: bits} }

func wide(kind model.Kind, n int) *model.Type { return &model.Type{Kind: kind, Width: n} }

func list(sep string, elem *model.Type) *model.Type {
	return &model.Type{Kind: model.List, Sep: sep, Elem: elem}
}

func padded(n int, elem *model.Type) *model.Type {
	return &model.Type{Kind: model.Padded, Width: n, Elem: elem}
}

func layout(ops ...*model.Op) *model.Type {
	return &model.Type{Kind: model.Layout, Body: template(ops...)}
}

func enum(open bool, pairs ...string) *model.Type {
	t := &model.Type{Kind: model.Enum, Open: open}
	for i := 0; i < len(pairs); i += 2 {
		t.Values = append(t.Values, model.EnumValue{Named: model.Named{Name: pairs[i]}, Wire: pairs[i+1]})
	}
	return t
}

func object(members ...*model.Member) *model.Type {
	return &model.Type{Kind: model.JSON, Members: members}
}

func jsonField(key string, t *model.Type) *model.Member {
	return &model.Member{Key: key, Field: &model.Field{Named: model.Named{Name: key}, Type: t}}
}

func maybe(m *model.Member) *model.Member {
	m.Optional = true
	if m.Field != nil {
		m.Field.Optional = true
	}
	for _, f := range memberFields(m.Inside()) {
		f.Optional = true
	}
	return m
}

var (
	onOff  = &model.Type{Kind: model.Bool, Words: [2]string{"ON", "OFF"}}
	unit   = enum(true, "celsius", "C", "percent", "%")
	closed = enum(false, "low", "LOW", "high", "HIGH")
)

// arg is redis's layout of one counted field.
func arg() *model.Type {
	data := field("data", of(model.Bytes))
	return layout(lit("$"), count(uint_(64), data), brk(), data)
}

// family is one template of each construct.
func family() map[string]*model.Template {
	channel := field("channel", uint_(8))
	payload := field("payload", of(model.Bytes))
	headers, body := field("headers", of(model.Bytes)), field("payload", of(model.Bytes))
	keys := field("keys", list("", arg()))
	again := field("id", uint_(16))
	tag := field("tag", of(model.Word), " ")
	ranged := &model.Type{Kind: model.Int, Bits: 16, Range: &model.Range{Min: "-5", Max: "300"}}
	limited := &model.Type{Kind: model.Word, Max: 4, Chars: "a-f0-9-"}
	text, box := field("text", of(model.Text)), field("box", layout(lit("<"), field("x", of(model.Word), ">"), lit(">")))
	packed, lines := field("packed", list(",", uint_(8))), field("lines", list("", layout(lit("- "), field("x", uint_(8)))))
	code := as(wide(model.Digits, 3), enum(true, "one", "001", "two", "002"))
	small := as(uint_(8), enum(false, "one", "1", "two", "2"))
	return map[string]*model.Template{
		"counted": template(lit("C "), count(int_(16), text), lit(" "), count(uint_(8), box), lit(" "), text, lit(":"), box),
		"packed": template(lit("K "), count(uint_(16), packed), lit(" "), count(uint_(8), lines, -1), brk(), packed, brk(),
			lit("--"), lines, brk(), lit("END")),
		"ranges": template(field("d", within(model.Decimal, "-1.5", "2.25")), lit(" "), field("f", within(model.Float, "0", "10")), lit(" "),
			field("u", within(model.Uint, "16", "255")), lit(" "), field("n", within(model.Int, "-3", "99999999999999999999"))),
		"codes": template(field("a", code), lit(" "), field("b", small), lit(" "), field("raw", of(model.JSONRaw))),
		"jsonlists": template(field("o", object(
			jsonField("i", list("", int_(16))), jsonField("u", list("", uint_(16))), jsonField("b", list("", of(model.Bool))),
			jsonField("d", list("", of(model.Decimal))), jsonField("r", list("", of(model.JSONRaw))),
			jsonField("e", list("", small)), jsonField("s", list("", object(jsonField("x", uint_(8))))), jsonField("c", unit),
			constant("null", nil), constant("n", int64(-7)), constant("t", "text")))),
		"literal": template(lit("OK")),
		"reading": template(lit("READING "), channel, lit(" "), field("value", of(model.Decimal)), lit(" "), field("unit", unit)),
		"optional": template(lit("ALARM "), field("id", uint_(32)), lit(" "), field("severity", closed, " "), lit(" "),
			field("active", onOff), optional(model.DecideEOL, lit(" "), field("text", wide(model.Quoted, 0)))),
		"nested": template(lit("N"), optional(model.DecideEOL, lit(" "), field("a", of(model.Word), " "),
			optional(model.DecideEOL, lit(" "), field("b", of(model.Text))))),
		"byte": template(lit("B "), field("a", uint_(16)), optional(model.DecideByte, lit(","), field("b", int_(16))),
			lit(";"), field("rest", of(model.Text))),
		"msg": template(lit("MSG "), field("subject", of(model.Word), " "), lit(" "), field("sid", of(model.Word), " "),
			sep(optional(model.DecideSeparators, lit(" "), field("reply", of(model.Word), " "))), lit(" "),
			count(uint_(64), payload), brk(), payload),
		"hmsg": template(lit("HMSG "), count(uint_(64), headers), lit(" "), count(uint_(64), headers, body), brk(), headers, body),
		"del":  template(lit("*"), count(uint_(64), keys, 1), brk(), lit("$3"), brk(), lit("DEL"), keys),
		"set": template(lit("*3"), brk(), lit("$3"), brk(), lit("SET"), brk(), field("key", arg()), brk(),
			field("value", arg())),
		"numbers": template(field("i", int_(8)), lit(" "), field("d", wide(model.Digits, 4)), lit(" "),
			field("h", wide(model.Hex, 4)), lit(" "), field("f", of(model.Float)), lit(" "), field("r", ranged)),
		"padded": template(lit("P["), field("n", padded(6, int_(32))), lit("]["), field("t", padded(8, of(model.Text))),
			lit("]["), field("u", padded(4, unit)), lit("]")),
		"fixed": template(lit("F"), field("t", wide(model.Text, 3)), field("u", uint_(16)), brk(), field("b", wide(model.Bytes, 2))),
		"blobs": template(lit("X "), field("h", of(model.HexBytes), " "), lit(" "), field("b", of(model.Base64), " "),
			lit(" "), field("w", limited)),
		"lists": template(lit("L "), field("xs", list(",", uint_(8)), ";"), lit(";"), field("ts", list(",", of(model.Text)))),
		"same":  template(lit("S "), again, lit(" "), tag, lit(" "), same(again), lit(" "), same(tag)),
		"stop":  template(lit("'"), field("t", of(model.Text), "' "), lit("' "), field("_", uint_(8)), lit("."), field("_", of(model.Text))),
		"json": template(lit("INFO "), field("info", object(
			jsonField("max", int_(64)), maybe(jsonField("user", of(model.Text))), jsonField("tags", list("", of(model.Text))),
			&model.Member{Key: "verbose", IsConst: true, Const: false},
			maybe(&model.Member{Key: "auth", Object: []*model.Member{jsonField("pass", of(model.Text)), jsonField("n", of(model.Decimal))}}),
			maybe(jsonField("unit", unit)), maybe(jsonField("raw", of(model.JSONRaw)))))),
		"object": frameOf(
			constant("class", "TPV"), jsonField("mode", small), maybe(jsonField("lat", of(model.Decimal))), jsonField("speed", of(model.Float)),
			jsonField("id", of(model.JSONRaw)), &model.Member{Key: "fix", Object: []*model.Member{jsonField("x", int_(8)), maybe(jsonField("y", limited))}},
			&model.Member{Key: "params", Items: []*model.Member{constant("", int64(1)), named("name", of(model.Text)), {Items: []*model.Member{}}}},
			maybe(&model.Member{Key: "more", Items: []*model.Member{named("p", uint_(8)), named("q", list("", of(model.Bool)))}}),
			&model.Member{Others: true, Field: &model.Field{Named: model.Named{Name: "others"}, Type: of(model.JSONRaw), Optional: true}}),
		"layouts": template(lit("P "), field("at", layout(field("x", int_(16)), lit(","), field("y", int_(16)))), lit(" "),
			field("ps", list(";", layout(field("a", uint_(8)), lit("="), field("b", of(model.Word), ";"))))),
	}
}

// frameOf is a frame that is a JSON object.
func frameOf(members ...*model.Member) *model.Template {
	return &model.Template{Ops: []*model.Op{{Kind: model.OpObject, Members: members}}, Fields: memberFields(members)}
}

// named is an item of a list.
func named(name string, t *model.Type) *model.Member {
	m := jsonField(name, t)
	m.Key = ""
	return m
}

// sep makes an optional part one that is decided by the blanks left: one must
// remain for the count.
func sep(op *model.Op) *model.Op {
	op.Sep, op.After = " ", 1
	return op
}

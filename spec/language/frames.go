package language

// mode is in which modes something is there.
var mode = may("in", "in which mode of the session", "", oneOrMore(of(Name)))

// enters is the mode that something leads to.
var enters = may("enters", "the mode of the session that it leads to", "", of(Name))

// fields say what the fields of a message, a command or a layout mean.
func fields(doc string) Key { return may("fields", doc, "", table(Snake, 0, in(Field))) }

// Frame is a kind of frames.
var Frame = &Construct{
	Name: "frames.*", Common: named,
	Keys: []Key{
		may("content", "`text`, `binary` or `json`: whether maps may be JSON objects", "", word(
			"text", "lines of text, or other text with an end",
			"binary", "bytes: templates are hex digits and binary types",
			"json", "JSON objects, and lines of text between them")),
		bare("order", "of the bytes of numbers", word(
			"big", "the most significant byte comes first",
			"little", "the least significant byte comes first")),
		may("starts", "bytes that begin each frame", "", of(Bytes, "STX", "0x7e")),
		may("ends", "what ends a received line: one, or a list; in JSON frames it may be left out", "", oneOrMore(of(Bytes, "LF", "CRLF"))),
		may("sends", "what ends a line of ours", "the first of ends", of(Bytes, "CRLF", "LF")),
		may("line", "what ends a line inside of a frame, where its end is another: one, or a list", "", oneOrMore(of(Bytes, "LF", "CRLF"))),
		may("size", "of a frame that is always as long, in bytes", "", size("64B")),
		may("escape", "bytes that stand for others", "", in(Escape)),
		may("layout", "a frame around its payload", "", of(Template, `"{#payload:u16} {payload}"`)),
		may("set", "fields of the layout with values of their own", "", table(Snake, 0, of(Value))),
		fields("what the layout's fields mean"),
		may("checksum", "a field that is computed from others", "", in(Checksum)),
		need("max", "of a frame, its last terminator left out", size("4KiB", "64KiB", "1MiB")),
		may("max_line", "of one received line", "64KiB, or max; in JSON frames max", size("4KiB")),
		may("empty", "`frame`: an empty line is a frame, or `drop`", "", word(
			"frame", "an empty line is a frame",
			"drop", "an empty line is dropped")),
		may("charset", "`utf8`, `ascii` or `latin1`: what text may hold", "", word(
			"utf8", "text is UTF-8",
			"ascii", "text is ASCII",
			"latin1", "text is any bytes, each a character")),
		may("use", "in which direction", "", word(
			"both", "frames of this kind are sent and received",
			"send", "frames of this kind are only sent",
			"receive", "frames of this kind are only received")),
		mode,
	},
}

// Checksum is a field that is computed from others.
var Checksum = &Construct{
	Name: "frames.*.checksum",
	Keys: []Key{
		need("field", "the field of the layout that holds it", of(Name)),
		need("algorithm", "its name: `xor8`, `CRC-16/MODBUS` and others", text("xor8", "sum8", "CRC-16/MODBUS", "CRC-16/IBM-SDLC", "CRC-32/ISO-HDLC")),
		need("over", "from which field of the layout to which: `payload`, `start..payload`", text("payload", "start..payload")),
		may("letters", "`upper` or `lower`: of hex digits that are sent", "", word(
			"upper", "hex digits are sent in capitals",
			"lower", "hex digits are sent in lower case")),
	},
}

// Escape is how a marker is written in the content.
var Escape = &Construct{
	Name: "frames.*.escape",
	Ways: [][]string{{"byte", "xor", "bytes"}, {"byte", "map"}, {"double"}},
	Keys: []Key{
		may("byte", "what comes before an escaped byte", "", of(Bytes, "0x7d")),
		may("xor", "what an escaped byte is combined with", "", of(Bytes, "0x20")),
		may("bytes", "those that are escaped, with `xor`", "", list(1, of(Bytes, "0x7e"))),
		may("map", "what stands for which byte behind `byte`", "", table(Free, 0, of(Bytes, "0xdc"))),
		may("double", "the byte that stands twice for itself", "", of(Bytes, "DLE")),
	},
}

// Field says what a field means.
var Field = &Construct{
	Name: "messages.*.fields.*", Common: named,
	Keys: []Key{
		may("unit", "what a number counts", "", text()),
		may("default", "what its absence means", "", text()),
	},
}

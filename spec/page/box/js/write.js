// The form in which a value is sent: what a field that comes twice is compared with. Only
// values of types with a single form do: no lists, layouts, JSON, bytes or bits.

// written is one value's wire form: text, or why there is none.
function written(framing, t, path, v) {
  const w = new FrameWriter(framing);
  w.value(t, path, [], v);
  w.room(0);
  return { text: w.b, err: w.err };
}

const reverse = (s) => [...s].reverse().join("");

class FrameWriter {
  constructor(framing) {
    this.f = framing;
    this.b = "";
    this.err = null;
  }

  fail(field, reason) {
    if (!this.err) this.err = { field, reason, offset: this.b.length };
  }

  room(n) {
    if (!this.err && this.b.length + n > this.f.max) {
      this.err = { field: "", reason: `frame is larger than ${this.f.max} bytes`, offset: 0 };
    }
  }

  put(s) {
    this.room(s.length);
    this.b += s;
  }

  value(t, path, stops, v) {
    const why = typeof v === "string" || t.kind === "padded" ? violates(t, v) : "";
    if (why) this.fail(path, why);
    switch (t.kind) {
      case "text": case "word": case "dotted": return this.text(t, path, stops, v);
      case "quoted": return this.quoted(t, path, v);
      case "bool": return this.put(v ? t.words[0] : t.words[1]);
      case "hexbytes": return this.put([...v].map((c) => hex(c.charCodeAt(0), 2).toUpperCase()).join(""));
      case "base64": return this.put(btoa(v));
      case "enum": return this.enum(t, path, stops, v);
      case "padded": return this.padded(t, path, v);
    }
    return this.number(t, path, v);
  }

  text(t, path, stops, s) {
    const dot = t.kind === "dotted" && s.startsWith(".") ? "." : "";
    const why = (t.kind === "word" && notWord(s)) || this.refuses(s) || (hidesStop(s, stops) && "holds the text that ends it");
    if (why) this.fail(path, why);
    this.put(dot + s);
  }

  // refuses says why s cannot be text of a line, or gives "".
  refuses(s) {
    return this.breaks(s) ? "holds a line break" : refusesText(this.f.charset || utf8, s);
  }

  // breaks tells whether s, sent as text, could end a line.
  breaks(s) {
    const ends = [...(this.f.ends || []), this.f.sendEnd || ""].filter((end) => end !== "");
    return ends.some((end) => s.includes(end) || (/[\r\n]/.test(end) && /[\r\n]/.test(s)));
  }

  quoted(t, path, s) {
    const charset = this.f.charset || utf8;
    let why = "";
    if (t.flavour === "c") why = leaves(charset, s);
    else if (t.flavour !== "json") why = this.refuses(s);
    else if (charset !== latin1) why = leaves(utf8, s);
    const text = '"' + quotedText(t.flavour, s, charset) + '"';
    if (why || this.breaks(text)) this.fail(path, why || "holds a line break");
    this.put(text);
  }

  enum(t, path, stops, v) {
    const base = enumBase(t);
    const p = new Parser(v.wire, this.f, false);
    const text = base.kind === "text" || base.kind === "word";
    this.value(base, path, stops, text ? v.wire : base.binary ? BigInt(v.wire) : p.value(base, path, []));
  }

  padded(t, path, v) {
    const from = this.b.length;
    this.value(t.elem, path, [], v);
    const s = this.b.slice(from);
    const left = padsLeft(t.elem);
    if (s.length > t.width) this.fail(path, `longer than ${t.width} bytes`);
    this.b = this.b.slice(0, from) + (left ? s.padStart(t.width, t.fill) : s.padEnd(t.width, t.fill));
  }

  number(t, path, v) {
    if (t.scale) v = v.unscale(t.scale);
    if (t.binary) return this.binary(t, v);
    switch (t.kind) {
      case "digits": return this.put(v.toString().padStart(t.width, "0"));
      case "hex": return this.put(v.toString(16).toUpperCase().padStart(t.width, "0"));
      case "float": return this.put(floatText(v));
    }
    return this.put(v.toString());
  }

  binary(t, v) {
    if (t.kind === "float") {
      const view = new DataView(new ArrayBuffer(8));
      if (t.bits === 32) view.setFloat32(4, v);
      else view.setFloat64(0, v);
      v = view.getBigUint64(0);
    }
    v = BigInt.asUintN(t.bits, v);
    if (t.binary === "varint") return this.varint(v);
    let s = "";
    for (let i = 0; i < t.bits / 8; i++, v >>= 8n) s = String.fromCharCode(Number(v & 0xffn)) + s;
    return this.put(t.binary === "little" ? reverse(s) : s);
  }

  varint(v) {
    for (; v >= 0x80n; v >>= 7n) this.put(String.fromCharCode(Number(v & 0x7fn) | 0x80));
    this.put(String.fromCharCode(Number(v)));
  }
}

// floatText has an exponent only where the number is very large or small.
function floatText(v) {
  if (v === 0) return "0";
  return String(v).replace(/e([-+])([0-9])$/, "e$10$2");
}

// hidesStop tells whether a reader of s, with any of stops behind it, could find a stop
// before the end of s.
function hidesStop(s, stops) {
  return stops.some((stop) => stop !== "" && (s.includes(stop) || stops.some((next) => straddles(s, stop, next))));
}

// straddles tells whether stop may begin inside s and end in what follows.
function straddles(s, stop, next) {
  for (let k = 1; k < stop.length; k++) {
    const n = Math.min(stop.length - k, next.length);
    if (s.endsWith(stop.slice(0, k)) && stop.slice(k, k + n) === next.slice(0, n)) return true;
  }
  return false;
}

// quotedText is s with the escapes of a flavour.
function quotedText(flavour, s, charset) {
  switch (flavour) {
    case "doubled": return s.replace(/"/g, '""');
    case "backslash": return s.replace(/["\\]/g, "\\$&");
    case "json": {
      const text = quoteJSON(s).slice(1, -1);
      if (charset === utf8) return text;
      return charset === latin1 ? text.replace(/[\x80-\xff]/g, (c) => "\\u00" + hex(c.charCodeAt(0), 2)) : asciiJSON(text);
    }
  }
  return s.replace(/["\\\0-\x1f\x7f]/g, (c) => {
    const letter = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }[c];
    return letter || "\\x" + hex(c.charCodeAt(0), 2).toUpperCase();
  });
}

// asciiJSON escapes what is not ASCII, as UTF-16 in hex.
function asciiJSON(s) {
  const units = [...unicode(s)].flatMap((c) => (c < "\x80" ? [c] : c.split("").map((unit) => "\\u" + hex(unit.charCodeAt(0), 4))));
  return units.join("");
}

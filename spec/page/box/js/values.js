// How the Parser reads one value of a type.

Object.assign(Parser.prototype, {
  // value ends, of an open type, at one of stops or at the line's end.
  value(t, path, stops) {
    const from = this.r.pos;
    const v = this.read(t, path, stops);
    if (!["layout", "one_of", "pairs", "list", "enum"].includes(t.kind)) this.span(from, path, t, "field");
    return v;
  },

  read(t, path, stops) {
    const { r } = this;
    switch (t.kind) {
      case "text": case "word": case "quoted": case "dotted": return this.constrained(t, path, this.words(t, path, stops));
      case "int": case "uint": case "digits": case "hex": case "decimal": case "float":
        return this.constrained(t, path, this.number(t, path));
      case "bool": return r.bool(path, t.words[0], t.words[1]);
      case "hexbytes": return this.constrained(t, path, r.hexBytes(path, stops));
      case "base64": return this.constrained(t, path, r.base64(path, stops));
      case "bytes": return this.constrained(t, path, r.fixedBytes(path, t.width));
      case "json": return this.json(path);
      case "enum": return this.enum(t, path, stops);
      case "padded": return this.constrained(t, path, this.padded(t, path));
      case "list": return this.list(t, path, stops, -1n);
      case "layout": return this.layout(t, path);
      case "one_of": return this.oneOf(t, path);
      case "pairs": return this.pairs(t, path, null);
      case "json_object": return this.object(t, path);
    }
    r.fail(path, "this version does not know " + t.kind);
    return null;
  },

  constrained(t, path, v) {
    const why = this.r.err ? "" : violates(t, v);
    if (why) {
      this.r.fail(path, why);
      this.wrong = { t, v };
    }
    return v;
  },

  words(t, path, stops) {
    switch (t.kind) {
      case "quoted": return this.r.quoted(path, t.flavour);
      case "dotted": return this.r.dotted(path);
      case "word": return this.r.word(path, stops);
    }
    return t.width > 0 ? this.r.fixedText(path, BigInt(t.width)) : this.r.text(path, stops);
  },

  number(t, path) {
    const v = t.binary ? this.binary(t, path) : this.digits(t, path);
    return t.scale && typeof v === "bigint" ? scaled(v, t.scale) : v;
  },

  digits(t, path) {
    const { r } = this;
    switch (t.kind) {
      case "int": return r.int(path, bitsOf(t));
      case "uint": return r.uint(path, bitsOf(t));
      case "digits": return r.fixed(path, t.width, 10);
      case "hex": return r.fixed(path, t.width, 16);
      case "decimal": return r.decimal(path);
    }
    return r.float(path);
  },

  binary(t, path) {
    const n = t.bits / 8;
    const little = t.binary === "little";
    if (t.kind === "float") return this.r.orderedFloat(path, n, little);
    if (t.binary === "varint") return this.r.varint(path, t.bits);
    const v = t.binary === "bits" ? this.r.bits(path, t.bits) : this.r.ordered(path, n, little);
    return t.kind === "int" ? signed(v, t.bits) : v;
  },

  // json takes a value of the line, and the blanks between it and the line's end.
  jsonText(path) {
    const { r } = this;
    const line = r.rest();
    const value = line.slice(0, jsonExtent(line));
    try {
      parseJSON(value, false);
    } catch (err) {
      if (!(err instanceof Refusal)) throw err;
      r.fail(path, err.reason);
      return "";
    }
    r.pos += value.length;
    if (/^[ \t]*$/.test(r.rest())) r.pos = r.lineEnd();
    return value;
  },

  json(path) {
    const raw = this.jsonText(path);
    return this.r.err ? null : compactJSON(raw);
  },

  enum(t, path, stops) {
    const base = enumBase(t);
    const v = this.value(base, path, stops);
    if (this.r.err) return null;
    const e = enumOf(t, enumText(base, v));
    if (!e) this.r.fail(path, notInEnum);
    return e;
  },

  // padded is exactly so many characters, the value and what fills it up.
  padded(t, path) {
    const padding = this.r.pad(path, t.width, padsLeft(t.elem), t.fill);
    const v = this.value(t.elem, path, []);
    this.r.unpad(path, padding);
    return v;
  },

  // layout of a single field is that field.
  layout(t, path) {
    const values = this.template(t.body, path);
    return t.single ? values.items[0].value : values;
  },

  // list is n items or, where n is negative, as many as there are.
  list(t, path, stops, n) {
    const items = [];
    if (n < 0n && t.sep === "") {
      this.r.fail(path, "has no count");
      return null;
    }
    if (n === 0n || (n < 0n && this.emptyHere(stops))) return items;
    const inner = t.sep === "" ? stops : [t.sep, ...stops];
    while (n < 0n || BigInt(items.length) < n) {
      if (t.sep === "") {
        if (!packed(this.f)) this.r.break();
      } else if (items.length > 0) {
        if (n < 0n && !this.r.has(t.sep)) return items;
        this.r.lit(t.sep);
      }
      const v = this.value(t.elem, itemPath(path, items.length), inner);
      if (this.stopped()) return null;
      items.push(v);
    }
    return items;
  },

  emptyHere(stops) {
    return this.r.atBreak() || stops.some((stop) => this.r.has(stop));
  },

  // oneOf reads the form whose text comes next, the longest text first.
  oneOf(t, path) {
    if (t.depth === 0) return this.form(t, path);
    const outer = this.r.enter(t.group, t.depth);
    if (this.r.err) return null;
    // Where to stop is outside of it, and a path is as long as those of values of the
    // outermost one, however deep they are.
    const { at, outermost } = this;
    this.at = null;
    this.outermost = outermost || path;
    const v = this.form(t, this.outermost);
    this.at = at;
    this.outermost = outermost;
    this.r.level = outer;
    return v;
  },

  form(t, path) {
    for (const i of t.order) {
      if (!this.r.has(t.leads[i])) continue;
      const f = t.body.fields[i];
      return new Values([itemOf(f, this.value(f.type, below(path, f.name), []))]);
    }
    this.r.fail(path, "has none of its forms");
    return null;
  },

  // object is a JSON object inside a frame.
  object(t, path) {
    const raw = this.jsonText(path);
    const { err, values } = this.r.err ? {} : readObject(raw, t.members);
    if (err) this.r.nest(path, err);
    return err || this.r.err ? null : new Values(values);
  },
});

const itemPath = (path, i) => `${path}[${i}]`;

// packed tells whether items of a list without a separator come one behind the other.
const packed = (framing) => !!framing.packet && (framing.ends || []).length === 0;

// padsLeft tells whether what fills up stands before the value, as with numbers.
function padsLeft(t) {
  if (t.kind === "enum") return padsLeft(enumBase(t));
  return ["int", "uint", "digits", "hex", "decimal", "float"].includes(t.kind);
}

// readObject reads a whole text as a JSON object.
function readObject(raw, members) {
  try {
    const node = parseJSON(raw, true);
    if (node.kind !== "{") throw new Refusal("", "not a JSON object");
    const value = new JSONValue(raw, node, "", "");
    try {
      return { err: null, node, values: readMembers(value, members) };
    } catch (err) {
      return { err, node, values: [] };
    }
  } catch (err) {
    if (!(err instanceof Refusal)) throw err;
    return { err, node: null, values: [] };
  }
}

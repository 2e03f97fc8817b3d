// Parser reads a frame by a template, op by op, as spec/internal/codec's does.
class Parser {
  constructor(frame, framing, spans) {
    this.f = framing;
    this.r = new Reader(frame, framing);
    this.whole = frame.length;
    this.place = null; // of the first error: {kind, path, due}
    this.wrong = null; // the value that a constraint refused: {t, v}
    this.missing = null; // the line that would end a list or block at whose end the bytes end
    this.at = null; // where to stop, for a measure: ids of ops
    this.size = null; // what was measured
    this.told = []; // by the keys of the pairs that were read last
    this.outermost = ""; // the path of the value of a type that may hold itself
    this.spans = spans ? new Spans() : null;
  }

  // frame reads all of it.
  frame(t) {
    const values = this.template(t, "");
    this.r.done();
    this.note("end", "", "");
    return values;
  }

  stopped() {
    return this.size !== null || this.r.err !== null;
  }

  note(kind, path, due) {
    if (this.r.err && !this.place) this.place = { kind, path, due };
  }

  template(t, path) {
    const s = new Scope(path, t.fields.map((f) => itemOf(f, f.standard)));
    this.ops(s, t.ops);
    return s.values;
  }

  ops(s, ops) {
    for (let i = 0; i < ops.length && !this.stopped(); i++) {
      if (ops[i].kind === "break" && ofList(ops, i)) continue; // each item brings its own
      this[ops[i].kind](s, ops[i]);
      if (this.r.err && ops[i].until) this.ending(s, ops.slice(i + 1));
    }
  }

  // ending keeps which line is due where a list or block has nothing behind its last one.
  ending(s, [first, ...ops]) {
    if (this.missing !== null || this.r.err.offset < this.whole || !first) return;
    const stop = ops.findIndex((op) => op.kind === "break");
    const line = [...(first.kind === "break" ? [] : [first]), ...(stop < 0 ? ops : ops.slice(0, stop))];
    this.missing = line.map((op) => this.known(s, op)).join("");
  }

  // known is what a line has that is known before it comes.
  known(s, op) {
    if (op.kind === "lit") return op.lit;
    const v = op.kind === "same" ? s.values.get(op.field.name) : null;
    return v === null ? "…" : written(this.f, op.field.type, "", v).text;
  }

  lit(s, op) {
    this.r.lit(op.lit);
    this.note("literal", "", op.lit);
  }

  break() {
    this.r.break();
    this.note("literal", "", this.f.sendEnd || "");
  }

  const(s, op) {
    const { bits } = op.field.type;
    this.r.constant(op.value, bits);
    this.skipBits(bits);
    this.note("literal", "", bits === 8 ? String.fromCharCode(Number(op.value)) : "");
  }

  flag(s, op) {
    s.flags.set(op.field.id, this.r.bits(s.name(op.field), 1));
    this.skipBits(1);
    this.note("field", s.name(op.field), "");
  }

  body(s) {
    s.outside = this.r.body();
  }

  bodyend(s) {
    this.r.endBody(s.outside);
    this.note("end", "", "");
  }

  // payload is where a layout alone has its message: no message has it.
  payload() {
    this.r.fail("", "this version does not know payload");
    this.note("literal", "", "");
  }

  // extra is the frame's own count or checksum.
  extra(s, op, kind, read) {
    const from = this.r.pos;
    read();
    this.span(from, s.name(op.field), null, kind);
    this.note(kind, s.name(op.field), "");
  }

  frameSize(s, op) {
    this.extra(s, op, "length", () => this.r.size());
  }

  frameSum(s, op) {
    this.extra(s, op, "field", () => this.r.sum());
  }

  field(s, op) {
    if (this.at && this.at[0] === op.id) {
      this.at = this.at.slice(1);
      if (this.at.length === 0) {
        this.measure(s, op);
        return;
      }
    }
    const path = s.name(op.field);
    const from = this.r.pos;
    const v = this.extent(s, op, path);
    if (op.counted || op.rest) this.span(from, path, op.field.type, "field");
    this.note("field", path, "");
    if (this.r.err) return;
    s.set(op.field, v);
    op.tells.forEach((id, i) => s.counts.set(id, this.told[i] === undefined ? 0n : this.told[i]));
  }

  // extent reads a field whose extent a count gives, or any other.
  extent(s, op, path) {
    const t = op.field.type;
    if (op.until) return this.lines(op, path);
    if (op.rest) return this.rest(op, path);
    if (!op.counted) return this.value(t, path, op.stops);
    if (op.sized) return this.sized(s, op, path);
    const n = s.counts.get(op.field.id);
    if (n === undefined || n < 0n) {
      this.r.fail(path, "has no count");
      return null;
    }
    switch (t.kind) {
      case "list": return this.list(t, path, op.stops, n);
      case "bytes": return this.constrained(t, path, this.r.bytes(path, n));
      case "text": return this.constrained(t, path, this.r.fixedText(path, n));
    }
    return this.within(this.r.bytes(path, n), t, path);
  }

  // within reads a value that fills raw to its end.
  within(raw, t, path) {
    if (this.r.err) return null;
    const inner = new Parser(raw, this.f, !!this.spans);
    if (this.spans) inner.spans.base = this.spans.base + this.r.pos - raw.length;
    const v = inner.value(t, path, []);
    inner.r.done();
    if (this.spans) this.spans.all.push(...inner.spans.all);
    if (!inner.r.err) return v;
    this.r.fail(path, inner.r.err.reason);
    return null;
  }

  same(s, op) {
    const path = s.name(op.field);
    const from = this.r.pos;
    const v = s.values.get(op.field.name);
    if (v === null) {
      this.r.fail(path, "is not there to be repeated");
    } else {
      const { text, err } = written(this.f, op.field.type, path, v);
      if (err) this.r.fail(path, err.reason);
      else this.r.same(path, text);
    }
    this.note("field", path, "");
    this.span(from, path, null, "field");
  }

  optional(s, op) {
    const here = op.decide === "flag" ? s.flagged(op.flag) : this.present(op);
    if (this.at && this.at[0] === op.id) {
      this.at = this.at.slice(1);
      if (this.at.length === 0) {
        this.size = here ? 1 : 0;
        return;
      }
    }
    if (here) this.ops(s, op.body);
  }

  // present decides by the bytes whether an optional part is there.
  present(op) {
    const { r } = this;
    switch (op.decide) {
      case "text": return r.has(op.body[0].lit);
      case "byte": return lead(op.body) !== "" && r.has(lead(op.body));
      case "line": return r.nextLine(op.sep);
      case "separators": return r.separators(op.sep) > op.after;
      case "left": return r.left(op.tail) > 0;
    }
    return !r.atBreak();
  }

  // span notes what has been read since from, but for what has been noted of its parts.
  span(from, path, t, kind) {
    if (!this.spans || this.r.err) return;
    if (t && t.binary === "bits") this.spans.bits(from, path, t.bits);
    else this.spans.add(from, this.r.pos, path, kind);
  }

  skipBits(n) {
    if (this.spans) this.spans.bit = (this.spans.bit + n) % 8;
  }
}

// Scope is one template's state while it is read.
class Scope {
  constructor(path, items) {
    this.path = path;
    this.values = new Values(items);
    this.counts = new Map(); // by the numbers of fields: items of a list, or bytes
    this.sizes = new Map(); // bytes of lists whose items differ in size
    this.flags = new Map();
    this.outside = "";
  }

  name(field) {
    return this.path === "" ? field.name : this.path + "." + field.name;
  }

  set(field, v) {
    const it = this.values.items.find((item) => item.name === field.name);
    if (it) it.value = v;
  }

  flagged(flag) {
    const v = flag.derived ? this.flags.get(flag.id) : this.values.get(flag.name);
    return typeof v === "bigint" && v !== 0n;
  }
}

// Spans are the bytes that each value came from.
class Spans {
  constructor() {
    this.all = []; // {from, to, bits, path, kind}
    this.bit = 0; // of the byte at the reader's place that have been read
    this.base = 0; // where the reader's bytes begin in the frame
  }

  add(from, to, path, kind) {
    this.bit = 0;
    if (to === from || (lastName(path) === ignored && kind === "field")) return;
    for (let n = this.all.length - 1; n >= 0 && this.all[n].from >= this.base + from; n--) {
      if (this.all[n].path !== path) return; // its parts are known
      this.all.pop();
    }
    this.all.push({ from: this.base + from, to: this.base + to, bits: null, path, kind });
  }

  bits(from, path, n) {
    const first = 8 * (this.base + from) + this.bit;
    this.bit = (this.bit + n) % 8;
    if (lastName(path) === ignored) return;
    this.all.push({ from: first >> 3, to: (first + n + 7) >> 3, bits: [first, first + n], path, kind: "field" });
  }
}

const lastName = (path) => path.slice(path.lastIndexOf(".") + 1);

// standsOnLines tells whether values of t stand alone on lines.
function standsOnLines(t) {
  return (t.kind === "list" && t.sep === "") || (t.kind === "pairs" && t.pairs.each === "");
}

// ofList tells whether the break at i belongs to a list that stands on its lines.
function ofList(ops, i) {
  const next = ops[i + 1];
  const before = ops[i - 1];
  return (!!next && (next.toEnd || (next.counted && standsOnLines(next.field.type)))) || (!!before && !!before.until);
}

// lead is the first byte of what ops write; empty where that is not fixed.
function lead(ops) {
  for (let [op] = ops; op; [op] = ops) {
    if (op.kind === "lit" && op.lit !== "") return op.lit[0];
    if (op.kind !== "field") return "";
    const t = op.field.type;
    if (t.kind === "quoted") return '"';
    if (t.kind === "json_object") return "{";
    if (t.kind !== "layout") return "";
    ops = t.body.ops;
  }
  return "";
}

// The form in which values are sent that hold others.

Object.assign(FrameWriter.prototype, {
  list(t, path, stops, items) {
    const inner = t.sep === "" ? stops : [t.sep, ...stops];
    const from = this.b.length;
    items.forEach((item, i) => {
      if (t.sep === "" && !packed(this.f)) this.put(this.f.sendEnd || "");
      else if (i > 0) this.put(t.sep);
      this.value(t.elem, itemPath(path, i), inner, item);
    });
    if (items.length === 1 && this.b.length === from) this.fail(path, "has a single item that is written as nothing");
  },

  layout(t, path, v) {
    const values = t.single ? new Values([{ name: t.body.fields[0].name, value: v }]) : v;
    this.parts(t.body.ops, path, values);
  },

  parts(ops, path, values) {
    for (const op of ops) {
      if (op.kind === "lit") this.put(op.lit);
      else if (op.kind === "const") this.bits(op.value, op.field.type.bits);
      else if (op.kind === "optional") this.optional(op, path, values);
      else if (op.kind === "field" || op.kind === "same") this.field(op, path, values);
      else this.fail(path, "this page cannot compare " + op.kind);
    }
  },

  field(op, path, values) {
    const { name, type } = op.field;
    const at = below(path, name);
    if (name === ignored) this.value(type, at, op.stops, zero(type));
    else this.value(type, at, op.stops, values.get(name));
  },

  // optional is written where any of its fields has a value, or where it has none.
  optional(op, path, values) {
    if (op.decide === "text" || fieldsOf(op.body).some((f) => values.get(f.name) !== null)) this.parts(op.body, path, values);
  },

  oneOf(t, path, v) {
    const [it] = v.items;
    const f = t.body.fields.find((field) => field.name === it.name);
    this.value(f.type, below(path, f.name), [], it.value);
  },

  pairs(t, path) {
    this.fail(path, "this page cannot compare pairs");
  },
});

// objectText is not made: an object that comes twice is compared by nobody.
const objectText = () => "{}";

// zero is what is sent for a field that nobody sees.
function zero(t) {
  if (t.scale) return scaled(0n, t.scale);
  switch (t.kind) {
    case "int": case "uint": case "digits": case "hex": return 0n;
    case "decimal": return new Decimal(0n, 0);
    case "float": return 0;
    case "bool": return false;
    case "list": return [];
    case "padded": return zero(t.elem);
    case "enum": return t.values[0];
    case "json": return "null";
    case "bytes": return "\0".repeat(t.width);
    case "layout": return t.single ? zero(t.body.fields[0].type) : new Values(t.body.fields.map((f) => itemOf(f, f.optional ? null : zero(f.type))));
  }
  return t.kind === "text" ? " ".repeat(t.width) : "";
}

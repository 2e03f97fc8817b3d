// A JSON value that was received, as spec/internal/codec reads it by a type. What does not
// fit throws a Refusal with the path of the value.

class JSONValue {
  // node: null where it is missing. path is the value's own; blame is where what is
  // wrong with its meaning is told, for an item of a list the list's.
  constructor(s, node, path, blame) {
    this.s = s;
    this.node = node;
    this.path = path;
    this.blame = blame;
  }

  refuse(reason) {
    throw new Refusal(this.path, reason);
  }

  text() {
    if (!this.node) this.refuse("is missing");
    return this.s.slice(this.node.at, this.node.end);
  }

  string() {
    const raw = this.text();
    if (raw[0] !== '"') this.refuse("not a string");
    const text = unescapeJSON(raw.slice(1, -1), utf8);
    if (text === null) this.refuse(badEscape);
    return text;
  }

  bool() {
    const raw = this.text();
    if (raw !== "true" && raw !== "false") this.refuse("not a bool");
    return raw === "true";
  }

  int(bits) {
    const raw = this.text();
    const { v, n, why } = scanInt(raw, 0, bits);
    if (why || n < raw.length) this.refuse(`not an integer of ${bits} bits`);
    return v;
  }

  uint(bits) {
    const raw = this.text();
    if (!/^[0-9]+$/.test(raw) || BigInt(raw) >> BigInt(bits) > 0n) this.refuse(`not an unsigned integer of ${bits} bits`);
    return BigInt(raw);
  }

  decimal() {
    const d = parseDecimal(this.text());
    if (!d) this.refuse("not a decimal number that fits");
    return d;
  }

  float() {
    const v = this.text() !== "" && this.node.kind === "0" ? Number(this.text()) : NaN;
    if (!Number.isFinite(v)) this.refuse("not a number that fits");
    return v;
  }

  // member is one of an object, which this must be.
  object() {
    if (this.text()[0] !== "{") this.refuse("not an object");
    return this;
  }

  find(key) {
    return this.node.members.find((m) => m.key === key);
  }

  has(key) {
    const m = this.find(key);
    return !!m && m.value.kind !== "n";
  }

  member(key) {
    const m = this.find(key);
    const path = below(this.path, key);
    return new JSONValue(this.s, m ? m.value : null, path, path);
  }

  list() {
    if (this.text()[0] !== "[") this.refuse("not a list");
    return this.node.items.map((node, i) => new JSONValue(this.s, node, `${this.path}[${i}]`, this.blame));
  }

  constant(want) {
    const raw = this.text();
    if (!meansConstant(this, raw, want)) this.refuse("not the constant that it must be");
  }

  // others is an object of the members that have none of these keys; null: there are none.
  others(known) {
    const rest = this.node.members.filter((m) => !known.includes(m.key));
    if (rest.length === 0) return null;
    const member = (m) => quoteJSON(m.key) + ":" + compactJSON(this.s.slice(m.value.at, m.value.end));
    return "{" + rest.map(member).join(",") + "}";
  }
}

function meansConstant(value, raw, want) {
  if (Array.isArray(want)) { // an integer
    const { v, n, why } = scanInt(raw, 0, 64);
    return !why && n === raw.length && v === BigInt(want[0]);
  }
  if (typeof want === "string") return raw[0] === '"' && unescapeJSON(raw.slice(1, -1), utf8) === want;
  return raw === String(want);
}

// quoteJSON writes UTF-8 as a JSON string.
function quoteJSON(s) {
  const escaped = s.replace(/["\\\0-\x1f\x7f]/g, (c) => {
    const letter = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }[c];
    return letter || "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
  });
  return '"' + escaped + '"';
}

// readMembers gives the fields of members, and of the objects inside them.
function readMembers(o, members) {
  const keys = members.filter((m) => !m.others).map((m) => m.key);
  return members.flatMap((m) => {
    if (m.others) return [{ name: m.field.name, value: o.others(keys), secret: false }];
    if (m.optional && !o.has(m.key)) return membersFields([m]).map((f) => itemOf(f, null));
    return readMember(o.member(m.key), m);
  });
}

function readMember(value, m) {
  if (m.items) {
    const list = value.list();
    if (list.length !== m.items.length) value.refuse(`not of exactly ${m.items.length} items`);
    return m.items.flatMap((inner, i) => readMember(list[i], inner));
  }
  if (m.object) return readMembers(value.object(), m.object);
  if (m.isConst) {
    value.constant(m.constant);
  } else if (m.field) {
    const v = readJSON(value, m.field.type);
    if (m.field.name !== ignored) return [itemOf(m.field, v)];
  }
  return [];
}

function readJSON(value, t) {
  const v = readJSONValue(value, t);
  const why = violates(t, v);
  if (why) throw new Refusal(value.blame, why);
  return v;
}

function readJSONValue(value, t) {
  switch (t.kind) {
    case "text": return value.string();
    case "bool": return value.bool();
    case "int": return value.int(bitsOf(t));
    case "uint": return value.uint(bitsOf(t));
    case "decimal": return value.decimal();
    case "float": return value.float();
    case "json": return compactJSON(value.text());
    case "json_object": return new Values(readMembers(value.object(), t.members));
    case "list": return value.list().map((item) => readJSON(item, t.elem));
    case "enum": {
      const e = enumOf(t, enumText(enumBase(t), readJSON(value, enumBase(t))));
      if (!e) throw new Refusal(value.blame, notInEnum);
      return e;
    }
  }
  throw new Refusal(value.blame, "this version has no JSON form of " + t.kind);
}

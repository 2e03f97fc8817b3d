// The plan, spelled out: what spec/page/box's Go code leaves out and abbreviates. Text of
// the wire is a string with a character a byte, here and wherever bytes are read.
const opKinds = { opt: "optional", object: "jsonFrame", size: "frameSize", sum: "frameSum" };

class Plan {
  constructor(data) {
    this.frames = data.frames;
    this.where = data.measured || {};
    this.words = data.words || null; // of the page, about what the client does
    this.types = data.types.map((t, i) => (i === 0 ? null : this.type(t)));
    for (const t of this.types) if (t) this.link(t);
    this.received = (data.messages || []).map((m) => this.message(m, "messages."));
    this.sent = (data.commands || []).map((m) => this.message(m, "commands."));
  }

  // side is what frames of one direction can be.
  side(direction) {
    return direction === "sent" ? this.sent : this.received;
  }

  // framing is that of a kind of frame.
  framing(direction, frame) {
    return this.frames[direction].kinds[frame];
  }

  // shape is how a message, or a command, is told from others.
  shape(direction, index) {
    return this.frames[direction].shapes[index];
  }

  // measured is the template that frames measure by.
  measured(id, direction) {
    const where = this.where[id];
    const i = Number(where.slice(1));
    return where[0] === "t" ? this.types[i].body : (where[0] === "c" ? this.sent : this.received)[i];
  }

  message(m, path) {
    return Object.assign(this.template(m), { name: m.name, path: path + m.name });
  }

  template(t) {
    const ops = this.ops(t.ops);
    return { ops, fields: t.fields ? t.fields.map((f) => this.field(f)) : fieldsOf(ops), frame: t.frame || 0 };
  }

  // type is one whose parts are numbers still: they may come later, or be the type itself.
  type(t) {
    return {
      kind: t.k, bits: t.b || 0, width: t.w || 0, words: t.W, flavour: t.q || "c", fill: t.f || " ", binary: t.y || "",
      elem: t.e || 0, sep: t.p || "", open: !!t.o, single: !!t["1"], leads: t.L, order: t.D, depth: t.d || 0,
      group: t.g || 0, min: t.l || "", max: t.h || "", longest: t.m || 0, chars: t.c ? [...t.c] : null,
      scale: t.x ? parseDecimal(t.x) : null, item: (t.z || 0) - 1, raw: t,
      values: (t.v || []).map((v) => (typeof v === "string" ? new Enum(v, v) : new Enum(v[0], v[1]))),
    };
  }

  link(t) {
    const { raw } = t;
    delete t.raw;
    t.elem = this.types[t.elem];
    if (raw.O) t.body = this.template(raw.O);
    if (raw.M) t.members = this.members(raw.M);
    if (t.kind === "json_object") t.members = t.members || [];
    if (!raw.P) return;
    const p = raw.P;
    t.pairs = {
      keys: p.k || [], between: p.b || "", each: p.e || "", stops: p.s || [], first: p.f || [], anyKey: !!p.a, others: !!p.o,
      counts: (p.c || []).map((c) => ({ key: c.k, of: c.n, type: this.types[c.t], optional: !!c.o })),
    };
  }

  ops(list) {
    return (list || []).map((o) => this.op(o));
  }

  op(o) {
    if (o === 0) return { kind: "break", stops: [], tells: [] };
    if (typeof o === "string") return { kind: "lit", lit: o, stops: [], tells: [] };
    const until = o.u && { text: o.u.t || "", whole: !!o.u.w, items: !!o.u.i, skip: o.u.s || 0 };
    return {
      kind: opKinds[o.k] || o.k || "field", field: o.f ? this.field(o.f) : null, id: o.id || 0, stops: o.s || [], decide: o.d || "",
      terms: (o.m || []).map((t) => ({ field: t.f || 0, bytes: !!t.b, item: t.i || 0, n: BigInt(t.n || 0), minus: !!t.m })),
      body: this.ops(o.b), members: this.members(o.o), counted: o.c > 0, sized: o.c === 2, tells: o.l || [], until: until || null,
      toEnd: !!until && !until.text && !until.whole && !until.items && !until.skip,
      sep: o.p || "", after: o.a || 0, rest: !!o.r, tail: o.e || 0, value: BigInt(o.v || 0), flag: o.g ? this.field(o.g) : null,
    };
  }

  field(f) {
    return {
      name: f.n || "", type: this.types[f.t || 0], id: f.i || 0, optional: !!f.o, secret: !!f.s, derived: !!f.v,
      standard: f.d ? constantOf(f.d) : null,
    };
  }

  members(list) {
    return (list || []).map((m) => ({
      key: m.k || "", optional: !!m.o, isConst: !!m.c, constant: m.c && m.c[0], field: m.f ? this.field(m.f) : null,
      object: m.h === 1 ? this.members(m.i) : null, items: m.h === 2 ? this.members(m.i) : null, others: !!m.x,
    }));
  }
}

const ignored = "_";

// fieldsOf are the fields that ops have, in their order.
function fieldsOf(ops) {
  return ops.flatMap((op) => [
    ...(op.kind === "field" && op.field.name !== ignored ? [op.field] : []),
    ...membersFields(op.members), ...fieldsOf(op.body || []),
  ]);
}

// membersFields are the fields of members, and of what is inside them.
function membersFields(members) {
  return (members || []).flatMap((m) => [
    ...(m.field && m.field.name !== ignored ? [m.field] : []), ...membersFields(inside(m)),
  ]);
}

// inside are the members of an object, or the items of a list.
const inside = (m) => m.items || m.object || [];

// constantOf is a value that the plan holds: its kind, then what it is.
function constantOf([kind, v, wire]) {
  switch (kind) {
    case "n": return BigInt(v);
    case "d": return parseDecimal(v);
    case "f": return Number(v.replace("Inf", "Infinity"));
    case "e": return new Enum(v, wire);
    case "l": return [...arguments[0]].slice(1).map(constantOf);
  }
  return v;
}

// A value is a string (text or bytes), a BigInt, a number (of floats), a bool, a Decimal,
// an Enum, an array or Values; null where it is absent.
class Enum {
  constructor(name, wire) {
    this.name = name;
    this.wire = wire;
  }
}

class Values {
  constructor(items) {
    this.items = items; // {name, value, secret}
  }

  get(name) {
    const it = this.items.find((item) => item.name === name);
    return it ? it.value : null;
  }
}

const itemOf = (field, value) => ({ name: field.name, value, secret: field.secret });

// below is the path of a member of what path leads to.
const below = (path, key) => (path === "" || key === "" ? path + key : path + "." + key);

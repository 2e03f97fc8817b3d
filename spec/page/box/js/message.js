// Which message a frame is, what it says, or what it is nearest to.

// binaryText is bytes as a string with a character for each.
function binaryText(bytes) {
  let out = "";
  for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return out;
}

// parseFrame reads a frame by a template, with spans where they are asked for.
function parseFrame(plan, direction, t, frame, spans) {
  const p = new Parser(frame, plan.framing(direction, t.frame), spans);
  const values = p.frame(t);
  return { values, spans: spans ? p.spans.all : [], err: p.r.err, place: p.place, wrong: p.wrong, missing: p.missing };
}

// fits tells whether a frame is the message, or command, with that index.
function fits(plan, direction, index, bytes) {
  return parseFrame(plan, direction, plan.side(direction)[index], binaryText(bytes), false).err === null;
}

// measure is how many bytes, or items, the field has that at leads to; null: this is not
// the message.
function measure(plan, template, at, bytes, direction) {
  const t = plan.measured(template, direction);
  const p = new Parser(binaryText(bytes), plan.framing(direction, t.frame), false);
  p.at = at;
  p.template(t, "");
  return p.r.err || p.size === null ? null : p.size;
}

// refused is why a frame is not what a template says, or null.
function refused(plan, direction, t, frame) {
  const framing = plan.framing(direction, t.frame);
  if (frame.length > framing.max) return { field: "", reason: `frame is larger than ${framing.max} bytes`, offset: 0, whole: true };
  const invalid = validContent(framing, bytesOf(frame));
  const wrong = invalid && { field: "", reason: invalid.reason, offset: 0, whole: true };
  if (wrong && invalid.part === "length") return wrong;
  const { err, place, wrong: value, missing } = parseFrame(plan, direction, t, frame, false);
  return err ? Object.assign({ whole: false, kind: place.kind, due: place.due, value, missing }, err) : wrong;
}

// readMessage says what a payload is: the message with an index, or the nearest where that
// is -1. What comes behind its frame may be the rest of a message of several lines.
function readMessage(plan, payload, index, direction, rest) {
  const frame = binaryText(payload);
  if (index < 0) {
    const begins = rest ? binaryText(rest.subarray(0, maxNearest)) : frame;
    const closest = nearest(plan, direction, frame.slice(0, maxNearest), begins);
    return { name: "", path: "", fields: [], says: "", rows: [], error: null, nearest: closest };
  }
  const m = plan.side(direction)[index];
  const { values, spans, err } = parseFrame(plan, direction, m, frame, true);
  if (err) return { name: m.name, path: m.path, fields: [], says: "", rows: [], error: shownError(m, err), nearest: null };
  const flat = new Map();
  flatten("", values, flat);
  const fields = spans.map((span) => {
    const value = valueAt(flat, span.path);
    return { path: namedBy(m.fields, span.path), value, from: span.from, to: span.to, bits: span.bits, kind: span.kind, secret: value === aSecret };
  });
  return { name: m.name, path: m.path, fields, says: showValues(values), rows: rowsOf(flat), error: null, nearest: null };
}

// namedBy is the path that a value is shown with: what is all that a layout has is called as that is.
function namedBy(fields, path) {
  const [part, ...others] = path.split(".");
  const field = fields.find((f) => f.name === part.replace(/\[.*/, ""));
  let t = field && field.type;
  while (t && t.kind === "list") t = t.elem;
  if (others.length === 0 || !t || t.kind !== "layout") return path;
  return t.single ? part : part + "." + namedBy(t.body.fields, others.join("."));
}

// rowsOf are the values that hold no others, in their order.
function rowsOf(flat) {
  const all = [...flat].map(([path, value]) => ({ path, value }));
  return all.filter(({ path, value }) => value !== "absent" && !all.some((other) => other.path !== path && other.path.startsWith(path) && ".[".includes(other.path[path.length])));
}

const shownError = (m, err) => ({ field: namedBy(m.fields, unicode(err.field)), reason: err.reason, offset: err.offset });

const aSecret = "a secret";

// flatten is every value in words, by its path.
function flatten(path, v, into) {
  if (v instanceof Values) {
    for (const it of v.items) {
      const at = path === "" ? it.name : path + "." + it.name;
      if (it.secret) into.set(at, aSecret);
      else flatten(at, it.value, into);
    }
    if (path !== "" && v.items.length > 0) into.set(path, show(v));
    return;
  }
  if (Array.isArray(v)) v.forEach((item, i) => flatten(itemPath(path, i), item, into));
  into.set(path, show(v));
}

// valueAt is the value at a path, or of what holds it; null: there is none.
function valueAt(flat, path) {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("."))) {
    if (flat.has(at)) return flat.get(at);
    if (!at.includes(".")) return null;
  }
}

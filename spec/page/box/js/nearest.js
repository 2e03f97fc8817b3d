// The message or command that reads most of a frame that is none of them, as decode says
// it.

const maxNearest = 64 << 10;

// frame is what was cut out; rest goes on behind it, for messages of several lines.
function nearest(plan, direction, frame, rest) {
  const nothing = direction === "sent" ? "no command begins so" : "no message begins so";
  let best = { name: "", path: "", reason: nothing, field: "", offset: 0, due: "" };
  let most = 0;
  const object = objectOf(frame);
  plan.side(direction).forEach((m, i) => {
    const { trouble, reach } = tried(plan, direction, m, i, { frame, rest, object });
    if (reach > most) [best, most] = [trouble, reach];
  });
  return best;
}

// tried is what is wrong with a frame as a message, and how many bytes it reads.
function tried(plan, direction, m, i, { frame, rest, object }) {
  const shape = plan.shape(direction, i);
  const framing = plan.framing(direction, m.frame);
  const b = !framing.packet && manyLines(m.ops) ? rest : frame;
  const trouble = { name: m.name, path: m.path, reason: "", field: "", offset: 0, due: "", missing: null, shown: "", kind: "", beyond: "" };
  if (shape.object && !object) return { trouble, reach: 0 };
  const err = refused(plan, direction, m, b);
  let reach = 0;
  if (!err) {
    if (!vague(shape, framing)) [trouble.reason, reach] = ["may not come now", b.length];
  } else if (err.whole) {
    trouble.reason = err.reason;
  } else {
    explain(trouble, err, m, b, framing);
    reach = trouble.offset;
  }
  if (shape.object) [reach, trouble.offset] = [met(shape.marks || [], object), 0];
  return { trouble, reach };
}

function explain(trouble, err, m, frame, framing) {
  Object.assign(trouble, { field: unicode(err.field), reason: err.reason, offset: err.offset, due: err.due });
  Object.assign(trouble, { shown: namedBy(m.fields, trouble.field), kind: err.kind, missing: err.missing === null ? null : unicode(err.missing), beyond: err.value && !m.fields.some((f) => f.secret) ? beyond(err.value) : "" });
  if (err.field === "literal" && err.due !== "") {
    for (const c of err.due) {
      if (frame[trouble.offset] !== c) break;
      trouble.offset++;
    }
    trouble.reason = "other text than is due";
  }
  if (err.kind === "end" && manyLines(m.ops)) {
    const ends = (framing.ends || []).some((end) => frame.startsWith(end, err.offset));
    trouble.reason = ends ? "may not come now" : "the line goes on";
  }
}

// nearer is the message that a frame would be, rather than the one that it is, were it not for a value:
// of those that are tried before it, the one that reads most; null: there is none.
function nearer(plan, direction, payload, before, rest) {
  const [frame, whole] = [payload, rest].map((bytes) => binaryText(bytes.subarray(0, maxNearest)));
  const object = objectOf(frame);
  const all = before.map((i) => tried(plan, direction, plan.side(direction)[i], i, { frame, rest: whole, object }));
  const most = all.filter(({ trouble }) => trouble.kind === "field").sort((a, b) => b.reach - a.reach)[0];
  return most && most.reach > 0 ? most.trouble : null;
}

// manyLines tells whether a template takes several lines.
const manyLines = (ops) => (ops || []).some((op) => op.kind === "break" || op.until || manyLines(op.body));

// vague: any line would do.
const vague = (shape, framing) => !shape.prefix && !shape.block && !shape.object && !framing.packet;

// objectOf is a JSON object; null: it is none.
function objectOf(frame) {
  try {
    const v = JSON.parse(unicode(frame));
    return typeof v === "object" && v !== null && !Array.isArray(v) ? v : null;
  } catch {
    return null;
  }
}

// met counts the constants and members of a message that an object has, constants first.
function met(marks, object) {
  let n = 0;
  for (const m of marks) {
    let at = object;
    let there = true;
    for (const key of m.path) {
      const own = typeof at === "object" && at !== null && !Array.isArray(at);
      there = own && Object.hasOwn(at, key);
      at = there ? at[key] : null;
    }
    if (m.kind !== "const") n += there ? 1 : 0;
    else if (there && JSON.stringify(at) === m.const) n += marks.length;
  }
  return n;
}

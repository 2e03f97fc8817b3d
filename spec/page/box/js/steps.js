// How far a message goes: lines, and after the first one its steps. d is the attempt at one frame:
// d.bytes begin where the frame does, d.at is where the next step begins, d.end where the frame
// ends so far, its terminator left out. Which bytes are there is all known, so that a step is a
// call that returns whether this may be the message.

// limitOf is how long the line may be that begins at a place: of the line's limit and what the
// frame's leaves the smaller.
const limitOf = (d, from) => Math.min(d.kind.max - from, d.kind.maxLine);

const tooLong = (d, from) => (d.kind.max - from < d.kind.maxLine ? tooLarge(d) : refused(`a line is longer than ${d.kind.maxLine} bytes`));

// lineAt is the end of the line that begins at a place. A line of just the limit ends within the
// window that is looked at.
const lineAt = (d, from) => {
  const limit = limitOf(d, from), window = from + limit + d.kind.widest;
  const full = window <= d.bytes.length;
  const { at, width } = lineEnd(d.bytes, from, full ? Math.max(window, from) : d.bytes.length, d.kind.ends);
  if (limit < 0 || width > 0 && at - from > limit || width === 0 && full) tooLong(d, from);
  if (width === 0) more(1);
  return { at, next: at + width };
};

const move = (d, end, at) => {
  [d.end, d.at] = [end, at];
  return true;
};

// countOf asks the message how many bytes, or repetitions, there are; null: it is another message.
const countOf = (d, step, from, to) => (step.count ? d.box.measure(step.count, d.bytes.subarray(from, to)) : 0);

const stepLine = (d, { lit = "", whole }) => {
  const from = d.at, text = lit.slice(0, Math.max(0, limitOf(d, from)));
  if (overlap(d.bytes, from, text) < 0) return false;
  const { at, next } = lineAt(d, from);
  if (at - from < lit.length || whole && at - from > lit.length) return false;
  return move(d, at, next);
};

const stepBytes = (d, step, { origin }) => {
  const from = d.at + (step.lead ?? 0), { max } = d.kind;
  if (from > max) tooLarge(d);
  if (d.bytes.length < from) more(from - d.bytes.length);
  const n = countOf(d, step, origin, from);
  if (n === null) return false;
  if (n < 0) refused("a count is out of range");
  if (n > max - from) tooLarge(d);
  if (d.bytes.length < from + n) more(from + n - d.bytes.length);
  return move(d, from + n, from + n);
};

// More repetitions than a frame has bytes are refused at once, as each is a byte at least.
const stepTimes = (d, step, { origin, level }) => {
  const n = countOf(d, step, origin, d.at);
  if (n === null) return false;
  if (n < 0) refused("a count is out of range");
  if (n > d.kind.max - d.at) tooLarge(d);
  if (!step.body) return true;
  for (let i = 0; i < n; i++) if (!walk(d, step.body, { origin: d.at, level })) return false;
  return true;
};

const isLine = (d, { lit = "", whole }, from, to) => textAt(d.bytes.subarray(0, to), from, lit) && (!whole || to - from === lit.length);

// A block is repeated until the next line ends it, or while it begins an item. A message that may
// come inside of it takes its place.
const stepBlock = (d, step, { level }) => {
  for (;;) {
    const { at, next } = lineAt(d, d.at);
    if (step.kind === "until" && isLine(d, step, d.at, at)) return true;
    const item = step.kind === "while" && textAt(d.bytes.subarray(0, at), d.at + (step.lead ?? 0), step.lit ?? "");
    if (!item) {
      interrupted(d, d.at, at, next);
      if (step.kind === "while") return true;
    }
    if (!walk(d, step.body ?? [], { origin: d.at, level })) return false;
  }
};

const interrupted = (d, from, to, next) => {
  const line = d.bytes.subarray(from, to);
  const inside = d.kind.dispatch.inside.find((s) => !d.expects.awaited && isLine(d, { lit: s.prefix, whole: s.whole }, from, to) && d.fits(s, line));
  if (inside) throw { inside, from, to, next };
};

// A field, and the literal text after it on the same line.
const stepTo = (d, { lead = 0, lit = "" }) => {
  const from = d.at + lead, limit = limitOf(d, d.at) - lead, start = Math.min(from, d.bytes.length);
  const { at, width } = lineEnd(d.bytes, start, d.bytes.length, d.kind.ends);
  const stop = find(d.bytes, lit, start, at);
  if (stop >= 0 && stop - from <= limit) return move(d, stop + lit.length, stop + lit.length);
  if (stop < 0 && width > 0 && at - from <= limit) return false; // the line ends before
  if (stop >= 0 || width > 0 || d.bytes.length - from > limit + Math.max(lit.length, d.kind.widest)) tooLong(d, d.at);
  more(1);
};

const stepOneOf = (d, step, { level }) => {
  let { cases = [] } = step;
  if (step.nested) {
    const type = d.shape.nested[step.nested - 1];
    level = enter(level, type.group);
    if (level.n > type.depth) return false;
    cases = type.cases;
  }
  for (const { lit = "", body = [] } of cases) {
    const n = overlap(d.bytes, d.at, lit);
    if (n < 0) continue;
    if (n < lit.length) more(1);
    return walk(d, body, { origin: d.at, level });
  }
  return false;
};

// enter is how deep a value is in others of its type, or of types that hold each other.
const enter = (level, group) => (level.group === group ? { group, n: level.n + 1 } : { group, n: 1 });

const stepMaybe = (d, { lit = "", body = [] }, around) => {
  const n = overlap(d.bytes, d.at, lit);
  if (n < 0) return true;
  if (n < lit.length) more(1); // a line follows in any case
  return walk(d, body, around);
};

// A part that may be absent; counts in it are found from what comes before it, too.
const stepPart = (d, step, around) => {
  const n = countOf(d, step, around.origin, d.at);
  if (n === null) return false;
  return n === 0 || walk(d, step.body ?? [], around);
};

const stepVarint = (d) => {
  const { n } = scanVarint(d.bytes, d.at);
  if (n < 0) more(1);
  return n > 0 && move(d, d.at + n, d.at + n);
};

const kindsOfStep = {
  line: stepLine, bytes: stepBytes, times: stepTimes, until: stepBlock, while: stepBlock,
  to: stepTo, oneof: stepOneOf, maybe: stepMaybe, part: stepPart, varint: stepVarint,
};

// walk goes through steps. Counts are found in what was received since origin: where the message
// began, or this repetition. work is what is left of what a paste may take.
const walk = (d, steps, around) => steps.every((step) => {
  d.box.work--;
  return kindsOfStep[step.kind ?? "line"](d, step, around);
});

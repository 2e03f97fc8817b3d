// One attempt at one frame, at the beginning of bytes. An attempt gives
//   { shape, from, to, next, payload, map }  a frame: its content is in bytes[from:to], the next
//                                            frame begins at next; shape is null where no message fits
//   { more, skipped }                        it goes on behind the bytes
//   { reason, skipped, left, kind }          the bytes are no frame; left of them are known to be of
//                                            the one that failed
// skipped are dropped empty frames before it.

// begun makes the state of an attempt; box are the functions that read messages.
const begun = (box, kind, bytes) => ({
  box, kind, bytes, at: 0, end: 0, shape: null,
  fits: (shape, payload) => !shape.check || box.fits(shape.index, payload),
});

// ambiguous: another object fits just as the i-th candidate does.
const ambiguous = (d, candidates, i, payload) => candidates[i].object && candidates.slice(i + 1).some((s) =>
  s.object && s.head === candidates[i].head && s.mask === candidates[i].mask && rivals(candidates[i], s) && d.fits(s, payload));

// choose tries candidates, each from its first step on. The first line is bytes[0:first], its
// terminator before after.
const choose = (d, candidates, first, after) => {
  const none = { shape: null, from: 0, to: first, next: after, payload: d.bytes.subarray(0, first) };
  for (const [i, shape] of candidates.entries()) {
    [d.shape, d.at, d.end] = [shape, shape.block ? 0 : after, first];
    if (!walk(d, shape.steps, { origin: 0, level: { group: 0, n: 0 } })) continue;
    const payload = d.bytes.subarray(0, d.end);
    if (!d.fits(shape, payload)) continue;
    return ambiguous(d, candidates, i, payload) ? none : { shape, from: 0, to: d.end, next: d.at, payload };
  }
  d.end = first;
  return none;
};

// promptEnd is where a prompt ends, on its line; 0: it is another thing.
const promptEnd = (d, shape) => {
  const { bytes, kind } = d;
  if (!textAt(bytes, 0, shape.prefix)) return 0;
  if (shape.whole) return shape.prefix.length;
  const limit = limitOf(d, 0);
  const { at } = lineEnd(bytes, 0, Math.min(bytes.length, limit + kind.widest), kind.ends);
  const suffix = shape.suffix ?? "", stop = find(bytes, suffix, shape.prefix.length, Math.min(at, limit, bytes.length));
  return stop < 0 || stop >= Math.min(at, limit, bytes.length) ? 0 : stop + suffix.length;
};

const promptAt = (d) => {
  for (const shape of d.kind.dispatch.prompts) {
    const to = promptEnd(d, shape);
    const payload = d.bytes.subarray(0, to);
    if (to > 0 && d.fits(shape, payload)) return { shape, from: 0, to, next: to, payload };
  }
  return null;
};

// lineFrame is an attempt at a frame that is lines, or one JSON object.
const lineFrame = (d, expects) => {
  const prompt = expects.all && promptAt(d);
  if (prompt) return prompt;
  let first, after;
  if (d.kind.object) {
    const { max } = d.kind;
    first = after = objectEnd(d.bytes.subarray(0, max));
    if (first === 0) d.bytes.length > max ? tooLarge(d) : more(1);
  } else {
    ({ at: first, next: after } = lineAt(d, 0));
    if (first === 0 && d.kind.dropEmpty) return { dropped: after };
  }
  return choose(d, linesOf(d.kind.dispatch, d.bytes.subarray(0, first), expects), first, after);
};

// selfFrame is an attempt at a packet whose messages say how far they go.
const selfFrame = (d, expects) => {
  const { lines: list } = d.kind.dispatch;
  if (list.some((s) => s.prefix.length > d.bytes.length && overlap(d.bytes, 0, s.prefix) >= 0)) more(1);
  const frame = choose(d, list.filter((s) => textAt(d.bytes, 0, s.prefix) && possible(s.in, expects)), 0, 0);
  if (!frame.shape) refused("bytes that begin no message");
  valid(d.kind, frame.payload);
  return frame;
};

// packetFrame is an attempt at a packet that is cut out before anybody looks for its message.
const packetFrame = (d, expects) => {
  const content = cutPacket(d, d.bytes);
  const { payload } = content;
  const frame = { shape: null, from: content.from, to: content.to, next: content.end, payload, map: content.map };
  if (payload.length === 0 && (d.kind.dropEmpty || collapses(d.kind))) return { dropped: content.end };
  d.end = content.end;
  valid(d.kind, payload);
  const candidates = packetsOf(d.kind, payload, looseWidth(d.kind.packet, payload), expects);
  const i = candidates.findIndex((s) => d.fits(s, payload));
  return i < 0 || ambiguous(d, candidates, i, payload) ? frame : { ...frame, shape: candidates[i] };
};

// attempt is one at a frame of a known kind; what is thrown is told.
const attempt = (box, kind, bytes, expects) => {
  const d = begun(box, kind, bytes);
  try {
    if (!kind.packet) return lineFrame(d, expects);
    return (kind.packet.extent === "self" ? selfFrame : packetFrame)(d, expects);
  } catch (e) {
    if (e.more !== undefined) return { more: e.more };
    if (e.inside) return { shape: e.inside, from: e.from, to: e.to, next: e.next, payload: bytes.subarray(e.from, e.to) };
    if (e.reason === undefined) throw e;
    return { reason: e.reason, left: kind.packet && kind.packet.extent !== "ends" ? d.end : 0 };
  }
};

// kindAt is the kind of frames that begin as bytes do, the longest beginning first; need: more bytes
// are needed to tell.
const kindAt = (kinds, bytes, at, expects) => {
  let best = null;
  if (at >= bytes.length) return { kind: null, need: 1 };
  for (const kind of kinds) {
    if (kind.skip || !possible(kind.in, expects)) continue;
    const n = overlap(bytes, at, kind.prefix);
    if (n < 0) continue;
    if (n < kind.prefix.length) return { kind: null, need: 1 };
    if (!best || kind.prefix.length > best.prefix.length) best = kind;
  }
  return { kind: best, need: 0 };
};

// nextFrame is an attempt at the frame that comes next, of whatever kind, behind empty ones that are
// dropped and the blanks before an object.
const nextFrame = (box, kinds, bytes, expects) => {
  for (let skipped = 0; ;) {
    let [kind] = kinds;
    if (kinds.length > 1) {
      const told = kindAt(kinds, bytes, skipped, expects);
      if (told.need > 0) return { more: told.need, skipped };
      if (!told.kind) return { reason: "bytes that begin no frame", skipped, left: 0, kind: null };
      ({ kind } = told);
    }
    if (kind.object) skipped = skipBlanks(bytes, skipped);
    const result = attempt(box, kind, bytes.subarray(skipped), expects);
    if (result.dropped === undefined) return { ...result, skipped, kind };
    skipped += result.dropped;
  }
};

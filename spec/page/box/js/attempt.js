// One attempt at one frame, at the beginning of bytes. An attempt gives
//   { shape, from, to, next, payload, map }  a frame: its content is in bytes[from:to], the next
//                                            frame begins at next; shape is null where no message fits
//   { more, skipped }                        it goes on behind the bytes
//   { reason, skipped, left, kind }          the bytes are no frame; left of them are known to be of
//                                            the one that failed
// skipped are dropped empty frames before it.

// begun makes the state of an attempt; box are the functions that read messages.
const begun = (box, kind, bytes, expects) => ({
  box, kind, bytes, expects, at: 0, end: 0, shape: null,
  fits: (shape, payload) => !shape.check || box.fits(shape.index, payload),
});

// ambiguous: another object fits just as the i-th candidate does.
const ambiguous = (d, candidates, i, payload) => candidates[i].object && candidates.slice(i + 1).some((s) =>
  s.object && s.head === candidates[i].head && s.mask === candidates[i].mask && rivals(candidates[i], s) && d.fits(s, payload));

// candidate tries one, from its first step on; null: it is another message. The first line is
// bytes[0:first], its terminator before after.
const candidate = (d, shape, first, after) => {
  [d.shape, d.at, d.end] = [shape, shape.block ? 0 : after, first];
  if (!walk(d, shape.steps, { origin: 0, level: { group: 0, n: 0 } })) return null;
  const payload = d.bytes.subarray(0, d.end);
  return d.fits(shape, payload) ? { shape, from: 0, to: d.end, next: d.at, payload } : null;
};

// choose tries candidates in turn.
const choose = (d, candidates, first, after) => {
  for (const [i, shape] of candidates.entries()) {
    const frame = candidate(d, shape, first, after);
    if (frame && ambiguous(d, candidates, i, frame.payload)) break;
    if (frame) return frame;
  }
  d.end = first;
  return { shape: null, from: 0, to: first, next: after, payload: d.bytes.subarray(0, first) };
};

// firstLine is the end of a frame's first line, or of one JSON object, and of its terminator.
const firstLine = (d) => {
  const { kind: { max, object }, bytes } = d;
  if (!object) return lineAt(d, 0);
  const end = objectEnd(bytes.subarray(0, max));
  if (end === 0) bytes.length > max ? tooLarge(d) : more(1);
  return { at: end, next: end };
};

// lineFrame is an attempt at a frame that is lines, or one JSON object.
const lineFrame = (d, expects) => {
  const { at, next } = firstLine(d);
  if (at === 0 && d.kind.dropEmpty) return { dropped: next };
  return choose(d, linesOf(d.kind.dispatch, d.bytes.subarray(0, at), expects), at, next);
};

// itselfOf are the messages that a packet can be which says itself how far it goes.
const itselfOf = (d, expects) => {
  const all = d.kind.dispatch.lines;
  if (all.some((s) => s.prefix.length > d.bytes.length && overlap(d.bytes, 0, s.prefix) >= 0)) more(1);
  return all.filter((s) => textAt(d.bytes, 0, s.prefix) && wanted(s, expects));
};

const selfFrame = (d, expects) => {
  const frame = choose(d, itselfOf(d, expects), 0, 0);
  if (!frame.shape) refused("bytes that begin no message");
  valid(d.kind, frame.payload);
  return frame;
};

// wholePacket is one that is cut out before anybody looks for its message, and the messages that it
// can be.
const wholePacket = (d, expects) => {
  const { from, to, end, payload, map } = cutPacket(d, d.bytes);
  if (payload.length === 0 && (d.kind.dropEmpty || collapses(d.kind))) return { dropped: end };
  d.end = end;
  valid(d.kind, payload);
  const candidates = packetsOf(d.kind, payload, looseWidth(d.kind.packet, payload), expects);
  return { frame: { shape: null, from, to, next: end, payload, map }, candidates };
};

const packetFrame = (d, expects) => {
  const { dropped, frame, candidates } = wholePacket(d, expects);
  if (dropped !== undefined) return { dropped };
  const i = candidates.findIndex((s) => d.fits(s, frame.payload));
  return i < 0 || ambiguous(d, candidates, i, frame.payload) ? frame : { ...frame, shape: candidates[i] };
};

// attemptAt is one at a frame of a known kind; what is thrown is told.
const attemptAt = (box, kind, bytes, expects) => {
  const d = begun(box, kind, bytes, expects);
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
const nextFrame = (box, kinds, bytes, expects, attempt = attemptAt) => {
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

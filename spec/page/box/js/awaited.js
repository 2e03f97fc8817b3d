// What bytes can be besides what the decoder takes them for: it tries first what is awaited, and who
// pastes a reply does not say to what.

// promptEnd is where a prompt ends, on its line; 0: it is another thing.
const promptEnd = (d, shape) => {
  const { bytes, kind } = d;
  if (!textAt(bytes, 0, shape.prefix)) return 0;
  if (shape.whole) return shape.prefix.length;
  const limit = limitOf(d, 0), { suffix = "" } = shape;
  const { at } = lineEnd(bytes, 0, Math.min(bytes.length, limit + kind.widest), kind.ends);
  const last = Math.min(at, limit, bytes.length);
  const stop = shape.prefix.length < last ? find(bytes, suffix, shape.prefix.length, last) : -1;
  return stop < 0 ? 0 : stop + suffix.length;
};

const promptsAt = (d, expects) => d.kind.dispatch.prompts.filter((s) => expects.awaited.has(s)).flatMap((shape) => {
  const to = promptEnd(d, shape);
  const payload = d.bytes.subarray(0, to);
  return to > 0 && d.fits(shape, payload) ? [{ shape, from: 0, to, next: to, payload }] : [];
});

// quietly gives nothing where an attempt ends.
const quietly = (nothing, attempt) => {
  try {
    return attempt();
  } catch (e) {
    if (e.more === undefined && e.reason === undefined) throw e;
    return nothing;
  }
};

const lineReadings = (d, expects) => {
  const prompts = promptsAt(d, expects);
  const line = quietly(null, () => firstLine(d));
  if (!line) return prompts;
  if (line.at === 0 && d.kind.dropEmpty) return { dropped: line.next };
  const candidates = linesOf(d.kind.dispatch, d.bytes.subarray(0, line.at), expects);
  return [...prompts, ...candidates.map((shape) => quietly(null, () => candidate(d, shape, line.at, line.next)))];
};

const selfReadings = (d, expects) => itselfOf(d, expects).map((shape) => quietly(null, () => {
  const frame = candidate(d, shape, 0, 0);
  if (frame) valid(d.kind, frame.payload);
  return frame;
}));

const packetReadings = (d, expects) => {
  const { dropped, frame, candidates } = wholePacket(d, expects);
  if (dropped !== undefined) return { dropped };
  return candidates.filter((s) => d.fits(s, frame.payload)).map((shape) => ({ ...frame, shape }));
};

// readingsOf are those of a kind of frames.
const readingsOf = (box, kind, bytes, expects) => {
  const d = begun(box, kind, bytes, expects);
  const read = !kind.packet ? lineReadings : kind.packet.extent === "self" ? selfReadings : packetReadings;
  const all = quietly([], () => read(d, expects));
  return all.dropped === undefined ? { all: all.filter(Boolean) } : all;
};

// readingsAt are all messages that bytes begin with, each awaited in turn, in a mode in which it may
// come.
const readingsAt = (box, kinds, bytes) => kinds.filter((kind) => !kind.skip).flatMap((kind) => {
  const modes = new Map();
  for (const shape of kind.dispatch.all.filter((s) => !s.inside)) {
    const [mode] = shape.in ?? kind.in ?? [];
    modes.set(mode, [...(modes.get(mode) ?? []), shape]);
  }
  const all = [...modes].flatMap(([mode, shapes]) => {
    const expects = { awaited: new Set(shapes), mode };
    const found = nextFrame(box, kinds, bytes, expects, readingsOf);
    return (found.all ?? []).map((frame) => ({ ...frame, skipped: found.skipped, kind, expects }));
  });
  return all.sort((a, b) => a.shape.index - b.shape.index);
});

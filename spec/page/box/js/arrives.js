// What a session takes a frame for: what may come unasked is awaited at all times, a reply where a
// command waits for it; what is awaited is tried first.

const modeReady = 1;

// modesOf are those in which a message comes; null: all.
const modesOf = (kinds, shape) => shape.in ?? kinds[shape.frame].in ?? null;

// modeOf is one of modes, the one of a ready session first.
const modeOf = (modes) => (!modes || modes.includes(modeReady) ? modeReady : modes[0]);

const both = (a, b) => (a && b ? a.filter((mode) => b.includes(mode)) : a ?? b);

// taken is what bytes are taken for where some messages are awaited.
const taken = (box, kinds, bytes, awaited, mode) => {
  const first = nextFrame(box, kinds, bytes, { awaited: new Set(awaited), mode });
  return first.shape || first.more !== undefined ? first : nextFrame(box, kinds, bytes, { mode });
};

// arrives says what becomes of a frame that was received, { idle, others }: idle is the message that it
// is where nobody waits for one, -1 where it is none, null where that is not told; others are those
// that it is where they are waited for, and not what it was taken for.
const arrives = (plan, bytes, frame, direction) => {
  const kinds = kindsOf(plan.frames[direction]);
  const shapes = kinds.flatMap((kind) => kind.dispatch.all);
  const shapeOf = (index) => shapes.find((s) => s.index === index);
  const box = { ...reading(plan, direction), work: maxWork };
  const rest = bytes.subarray(frame.from);
  const own = plan.frames.telnet ? without(rest).plain : rest;
  const always = shapes.filter((s) => s.any);
  const questions = plan.frames.awaits ?? [];
  const modes = frame.message < 0 ? null : modesOf(kinds, shapeOf(frame.message));
  const alone = taken(box, kinds, own, always, modeOf(modes));
  const wins = (shape) => {
    const shared = both(modes, modesOf(kinds, shape));
    return (!shared || shared.length > 0) && questions.some((awaited) =>
      awaited.includes(shape.index) && taken(box, kinds, own, [...always, ...awaited.map(shapeOf)], modeOf(shared)).shape === shape);
  };
  return {
    idle: alone.more !== undefined || alone.reason !== undefined ? null : alone.shape ? alone.shape.index : -1,
    others: frame.others.filter((i) => !shapeOf(i).any && wins(shapeOf(i))),
  };
};

// sooner are the messages that the first line or packet of a frame begins as, and that are tried before
// the one it is, as they say more of it.
const sooner = (plan, frame, direction) => {
  if (frame.message < 0) return [];
  const kind = kindsOf(plan.frames[direction])[frame.kind];
  const { dispatch, packet, ends } = kind;
  const line = packet ? frame.payload : frame.payload.subarray(0, lineEnd(frame.payload, 0, frame.payload.length, ends).at);
  const all = packet && packet.extent !== "self" ? packetsOf(kind, line, looseWidth(packet, line), {}) : linesOf(dispatch, line, {});
  const own = all.findIndex((s) => s.index === frame.message);
  return all.slice(0, Math.max(0, own)).filter((s) => s.prefix !== all[own].prefix || s.object || packet).map((s) => s.index);
};

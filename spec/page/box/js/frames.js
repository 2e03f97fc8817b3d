// A stream of bytes in frames, as the runtime's decoder finds them where nobody knows what is awaited.

// vague: any line could be it, as far as its text tells.
const vague = ({ prefix, block, object, prompt, frame }, kinds) => prefix === "" && !prompt && !block && !object && !kinds[frame].packet;

const sure = ({ shape }, kinds) => Boolean(shape) && !vague(shape, kinds);

const behind = ({ skipped, next }) => skipped + next;

// better: it is a message with text of its own, then something known follows, then it is longer.
const better = (a, b) => {
  const i = a.findIndex((v, n) => v !== b[n]);
  return i >= 0 && a[i] > b[i];
};

// fair are the readings that could be better than what the decoder finds that awaits nothing: where that
// is a message, those that go on where it would go wrong.
const fair = (first, readings, kinds, goesOn) => {
  if (sure(first, kinds)) return goesOn(first) ? [] : readings.filter((r) => goesOn(r) && behind(r) > behind(first));
  const nothing = !first.shape && first.more === undefined;
  return readings.filter((r) => (nothing || sure(r, kinds)) && (!r.shape.prompt || goesOn(r)));
};

// findNext is what comes next at a place: others are messages that the same bytes can be.
const findNext = (box, kinds, bytes, at, anything) => {
  const first = anything(at);
  const readings = readingsAt(box, kinds, bytes.subarray(at));
  const goesOn = (r) => at + behind(r) === bytes.length || sure(anything(at + behind(r)), kinds);
  const worth = (r) => [sure(r, kinds), goesOn(r), behind(r)];
  const best = fair(first, readings, kinds, goesOn).reduce((best, r) => (best === first || better(worth(r), worth(best)) ? r : best), first);
  const others = best.shape ? readings.filter((r) => r.shape !== best.shape && behind(r) === behind(best)) : [];
  return { ...best, others: others.map((r) => r.shape.index) };
};

// without takes the telnet commands (RFC 854) out of bytes: places are where each was that is left.
const without = (bytes) => {
  const plain = [], places = [];
  const [SE, SB, WILL, DONT, IAC] = [240, 250, 251, 254, 255];
  const keep = (i) => {
    plain.push(bytes[i]);
    places.push(i);
  };
  let state = "data";
  bytes.forEach((c, i) => {
    if (state === "option") state = "data";
    else if (state === "sub") state = c === IAC ? "subIAC" : "sub";
    else if (state === "subIAC") state = c === SE ? "data" : "sub";
    else if (state === "IAC") {
      if (c === IAC) keep(i); // doubled, it is data
      state = c === SB ? "sub" : c >= WILL && c <= DONT ? "option" : "data";
    } else if (c === IAC) state = "IAC";
    else {
      if (state !== "CR" || c !== 0) keep(i); // else it is padding
      state = c === 0x0d ? "CR" : "data";
    }
  });
  return { plain: Uint8Array.from(plain), places: [...places, bytes.length] };
};

// frameOf is a result in terms of bytes from a place on.
const frameOf = (result, at, kinds) => {
  const { shape, map, payload } = result;
  const start = at + result.skipped;
  const kind = result.kind.index;
  const marker = result.kind.packet && result.from > 0 ? (result.kind.packet.starts ?? "").length : 0;
  return {
    from: start + result.from - marker, to: start + result.next,
    payloadFrom: start + result.from, payloadTo: start + result.to, payload,
    ...(map && { map: map.map((i) => start + i) }),
    kind, message: shape ? shape.index : -1, vague: shape !== null && vague(shape, kinds), others: result.others, error: null,
  };
};

// inPlaces puts a frame back to where its bytes were before telnet commands were taken out.
const inPlaces = (frame, places) => {
  const end = (i) => (i > 0 ? places[i - 1] + 1 : 0);
  const moved = { ...frame, from: places[frame.from], to: end(frame.to) };
  if (frame.error) moved.error = { ...frame.error, offset: places[frame.error.offset] };
  if (!frame.payload) return moved;
  const map = frame.map ?? Array.from({ length: frame.payload.length + 1 }, (_, i) => frame.payloadFrom + i);
  return {
    ...moved, payloadFrom: places[frame.payloadFrom], payloadTo: frame.payload.length > 0 ? end(frame.payloadTo) : places[frame.payloadFrom],
    map: map.map((i) => places[i]),
  };
};

// maxFrames is how many frames somebody might look at; behind bytes that are none, it is tried again
// this many times as often, and each may take so many steps: of what could be a long block, each line.
const maxFrames = 200;
const maxTries = 10;
const maxWork = 5000;

// cutFrames is splitFrames where there are no telnet commands.
const cutFrames = (plan, bytes, direction, asked, most) => {
  const box = { ...asked, work: most * maxWork };
  const kinds = kindsOf(plan.frames[direction]);
  const known = new Map();
  const anything = (at) => {
    if (!known.has(at)) known.set(at, { ...nextFrame(box, kinds, bytes.subarray(at), {}), expects: {} });
    return known.get(at);
  };
  const all = [];
  for (let at = 0, tries = 0; at < bytes.length; tries++) {
    if (all.length >= most || tries >= maxTries * most || box.work < 0) return [...all, { from: at, to: bytes.length, unread: true }];
    const rest = bytes.subarray(at);
    const result = findNext(box, kinds, bytes, at, anything);
    const from = at + result.skipped;
    if (result.more !== undefined) {
      if (from < bytes.length) all.push({ from, to: bytes.length, incomplete: true, need: result.more });
      break;
    }
    if (result.reason === undefined) {
      all.push(frameOf(result, at, kinds));
      at += result.skipped + result.next;
      continue;
    }
    at = from + givenUp(kinds, result, rest.subarray(result.skipped), result.expects);
    const last = all[all.length - 1];
    if (last && last.error && last.to === from) last.to = at; // they belong together
    else all.push({ from, to: at, payload: null, kind: result.kind ? result.kind.index : -1, message: -1, error: { reason: result.reason, offset: from } });
  }
  return all;
};

// reading asks the messages of a plan.
const reading = (plan, direction) => ({
  fits: (index, payload) => fits(plan, direction, index, payload),
  measure: (count, part) => measure(plan, count.template, count.at, part, direction),
});

// splitFrames gives the frames of bytes in a direction, "received" or "sent". Bytes that are no frame
// have an error, a frame that is not whole is incomplete. box reads messages:
//   fits(index, payload)    whether a payload is a valid message
//   measure(count, bytes)   the count that a message tells; null: the bytes are another message
// Behind as many frames as most, the rest is unread.
const splitFrames = (plan, bytes, direction, { box = reading(plan, direction), most = maxFrames } = {}) => {
  if (!plan.frames.telnet) return cutFrames(plan, bytes, direction, box, most);
  const { plain, places } = without(bytes);
  return cutFrames(plan, plain, direction, box, most).map((frame) => inPlaces(frame, places));
};

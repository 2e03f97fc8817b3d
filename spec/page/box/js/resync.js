// Where to go on behind bytes that are no frame: how many of them are given up.

// endsOf are the terminators of a kind of frames.
const endsOf = (kind) => (kind ? (kind.packet ? kind.packet.ends : kind.ends) ?? [] : []);

// toEnd is behind the next terminator.
const toEnd = (bytes, ends) => {
  const { at, width } = lineEnd(bytes, 0, bytes.length, ends);
  return at + width;
};

// toStart is where a start marker comes next, behind the first byte.
const toStart = (bytes, marker) => {
  const at = find(bytes, marker, 1);
  return at < 0 ? bytes.length : at;
};

const behindLine = (kind, bytes) => toEnd(bytes, kind.object ? ["\n"] : kind.ends);

const behindPacket = (kind, bytes) => {
  const { starts: marker = "", extent } = kind.packet;
  if (marker !== "" && !collapses(kind)) return toStart(bytes, marker);
  return extent === "ends" ? toEnd(bytes, endsOf(kind)) : 1;
};

// Among several kinds, what failed ends as its kind does, or where its start marker comes again.
// Where it has no end that can be found, a kind begins that something tells, or it ends as the
// kind does that may begin with anything.
const amongKinds = (kinds, failed, bytes, expects) => {
  let marker = "", open = null;
  if (!failed || failed.packet && failed.packet.extent !== "ends") {
    open = kinds.find((kind) => !kind.skip && kind.prefix === "" && possible(kind.in, expects)) ?? null;
  } else if (!failed.packet) {
    return behindLine(failed, bytes);
  } else if (!failed.packet.starts || collapses(failed)) {
    return toEnd(bytes, endsOf(failed));
  } else {
    [marker, open] = [failed.packet.starts, failed];
  }
  for (let i = 0; i < bytes.length; i++) {
    const width = endAt(bytes, i, endsOf(open)).length;
    if (width > 0) return i + width;
    if (i === 0) continue; // what failed begins here
    const told = marker === "" && kindAt(kinds, bytes, i, expects);
    if (marker !== "" ? textAt(bytes, i, marker) : told.kind && told.kind.prefix !== "") return i;
  }
  return bytes.length;
};

// givenUp is how many bytes are given up behind an attempt that was refused.
const givenUp = (kinds, failed, bytes, expects) => {
  if (failed.left > 0) return Math.min(failed.left, bytes.length);
  if (kinds.length > 1) return amongKinds(kinds, failed.kind, bytes, expects);
  return failed.kind.packet ? behindPacket(failed.kind, bytes) : behindLine(failed.kind, bytes);
};

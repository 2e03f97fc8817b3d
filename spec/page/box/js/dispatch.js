// Which messages a frame can be: those whose text its first line begins with, the longest first, of
// JSON objects those whose marks it meets, the most specific first.

const bits = (text) => {
  let n = 0;
  for (let i = 0; i < text.length; i++) for (let c = text.charCodeAt(i); c > 0; c >>= 1) n += c & 1;
  return n;
};

// literal is how much text the lines after the first begin with.
const literal = (shape) => (shape.steps ?? []).reduce((n, step) => n + (step.lit ?? "").length, 0);

const markKey = (mark) => JSON.stringify([mark.path, mark.kind ?? 0, mark.const ?? ""]);

// rank is how specific an object is: constants, then kinds, then marks.
const rank = (shape) => {
  const marks = shape.marks ?? [];
  return [marks.filter((m) => m.kind === "const").length, marks.filter((m) => m.kind).length, marks.length];
};

const compareRanks = (a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2];

// tree is some shapes in the order of trying.
const tree = (shapes) => ({
  lines: shapes
    .filter((s) => !s.prompt && !s.object)
    .sort((a, b) => b.prefix.length - a.prefix.length || (b.whole ? 1 : 0) - (a.whole ? 1 : 0) || literal(b) - literal(a)),
  objects: shapes.filter((s) => s.object).sort((a, b) => compareRanks(a.rank, b.rank)),
});

// dispatchOf prepares the shapes of one kind of frames.
const dispatchOf = (shapes) => {
  const groups = new Map(); // of packets: by what their layout holds
  for (const s of shapes) {
    const key = s.mask + "\u{100}" + s.head;
    groups.set(key, [...(groups.get(key) ?? []), s]);
  }
  return {
    ...tree(shapes),
    all: shapes,
    inside: shapes.filter((s) => s.inside),
    prompts: shapes.filter((s) => s.prompt).sort((a, b) => b.prefix.length - a.prefix.length),
    groups: [...groups.values()]
      .map((list) => ({ head: list[0].head, mask: list[0].mask, ...tree(list) }))
      .sort((a, b) => bits(b.mask) - bits(a.mask)),
  };
};

// prepared are a direction's kinds of frames with their shapes. What the plan leaves out is put in.
const prepare = (side) => {
  const shapes = (side.shapes ?? []).map((s, index) => {
    const shape = { prefix: "", head: "", mask: "", frame: 0, steps: [], ...s, index };
    return { ...shape, rank: rank(shape), needs: (shape.marks ?? []).map(markKey).sort().join("\n") };
  });
  return side.kinds.map((kind, index) => ({
    prefix: "", ends: [], ...kind, index, dispatch: dispatchOf(shapes.filter((s) => s.frame === index)),
    widest: Math.max(1, ...(kind.packet ? kind.packet.ends ?? [] : kind.ends ?? []).map((end) => end.length)),
    maxLine: Math.min(kind.maxLine ?? kind.max, kind.max),
  }));
};

const preparations = new WeakMap();

const kindsOf = (side) => {
  if (!preparations.has(side)) preparations.set(side, prepare(side));
  return preparations.get(side);
};

// What is looked for, expects, is anything, or some messages, each as if it was awaited; and in any mode
// of the session, or in one.

// possible: what there is in these modes may come now.
const possible = (modes, expects) => !modes || expects.mode === undefined || modes.includes(expects.mode);

const markKinds = { text: '"', number: "0", bool: "t", object: "{", list: "[" };

// meets: a value has a mark.
const meets = (bytes, value, mark) => {
  if (!mark.kind) return true;
  if (mark.kind !== "const") return value.kind === markKinds[mark.kind];
  const token = bytes.subarray(value.from, value.to);
  if (mark.const[0] !== '"' || value.kind !== '"') return latin(token) === mark.const;
  const text = meaning(token);
  return text !== null && text === JSON.parse(mark.const);
};

// has: a mark is met in an object, by any of the members that its path leads to.
const has = (bytes, object, mark, at = 0) => {
  if (at === mark.path.length) return meets(bytes, object, mark);
  return (object.members ?? []).some((m) =>
    meaning(bytes.subarray(m.from, m.to)) === mark.path[at] && has(bytes, m.value, mark, at + 1));
};

// wanted: a message is looked for.
const wanted = (shape, expects) => (!expects.awaited || expects.awaited.has(shape)) && possible(shape.in, expects);

// objectsOf are the messages whose marks are met, if the bytes are a JSON object.
const objectsOf = (all, bytes, expects) => {
  const shapes = all.filter((s) => wanted(s, expects));
  if (shapes.length === 0 || bytes[skipBlanks(bytes, 0)] !== 0x7b) return [];
  const { root } = parseJSON(bytes);
  if (!root) return [];
  return shapes.filter((s) => (s.marks ?? []).every((m) => has(bytes, root, m)));
};

// linesOf are the messages that a first line can be.
const linesOf = (dispatch, line, expects) => [
  ...objectsOf(dispatch.objects, line, expects),
  ...dispatch.lines.filter((s) => textAt(line, 0, s.prefix) && (!s.whole || s.prefix.length === line.length) &&
    (!s.block || s.prefix !== "" || expects.awaited) && wanted(s, expects)), // any line could begin such a block
];

// holds: a packet's layout holds what a group's does; loose is the width of a count in it that has
// no fixed one, and that the group leaves out.
const holds = (group, content, at, loose) => {
  if (content.length < group.head.length + loose) return false;
  for (let i = 0; i < group.head.length; i++) {
    const c = content[i >= at ? i + loose : i];
    if ((c & group.mask.charCodeAt(i)) !== group.head.charCodeAt(i)) return false;
  }
  return true;
};

// packetsOf are the messages that a packet's content can be.
const packetsOf = (kind, content, loose, expects) => {
  const { head = 0, tail = 0, size } = kind.packet;
  const body = content.subarray(Math.min(head + loose, content.length));
  const said = body.length - tail;
  return kind.dispatch.groups.filter((g) => holds(g, content, (size && size.at) ?? 0, loose)).flatMap((g) => [
    ...objectsOf(g.objects, body.subarray(0, Math.max(0, said)), expects),
    ...g.lines.filter((s) => textAt(body, 0, s.prefix) && (!s.whole || s.prefix.length === said) && wanted(s, expects)),
  ]);
};

// rivals: two objects are as specific, in different ways.
const rivals = (a, b) => compareRanks(a.rank, b.rank) === 0 && a.needs !== b.needs;

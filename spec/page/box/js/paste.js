// What a reviewer pastes: text, with escapes or without, hex digits, or the rows of a dump. Which of
// them it is, the frames tell: that is taken of which the messages know most.

const maxPaste = 1 << 16;

const encoder = new TextEncoder();

// encode is text as bytes of a document's charset.
const encode = (text, charset) =>
  charset === "latin1" && !/[^\u0000-\u00ff]/.test(text) ? bytesOf(text) : encoder.encode(text);

// lineEnds are the terminators of a direction's kinds of frames, those of lines first.
const lineEnds = (plan, direction) => {
  const kinds = plan.frames[direction].kinds.filter((kind) => !kind.skip);
  const own = (kind) => (direction === "sent" && kind.sendEnd) || (kind.ends ?? [])[0];
  return [
    ...kinds.filter((kind) => !kind.packet && !kind.object).map(own),
    ...kinds.filter((kind) => kind.packet && kind.packet.extent === "ends").map((kind) => (kind.packet.ends ?? [])[0]),
  ].filter(Boolean);
};

// visibleEnd is a terminator as it is said.
const names = { "\r": "\\r", "\n": "\\n", "\t": "\\t", "\0": "\\0" };
const visibleEnd = (end) => end.replace(/[^!-~]/g, (c) => names[c] ?? "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"));

const escapes = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27, "\\": 92, '"': 34, "'": 39 };
const escapeForm = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|(.))|\\$/gsu;

// unescape is text whose escapes are read, as bytes; what stands for nothing is thrown.
const unescape = (text, charset) => {
  const parts = [];
  let from = 0;
  for (const m of text.matchAll(escapeForm)) {
    const [all, hex, unit, octal, letter] = m;
    parts.push(encode(text.slice(from, m.index), charset));
    from = m.index + all.length;
    if (unit) parts.push(encode(String.fromCharCode(parseInt(unit, 16)), charset));
    else {
      const c = hex ? parseInt(hex, 16) : octal ? parseInt(octal, 8) : escapes[letter];
      if (!(c <= 255)) throw { wrong: "an escape that stands for nothing", offset: m.index };
      parts.push(Uint8Array.of(c));
    }
  }
  return joined([...parts, encode(text.slice(from), charset)]);
};

const joined = (parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

// byLines reads text line by line: a line break is what ends a line of the protocol, unless the line
// says itself how it ends.
const byLines = (text, end, read) => {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length === 1) return read(text);
  const terminator = bytesOf(end || "\n");
  return joined(lines.flatMap((line, i) => {
    const bytes = read(line);
    const ended = line !== "" && end && textAt(bytes, bytes.length - end.length, end);
    return i === lines.length - 1 || ended ? [bytes] : [bytes, terminator];
  }));
};

const digits = (text) => Uint8Array.from(text.match(/[0-9a-fA-F]{2}/g) ?? [], (pair) => parseInt(pair, 16));

// pairs are hex digits, apart or not: 02 41 0d, 0x02,0x41, 02410d.
const pairs = (text) => {
  const bare = text.replace(/0x|0X|\\x|[,:;]/g, " ");
  return /^\s*(?:(?:[0-9a-fA-F]{2})+(?:\s+|$))+$/.test(bare) ? digits(bare) : null;
};

const apart = (text) => /^\s*(?:(?:0x|\\x)?[0-9a-fA-F]{2}(?:[\s,:;]+|$))+$/i.test(text) && pairs(text).length > 1;

const rowForms = [
  /^\s*([0-9a-fA-F]{4,16}): ?((?: ?[0-9a-fA-F]{2})*)(?:  .*| ?)$/, // xxd
  /^\s*([0-9a-fA-F]{4,16})  +((?:[0-9a-fA-F]{2} {0,2})+)(?: *\|.*)?$/, // hexdump -C
  /^(0[0-9a-fA-F]{6,15})()$/, // its last line
];

// dump is the bytes of rows that each begin with their offset; a star is rows like the one before,
// up to the next one's offset. null: it is no dump.
const dump = (text) => {
  let last = [], repeat = false, begin = null;
  const all = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === "") continue;
    if (line.trim() === "*" && last.length > 0) {
      repeat = true;
      continue;
    }
    const m = rowForms.map((form) => form.exec(line.trimEnd())).find(Boolean);
    if (!m) return null;
    const offset = parseInt(m[1], 16);
    begin ??= offset;
    if (offset - begin > maxPaste) return null;
    while (repeat && begin + all.length < offset) all.push(...last);
    repeat = false;
    last = digits(m[2]);
    all.push(...last);
  }
  return all.length > 0 ? Uint8Array.from(all) : null;
};

// readings are the ways to take a paste, the likeliest first: { took, bytes }, or { took, error }.
const readings = (text, plan, direction) => {
  const [end = ""] = lineEnds(plan, direction);
  const { charset } = plan.frames[direction].kinds[0];
  const hex = pairs(text), rows = dump(text);
  const quoted = /^\s*"(.*)"\s*$/s.exec(text);
  const escaped = () => byLines(quoted ? quoted[1] : text, end, (line) => unescape(line, charset));
  const all = [
    rows && { took: "hexdump", bytes: () => rows },
    hex && apart(text) && { took: "hex", bytes: () => hex },
    hex && end === "" && { took: "hex", bytes: () => hex },
    (text.includes("\\") || quoted) && { took: "escapes", bytes: escaped },
    { took: "text", bytes: () => byLines(text, end, (line) => encode(line, charset)) },
    hex && { took: "hex", bytes: () => hex },
  ];
  return all.filter(Boolean).map(({ took, bytes }) => {
    try {
      return { took, bytes: bytes() };
    } catch (e) {
      if (e.wrong === undefined) throw e;
      return { took, error: { reason: e.wrong, offset: e.offset } };
    }
  });
};

// known is how much of the bytes is messages; half as much, where any line would be one.
const known = ({ bytes, frames }) =>
  frames.reduce((n, f) => n + (f.message >= 0 ? (f.to - f.from) / (f.vague ? 2 : 1) : 0), 0) / Math.max(1, bytes.length);

const unfinished = (frames) => frames.length > 0 && frames[frames.length - 1].incomplete === true;

// ended puts a terminator behind bytes where a frame lacks only that, and behind the last line of
// text. Without, a pasted line never ends.
const ended = (reading, plan, direction, split) => {
  const plain = { ...reading, notes: [], frames: split(reading.bytes) };
  if (!unfinished(plain.frames)) return plain;
  const tries = lineEnds(plan, direction).filter((end) => !textAt(reading.bytes, reading.bytes.length - end.length, end)).map((end) => {
    const bytes = joined([reading.bytes, bytesOf(end)]);
    return { ...reading, bytes, frames: split(bytes), notes: [`${visibleEnd(end)} was added at its end`] };
  });
  const whole = tries.filter(({ frames }) => !unfinished(frames));
  const text = reading.took === "text" || reading.took === "escapes";
  return [...whole].sort((a, b) => known(b) - known(a))[0] ?? (text ? tries[0] : null) ?? plain;
};

// parsePaste is what a paste is taken for: { bytes, took, notes, error }. took is "text", "escapes",
// "hex" or "hexdump"; as says which it must be, unless it is "auto".
const parsePaste = (text, plan, direction, as = "auto") => {
  const nothing = (took, reason, offset = 0) => ({ bytes: new Uint8Array(0), took, notes: [], error: { reason, offset } });
  if (text.length > maxPaste) return nothing("text", `more than ${maxPaste} characters`, maxPaste);
  const all = readings(text, plan, direction).filter(({ took }) => as === "auto" || took === as);
  const good = all.filter(({ error }) => !error);
  if (good.length === 0) {
    const [first] = all;
    return first ? nothing(first.took, first.error.reason, first.error.offset) : nothing(as, as === "hexdump" ? "no rows of a dump" : "not pairs of hex digits");
  }
  const split = (bytes) => splitFrames(plan, bytes, direction);
  const tried = good.map((reading) => ended(reading, plan, direction, split));
  const best = tried.reduce((best, now) => (known(now) > known(best) ? now : best));
  return { bytes: best.bytes, took: best.took, notes: best.notes, error: null };
};

// Frames that are more than lines: with a length, of a fixed size, between markers, with bytes
// escaped, with a checksum. What ends an attempt at a frame is thrown: more bytes are needed, or
// they are no frame.

const more = (need) => {
  throw { more: need };
};

const refused = (reason, part = "") => {
  throw { reason, part };
};

const tooLarge = (d) => refused(`a frame is larger than ${d.kind.max} bytes`);

// scanVarint reads seven bits a byte, the lowest first: n bytes, 0 where there is none, -1 where
// there are too few to tell. Numbers above 2^53 are not exact, and larger than any frame.
const maxVarint = 10;
const scanVarint = (bytes, at) => {
  let v = 0;
  for (let i = 0; i < maxVarint; i++) {
    if (at + i >= bytes.length) return { v: 0, n: -1 };
    const c = bytes[at + i];
    v += (c & 0x7f) * 2 ** (7 * i);
    if (c < 0x80) return { v, n: i + 1 };
  }
  return { v: 0, n: 0 };
};

const digitValue = (c) => {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const letter = c | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : 16;
};

// scanDigits reads decimal digits up to another byte, which must be there.
const maxDigits = 20;
const scanDigits = (bytes, at) => {
  let v = 0, n = 0;
  for (; at + n < bytes.length && digitValue(bytes[at + n]) < 10; n++) v = v * 10 + digitValue(bytes[at + n]);
  return at + n === bytes.length && n < maxDigits ? { v: 0, n: -1 } : { v, n };
};

const scanNumber = (bytes, at, form, width) => {
  if (form === "varint") return scanVarint(bytes, at);
  if (form === "decimal" && width === 0) return scanDigits(bytes, at);
  if (bytes.length - at < width) return { v: 0, n: -1 };
  const field = bytes.subarray(at, at + width);
  if (form === "little") return { v: field.reduceRight((v, c) => v * 256 + c, 0), n: width };
  if (form === "big") return { v: field.reduce((v, c) => v * 256 + c, 0), n: width };
  const base = form === "decimal" ? 10 : 16;
  if (field.some((c) => digitValue(c) >= base)) return { v: 0, n: 0 };
  return { v: field.reduce((v, c) => v * base + digitValue(c), 0), n: width };
};

// total is how long the content is that bytes begin with, by its count.
const total = ({ at = 0, form, width = 0, add = 0 }, bytes) => {
  if (bytes.length < at) more(at + Math.max(width, 1) - bytes.length);
  const { v, n } = scanNumber(bytes, at, form, width);
  if (n < 0) more(width > 0 ? at + width - bytes.length : 1);
  if (n === 0) refused("a count is not a number", "length");
  if (v < add) refused("a count is less than the parts that it counts", "length");
  return at + n + v - add;
};

// loose is the width of the content's count, if that is not fixed.
const looseWidth = ({ extent, size }, content) => {
  if (extent !== "count" || size.width) return 0;
  return Math.max(0, scanNumber(content, size.at ?? 0, size.form, 0).n);
};

// place is the absolute form of a place in n bytes; negative ones count from the end.
const place = (at, loose, n) => (at < 0 ? n + at : at + loose);

const sumHolds = (sum, content, loose) => {
  const n = content.length;
  const at = place(sum.at ?? 0, sum.atBehind ? loose : 0, n);
  const from = place(sum.from ?? 0, sum.fromBehind ? loose : 0, n);
  const to = sum.to || sum.toBehind ? place(sum.to ?? 0, sum.toBehind ? loose : 0, n) : n;
  if (at < 0 || at + sum.width > n) return false;
  const over = from < 0 || from > to || to > n ? content.subarray(0, 0) : content.subarray(from, to);
  const field = scanNumber(content.subarray(at, at + sum.width), 0, sum.form, sum.width);
  return field.n === sum.width && field.v === checksum(sum, over);
};

// valid refuses content whose length or checksum is wrong.
const valid = ({ packet }, content) => {
  if (!packet) return;
  const { head = 0, tail = 0, fixed, size, sum } = packet;
  const n = content.length;
  if (packet.extent === "fixed" && n !== fixed || n < head + tail) refused("a frame is shorter than its layout", "length");
  if (packet.extent === "count") {
    let agrees;
    try {
      agrees = total(size, content) === n;
    } catch (e) {
      if (e.more === undefined) throw e;
    }
    if (!agrees) refused("the count disagrees with the frame's length", "length");
  }
  if (sum && !sumHolds(sum, content, looseWidth(packet, content))) refused("a checksum is wrong", "checksum");
};

// validContent is what valid refuses: { reason, part }; null: nothing.
const validContent = (kind, content) => {
  try {
    valid(kind, content);
    return null;
  } catch (e) {
    if (e.reason === undefined) throw e;
    return { reason: e.reason, part: e.part };
  }
};

// plainOf is what a code stands for behind the escape; -1: nothing.
const plainOf = (escape, code) => {
  if (escape.double) return code === escape.byte ? code : -1;
  const i = escape.codes.indexOf(String.fromCharCode(code));
  return i < 0 ? -1 : escape.escaped.charCodeAt(i);
};

// unwrap takes the escapes out of bytes[from:to], and keeps where each byte was.
const unwrap = (escape, bytes, from, to) => {
  const plain = [], map = [];
  for (let i = from; i < to; i++) {
    map.push(i);
    let c = bytes[i];
    if (c === escape.byte) {
      c = ++i < to ? plainOf(escape, bytes[i]) : -1;
      if (c < 0) return null;
    }
    plain.push(c);
  }
  return { payload: Uint8Array.from(plain), map: [...map, to] };
};

// doubledEnd finds the terminator of content in which a byte is doubled: where it comes alone, it
// begins the terminator.
const doubledEnd = ({ escape, ends = [] }, bytes, from) => {
  for (;;) {
    const at = bytes.indexOf(escape.byte, from);
    if (at < 0) return { at: bytes.length, width: 0 };
    if (bytes[at + 1] !== escape.byte) {
      const width = endAt(bytes, at, ends).length;
      const part = at + 1 === bytes.length || ends.some((end) => overlap(bytes, at, end) >= 0);
      return { at, width, bad: width === 0 && !part };
    }
    from = at + 2;
  }
};

// collapses: the start marker is a terminator, and only ever ends.
const collapses = ({ packet }) => packet.extent === "ends" && (packet.ends ?? []).includes(packet.starts ?? "");

// starts is how many bytes of a start marker come before the content.
const starts = (d, b) => {
  const marker = collapses(d.kind) ? "" : d.kind.packet.starts ?? "";
  const n = overlap(b, 0, marker);
  if (n < 0) refused("a frame does not begin with its start marker");
  if (n < marker.length) more(marker.length - n);
  return n;
};

// cutEnds finds the terminator of content that begins at lead, and takes the escapes out.
const cutEnds = (d, b, lead) => {
  const { packet, max, widest } = d.kind;
  const { escape } = packet;
  const { at, width, bad } = escape && escape.double ? doubledEnd(packet, b, lead) : lineEnd(b, lead, b.length, packet.ends ?? []);
  const most = escape ? 2 * max : max; // each byte may be escaped
  if (bad && at - lead <= most) refused("an escape stands for nothing");
  if (bad || width === 0 && b.length - lead > most + widest || width > 0 && at - lead > most) tooLarge(d);
  if (width === 0) more(1);
  const raw = { from: lead, to: at, end: at + width, payload: b.subarray(lead, at) };
  if (!escape || !raw.payload.includes(escape.byte)) return limited(d, raw);
  const plain = unwrap(escape, b, lead, at);
  d.end = at + width;
  if (!plain) refused("an escape stands for nothing");
  return limited(d, { ...raw, ...plain });
};

const limited = (d, content) => (content.payload.length > d.kind.max ? tooLarge(d) : content);

// cutPacket finds the content of the frame that b begins with: in b[from:to], the frame's end, and the
// payload without escapes.
const cutPacket = (d, b) => {
  const { packet, max } = d.kind;
  const lead = starts(d, b);
  if (packet.extent === "ends") return cutEnds(d, b, lead);
  const n = packet.extent === "count" ? total(packet.size, b.subarray(lead)) : packet.fixed;
  d.end = lead + n;
  if (n > max) tooLarge(d);
  if (lead + n > b.length) more(lead + n - b.length);
  return { from: lead, to: lead + n, end: lead + n, payload: b.subarray(lead, lead + n) };
};

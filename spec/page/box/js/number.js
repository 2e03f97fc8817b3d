// Numbers: as digits, and in binary. Whole numbers are BigInt, as they have up to 64 bits.

const noDigits = "no digits";
const notFit = (bits) => "does not fit " + bits + " bits";

// digitsAt is how many decimal digits s has at a place.
function digitsAt(s, at) {
  let i = at;
  while (i < s.length && s[i] >= "0" && s[i] <= "9") i++;
  return i - at;
}

// scanInt reads the number that s has at a place, n bytes of it, or says why there is
// none of at most bits.
function scanInt(s, at, bits) {
  const minus = s[at] === "-" ? 1 : 0;
  const digits = digitsAt(s, at + minus);
  if (digits === 0) return { n: 0, why: noDigits };
  const abs = BigInt(s.slice(at + minus, at + minus + digits));
  if (abs > (1n << BigInt(bits - 1)) - 1n + BigInt(minus)) return { n: 0, why: notFit(bits) };
  return { v: minus ? -abs : abs, n: minus + digits, why: "" };
}

// scanFloat is the length of the number that s has at a place, or 0.
function scanFloat(s, at) {
  const found = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/.exec(s.slice(at, s.length));
  return found ? found[0].length : 0;
}

Object.assign(Reader.prototype, {
  uint(field, bits) {
    const n = digitsAt(this.b, this.pos);
    if (n === 0) return this.none(field, noDigits);
    const v = BigInt(this.b.slice(this.pos, this.pos + n));
    if (v >> BigInt(bits) > 0n) return this.none(field, notFit(bits));
    this.pos += n;
    return v;
  },

  int(field, bits) {
    const { v, n, why } = scanInt(this.b, this.pos, bits);
    if (why) return this.none(field, why);
    this.pos += n;
    return v;
  },

  // none fails, and is the number that comes of it.
  none(field, why) {
    this.fail(field, why);
    return 0n;
  },

  // fixed is exactly n digits.
  fixed(field, n, base) {
    if (this.b.length - this.pos < n) return this.none(field, tooShort);
    let v = 0n;
    for (let i = 0; i < n; i++) {
      const d = "0123456789abcdef".indexOf(this.b[this.pos + i].toLowerCase());
      if (d < 0 || d >= base) return this.none(field, "not a digit");
      v = v * BigInt(base) + BigInt(d);
      if (v >> 64n > 0n) return this.none(field, "does not fit 64 bits");
    }
    this.pos += n;
    return v;
  },

  float(field) {
    const n = scanFloat(this.b, this.pos);
    if (n === 0) return Number(this.none(field, noDigits));
    const v = Number(this.b.slice(this.pos, this.pos + n));
    if (!Number.isFinite(v)) return Number(this.none(field, "too large a number"));
    this.pos += n;
    return v;
  },

  decimal(field) {
    const { v, n, why } = scanDecimal(this.b, this.pos);
    if (why) {
      this.fail(field, why);
      return new Decimal(0n, 0);
    }
    this.pos += n;
    return v;
  },

  // ordered is an unsigned number of n bytes.
  ordered(field, n, little) {
    const bytes = [...this.fixedBytes(field, n)];
    if (little) bytes.reverse();
    return bytes.reduce((v, c) => (v << 8n) | BigInt(c.charCodeAt(0)), 0n);
  },

  orderedFloat(field, n, little) {
    const v = this.ordered(field, n, little);
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, v);
    return n === 4 ? view.getFloat32(4) : view.getFloat64(0);
  },

  varint(field, bits) {
    const { v, n } = scanVarint(this.b, this.pos);
    if (n < 0) return this.none(field, tooShort);
    if (n === 0 || v >> BigInt(bits) > 0n) return this.none(field, notFit(bits));
    this.pos += n;
    return v;
  },

  // bits reads n bits, the highest of a byte first.
  bits(field, n) {
    const end = this.bit + n;
    if (Math.ceil(end / 8) > this.b.length - this.pos) return this.none(field, tooShort);
    let v = 0n;
    for (let i = this.bit; i < end; i++) {
      const c = this.b.charCodeAt(this.pos + (i >> 3));
      v = (v << 1n) | BigInt((c >> (7 - (i & 7))) & 1);
    }
    this.pos += end >> 3;
    this.bit = end & 7;
    return v;
  },

  // constant reads bits that are the same in every frame of the message.
  constant(v, n) {
    if (this.bits("literal", n) !== v) this.noText();
  },

  // size skips the frame's count, which was compared with its length before.
  size() {
    const s = this.f.packet.size;
    const n = scanCount(this.b, this.pos, s.form, s.width || 0).n;
    if (n > 0) this.pos += n;
    else this.fail("length", "no count");
  },

  sum() {
    const n = this.f.packet.sum.width;
    if (n <= this.b.length - this.pos) this.pos += n;
    else this.fail("end", "no checksum");
  },
});

const signed = (v, bits) => BigInt.asIntN(bits, v);

// scanVarint reads seven bits a byte, the lowest first: n bytes; 0: too many, -1: too few.
function scanVarint(s, at) {
  let v = 0n;
  for (let i = 0; i < 10 && at + i < s.length; i++) {
    const c = s.charCodeAt(at + i);
    v |= BigInt(c & 0x7f) << BigInt(7 * i);
    if (c < 0x80) return { v, n: i + 1 }; // ten may be more than 64 bits
  }
  return { v: 0n, n: s.length - at < 10 ? -1 : 0 };
}

// scanCount reads a number of a layout.
function scanCount(s, at, form, width) {
  if (form === "varint") return scanVarint(s, at);
  if (form === "decimal" && width === 0) {
    const n = digitsAt(s, at);
    return { v: BigInt(s.slice(at, at + n) || 0), n: n === s.length - at && n < 20 ? -1 : n };
  }
  if (s.length - at < width) return { v: 0n, n: -1 };
  const r = new Reader(s.slice(at, at + width), {});
  const v = form === "big" || form === "little" ? r.ordered("", width, form === "little") : r.fixed("", width, form === "decimal" ? 10 : 16);
  return { v, n: r.err ? 0 : width };
}

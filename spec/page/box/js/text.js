// Text: what a charset has, and how far a field goes that ends at the next literal or at
// the line's end.

const utf8 = "";
const latin1 = "latin1";

// decodeRune is the character that s has at a place, and how many bytes it is: U+FFFD
// and 1 where they are none, as Go takes them.
function decodeRune(s, at) {
  const c = s.charCodeAt(at);
  if (c < 0x80) return [c, 1];
  const n = c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
  let rune = c & (0x7f >> n);
  for (let i = 1; i < n; i++) {
    const next = s.charCodeAt(at + i);
    if (!(next >= 0x80 && next < 0xc0)) return [0xfffd, 1];
    rune = (rune << 6) | (next & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][n];
  if (n === 0 || rune < least || rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) return [0xfffd, 1];
  return [rune, n];
}

// runesOf are the characters of s, with what is none of them as U+FFFD.
function runesOf(s) {
  const all = [];
  for (let at = 0; at < s.length;) {
    const [rune, n] = decodeRune(s, at);
    all.push(rune);
    at += n;
  }
  return all;
}

// encodeRune is a character in UTF-8, a character a byte.
function encodeRune(rune) {
  if (rune < 0x80) return String.fromCharCode(rune);
  if (rune < 0x800) return String.fromCharCode(0xc0 | (rune >> 6), 0x80 | (rune & 0x3f));
  if (rune < 0x10000) return String.fromCharCode(0xe0 | (rune >> 12), 0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f));
  return String.fromCharCode(0xf0 | (rune >> 18), 0x80 | ((rune >> 12) & 0x3f), 0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f));
}

function validUTF8(s) {
  for (let at = 0; at < s.length;) {
    const [rune, n] = decodeRune(s, at);
    if (rune === 0xfffd && n === 1) return false;
    at += n;
  }
  return true;
}

// unicode is UTF-8 as text of the page.
const unicode = (s) => runesOf(s).map((rune) => String.fromCodePoint(rune)).join("");

const ascii = (s) => !/[\x80-\xff]/.test(s);

// refusesText says why s is no text of a charset, or gives "".
function refusesText(charset, s) {
  if (charset !== latin1 && s.includes("\0")) return "holds a NUL";
  return leaves(charset, s);
}

// leaves is refusesText for text that may hold a NUL.
function leaves(charset, s) {
  if (charset === latin1 || ascii(s)) return "";
  if (charset !== utf8) return "not ASCII";
  return validUTF8(s) ? "" : "not valid UTF-8";
}

function notWord(s) {
  if (s === "") return "is empty";
  return /[\0-\x20]/.test(s) ? "holds a blank or a control character" : "";
}

Object.assign(Reader.prototype, {
  // until is the number of bytes before the first stop of the current line.
  until(stops) {
    const line = this.rest();
    let n = line.length;
    for (const stop of stops) {
      const at = stop === "" ? -1 : line.indexOf(stop);
      if (at >= 0 && at < n) n = at;
    }
    return n;
  },

  // textOf takes n bytes that are there.
  textOf(field, n) {
    const s = this.b.slice(this.pos, this.pos + n);
    const why = refusesText(this.f.charset || utf8, s);
    if (why) {
      this.fail(field, why);
      return "";
    }
    this.pos += n;
    return s;
  },

  text(field, stops) {
    return this.textOf(field, this.until(stops));
  },

  word(field, stops) {
    const n = this.until(stops);
    const why = notWord(this.b.slice(this.pos, this.pos + n));
    if (why) {
      this.fail(field, why);
      return "";
    }
    return this.textOf(field, n);
  },

  // dotted is a whole line, without the dot before one that begins with a dot.
  dotted(field) {
    const line = this.rest();
    if (line === ".") {
      this.fail(field, "a dot alone");
      return "";
    }
    if (line[0] === ".") this.pos++;
    return this.text(field, []);
  },

  // fixedText is exactly n bytes, a BigInt, of the current line.
  fixedText(field, n) {
    if (n > 0x7fffffffffffffffn) {
      this.fail(field, "is longer than a frame");
      return "";
    }
    if (n < 0n || BigInt(this.rest().length) < n) {
      this.fail(field, tooShort);
      return "";
    }
    return this.textOf(field, Number(n));
  },

  // bool is one of two words, of which none begins with the other.
  bool(field, on, off) {
    const v = this.has(on);
    if (v) this.pos += on.length;
    else if (this.has(off)) this.pos += off.length;
    else this.fail(field, "neither of its two words");
    return v && !this.err;
  },

  hexBytes(field, stops) {
    const n = this.until(stops);
    const digits = this.b.slice(this.pos, this.pos + n);
    if (n % 2 !== 0) {
      this.fail(field, "an odd number of hex digits");
      return "";
    }
    if (/[^0-9a-fA-F]/.test(digits)) {
      this.fail(field, "not a hex digit");
      return "";
    }
    this.pos += n;
    return digits.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)));
  },

  base64(field, stops) {
    const n = this.until(stops);
    const out = decodeBase64(this.b.slice(this.pos, this.pos + n));
    if (out === null) {
      this.fail(field, "not base64");
      return "";
    }
    this.pos += n;
    return out;
  },
});

// decodeBase64 takes the standard alphabet, padded, and no bits that say nothing (RFC
// 4648, sections 3.5 and 4); null: it is none.
function decodeBase64(s) {
  if (s.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(s)) return null;
  const bytes = atob(s);
  return btoa(bytes) === s ? bytes : null;
}

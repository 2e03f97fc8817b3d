// Reader reads one frame, as runtime/wire's does: the first error sticks, and whatever
// comes behind it finds nothing.
class Reader {
  constructor(frame, framing) {
    this.b = frame;
    this.pos = 0;
    this.f = framing;
    this.err = null; // {field, reason, offset}
    this.bit = 0; // of the byte at pos that are read
    this.tail = "";
    this.level = { group: 0, n: 0 };
  }

  fail(field, reason) {
    this.stop({ field, reason, offset: this.pos });
  }

  stop(err) {
    if (!this.err) this.err = err;
    this.b = "";
    this.pos = 0;
    this.bit = 0;
  }

  // nest fails because a part of a field does.
  nest(field, err) {
    if (!err || this.err) return;
    const path = field === "" ? err.field : err.field === "" ? field : field + "." + err.field;
    this.stop({ field: path, reason: err.reason, offset: this.pos });
  }

  has(s) {
    return this.b.startsWith(s, this.pos);
  }

  lit(s) {
    if (this.has(s)) this.pos += s.length;
    else this.noText();
  }

  noText() {
    this.fail("literal", "other text than the template's");
  }

  same(field, encoded) {
    if (this.has(encoded)) this.pos += encoded.length;
    else this.fail(field, "not the same as before");
  }

  // endAt is the length of the line end at a place, or 0.
  endAt(at) {
    for (const end of this.f.ends || []) if (this.b.startsWith(end, at)) return end.length;
    return 0;
  }

  // lineEnd is where the current line ends.
  lineEnd() {
    const ends = this.f.ends || [];
    if (ends.length === 0) return this.b.length;
    const newlines = ends.every((end) => end === "\n" || end === "\r\n");
    if (!newlines && ends.length > 1) {
      for (let at = this.pos; at < this.b.length; at++) if (this.endAt(at) > 0) return at;
      return this.b.length;
    }
    const places = ends.map((end) => this.b.indexOf(end, this.pos)).filter((at) => at >= 0);
    return places.length > 0 ? Math.min(...places) : this.b.length;
  }

  // rest is what is left of the current line.
  rest() {
    return this.b.slice(this.pos, this.lineEnd());
  }

  break() {
    const n = this.endAt(this.pos);
    if (n > 0) {
      this.pos += n;
    } else if (this.tail === "lines" && this.atEnd()) {
      this.tail = "ended";
    } else {
      this.fail("end", "no line end here");
    }
  }

  atEnd() {
    return this.pos === this.b.length;
  }

  atBreak() {
    return this.atEnd() || this.endAt(this.pos) > 0;
  }

  // toEnd begins lines that go on to the frame's end.
  toEnd() {
    if (this.atEnd()) {
      this.tail = "ended";
      return;
    }
    this.break();
    this.tail = "lines";
  }

  // atLine tells whether the line is the one that ends a list of lines.
  atLine(text, whole) {
    if (this.err) return true;
    if (text === "" && !whole) return this.tail === "ended";
    if (!this.has(text)) return false;
    const end = this.pos + text.length;
    return !whole || end === this.b.length || this.endAt(end) > 0;
  }

  // nextLine tells whether the line ends here and another begins with text.
  nextLine(text) {
    const n = this.endAt(this.pos);
    return n > 0 && this.b.startsWith(text, this.pos + n);
  }

  // atItem tells whether the line has text behind so many bytes.
  atItem(skip, text) {
    if (this.err) return false;
    const line = this.rest();
    return line.length >= skip && line.startsWith(text, skip);
  }

  // separators counts how often sep is left on the line.
  separators(sep) {
    return sep === "" ? 0 : this.rest().split(sep).length - 1;
  }

  // left is how many bytes are left before the last ones.
  left(tail) {
    return Math.max(0, this.b.length - this.pos - tail);
  }

  done() {
    if (!this.err && (!this.atEnd() || this.bit > 0)) this.fail("end", "more bytes than the template has");
  }

  take(n) {
    this.pos += n;
    return this.b.slice(this.pos - n, this.pos);
  }

  // bytes takes as many as were counted, a BigInt.
  bytes(field, n) {
    if (n < 0n || n > BigInt(this.b.length - this.pos)) {
      this.fail("length", field + " has fewer bytes than were counted");
      return "";
    }
    return this.take(Number(n));
  }

  fixedBytes(field, n) {
    if (n > this.b.length - this.pos) {
      this.fail(field, tooShort);
      return "";
    }
    return this.take(n);
  }

  // narrow lets the reader see only what is before a place, until widen.
  narrow(end) {
    const before = this.b;
    this.b = before.slice(0, end);
    return before;
  }

  widen(before) {
    if (!this.err) this.b = before;
  }

  body() {
    const end = this.b.length - (this.f.packet.tail || 0);
    if (end < this.pos) {
      this.fail("length", tooShort);
      return "";
    }
    return this.narrow(end);
  }

  endBody(before) {
    if (!this.atEnd()) this.fail("end", "more bytes than the template has");
    this.widen(before);
  }

  within(field, n) {
    if (n < 0n || n > BigInt(this.b.length - this.pos)) {
      this.fail("length", field + " has fewer bytes than were counted");
      return "";
    }
    return this.narrow(this.pos + Number(n));
  }

  endWithin(field, before) {
    if (!this.atEnd() || this.bit !== 0) this.fail(field, "more bytes than its items have");
    this.widen(before);
  }

  // pad narrows the reader to the value inside a field of n bytes that is filled up.
  pad(field, n, left, fill) {
    const line = this.rest();
    if (line.length < n) {
      this.fail(field, tooShort);
      return null;
    }
    const end = this.pos + n;
    let to = end;
    if (left) while (this.pos < end && this.b[this.pos] === fill) this.pos++;
    else while (to > this.pos && this.b[to - 1] === fill) to--;
    return { before: this.narrow(to), end };
  }

  unpad(field, padding) {
    if (!this.atEnd()) this.fail(field, "more bytes than its value has");
    if (this.err) return;
    this.b = padding.before;
    this.pos = padding.end;
  }

  // enter begins a value of a type that may hold itself; leave takes what it gives.
  enter(group, most) {
    const outer = this.level;
    this.level = { group, n: outer.group === group ? outer.n + 1 : 1 };
    if (this.level.n > most) this.fail("", "is nested too deeply");
    return outer;
  }
}

const tooShort = "fewer bytes than it needs";

// Counts, and what they tell the extent of: lists on lines, sized lists, what goes on to
// the frame's end; and measuring, for whoever must know how far a frame goes.

const most = 0x7fffffffffffffffn; // of Go's int64

Object.assign(Parser.prototype, {
  count(s, op) {
    const path = s.name(op.field);
    let v = this.value(op.field.type, path, op.stops);
    // For a measure, too many is a frame too large, not another message.
    if (this.at && typeof v === "bigint" && v > most) v = most;
    this.note("field", path, "");
    if (this.r.err) return;
    this.solve(s, op, path, v);
    this.note("length", path, "");
  },

  // solve finds the unknown term of a count.
  solve(s, op, path, v) {
    let n = typeof v === "bigint" ? v : 0n;
    let fits = typeof v === "bigint" && v <= most;
    let unknown = null;
    for (const term of op.terms) {
      const size = this.toldOf(s, term);
      if (size === undefined) {
        unknown = term;
        continue;
      }
      n += term.minus ? size : -size;
      fits = fits && n <= most && n >= -most - 1n;
    }
    const rest = unknown && unknown.bytes && unknown.item > 0 ? n % BigInt(unknown.item) : 0n;
    if (!fits) this.r.fail(path, "is more than a frame can hold");
    else if (!unknown && n !== 0n) this.r.fail(path, "disagrees with the parts that it counts");
    else if (n < 0n) this.r.fail(path, "is less than the parts that it counts");
    else if (!unknown) return;
    else if (!unknown.bytes) s.counts.set(unknown.field, n);
    else if (unknown.item === 0) s.sizes.set(unknown.field, n);
    else if (rest !== 0n) this.r.fail(path, "has a count of bytes that is no number of whole items");
    else s.counts.set(unknown.field, n / BigInt(unknown.item));
  },

  // toldOf is what is known of a term so far.
  toldOf(s, term) {
    if (term.field === 0) return term.n;
    if (term.bytes && term.item === 0) return s.sizes.get(term.field);
    const n = s.counts.get(term.field);
    return n !== undefined && term.bytes ? n * BigInt(term.item) : n;
  },

  // lines reads a list of lines without a count, or pairs, until the line that ends them.
  lines(op, path) {
    const t = op.field.type;
    if (op.toEnd) this.r.toEnd();
    if (t.kind === "pairs") return this.pairs(t, path, op.until);
    const items = [];
    while (this.another(op.until)) {
      const at = itemPath(path, items.length);
      let v;
      if (standsOnLines(t.elem)) {
        v = this.pairs(t.elem, at, op.until); // with its line breaks
      } else {
        v = this.value(t.elem, at, []);
        this.r.break();
      }
      if (this.stopped()) return null;
      items.push(v);
    }
    return items;
  },

  another(end) {
    return end.items ? this.r.atItem(end.skip, end.text) : !this.r.atLine(end.text, end.whole);
  },

  // sized reads a list whose bytes are counted: its items fill them.
  sized(s, op, path) {
    const t = op.field.type;
    const items = [];
    const before = this.r.within(path, s.sizes.get(op.field.id) || 0n);
    const n = s.counts.get(op.field.id);
    while (n === undefined ? this.r.left(0) > 0 : n > BigInt(items.length)) {
      const v = this.value(t.elem, itemPath(path, items.length), []);
      if (this.stopped()) return null;
      items.push(v);
    }
    this.r.endWithin(path, before);
    return items;
  },

  // rest reads a field that goes on to the frame's end, but for some bytes.
  rest(op, path) {
    const t = op.field.type;
    if (t.kind === "text") return this.constrained(t, path, this.r.fixedText(path, BigInt(this.r.left(op.tail))));
    if (t.kind !== "list") return this.constrained(t, path, this.r.fixedBytes(path, this.r.left(op.tail)));
    const items = [];
    while (this.r.left(op.tail) > 0) {
      const v = this.value(t.elem, itemPath(path, items.length), []);
      if (this.stopped()) return null;
      items.push(v);
    }
    return items;
  },

  // measure ends at the op that was looked for.
  measure(s, op) {
    const t = op.field.type;
    let n = BigInt(t.width);
    if (op.counted) {
      n = op.sized ? s.sizes.get(op.field.id) : s.counts.get(op.field.id);
      if (!op.sized && n !== undefined && t.kind === "list" && packed(this.f) && t.item >= 0) n *= BigInt(t.item / 8 | 0);
    }
    if (n === undefined || n > most) this.r.fail(s.name(op.field), "has no count that a frame can hold");
    else this.size = Number(n);
  },
});

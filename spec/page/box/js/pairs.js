// Pairs of keys and values, in any order.

Object.assign(Parser.prototype, {
  // pairs are on lines until one that ends them or, where that is null, on one line.
  pairs(t, path, until) {
    const { fields } = t.body;
    const items = fields.map((f) => itemOf(f, standsOnLines(f.type) ? [] : null));
    this.told = t.pairs.counts.map(() => undefined);
    for (let n = 0; this.morePairs(t, n, until); n++) {
      this.pair(t, path, items);
      if (until) this.r.break();
      if (this.stopped()) return null;
    }
    const missing = fields.findIndex((f, i) => items[i].value === null && !f.optional);
    if (missing >= 0) {
      this.r.fail(below(path, fields[missing].name), "is missing");
      return null;
    }
    t.pairs.counts.forEach((k, i) => {
      if (this.told[i] === undefined && !k.optional) this.r.fail(below(path, k.of), "is missing");
    });
    const opens = t.pairs.first;
    if (opens.length > 1 && !opens.some((i) => items[i].value !== null)) {
      this.r.fail(path, "has none of the keys that open it, or several");
    }
    return new Values(items);
  },

  // morePairs tells whether a pair comes next, after n of them, and skips what stands
  // before it.
  morePairs(t, n, until) {
    const { pairs } = t;
    if (until) {
      const opened = () => pairs.first.some((i) => this.r.has(pairs.keys[i] + pairs.between));
      return !this.r.atLine(until.text, until.whole) && (n === 0 || !opened());
    }
    if (n === 0) return !this.emptyHere(pairs.stops);
    if (!this.r.has(pairs.each)) return false;
    this.r.lit(pairs.each);
    return true;
  },

  pair(t, path, items) {
    const { pairs, body } = t;
    const stops = [pairs.between, ...pairs.stops];
    const key = pairs.anyKey ? this.r.text(path, stops) : this.r.word(path, stops);
    this.r.lit(pairs.between);
    if (this.r.err) return;
    if (key === "") {
      this.r.fail(path, "has an empty key");
      return;
    }
    if (this.tell(t, path, key)) return;
    const i = pairs.keys.indexOf(key);
    const own = i < 0 ? null : body.fields[i];
    if (own && standsOnLines(own.type)) {
      const list = items[i].value;
      list.push(this.value(own.type.elem, itemPath(below(path, own.name), list.length), body.ops[i].stops));
    } else if (own && items[i].value === null) {
      items[i].value = this.value(own.type, below(path, own.name), body.ops[i].stops);
    } else if (pairs.others) {
      this.other(pairs, path, key, items[items.length - 1]);
    } else if (own) {
      this.r.fail(below(path, own.name), "comes more than once");
    } else {
      this.r.fail(path, "has a key that is not known");
    }
  },

  // other keeps a pair whose key has no name.
  other(pairs, path, key, others) {
    const at = below(path, others.name);
    const from = this.r.pos;
    const value = this.r.text(at, pairs.stops);
    this.span(from, itemPath(at, others.value.length), null, "field");
    others.value.push(new Values([{ name: "key", value: key }, { name: "value", value }]));
  },

  // tell reads the value of a key that counts; false: it is another key.
  tell(t, path, key) {
    const i = t.pairs.counts.findIndex((k) => k.key === key);
    if (i < 0) return false;
    const k = t.pairs.counts[i];
    const at = below(path, k.of);
    if (this.told[i] !== undefined) {
      this.r.fail(at, "comes more than once");
      return true;
    }
    const v = this.value(k.type, at, []);
    this.told[i] = typeof v !== "bigint" ? 0n : v > most ? most : v; // as with other counts
    return true;
  },
});

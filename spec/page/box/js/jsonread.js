// JSON text is read once, and checked: the grammar (RFC 8259), that it is UTF-8, how deep
// it nests, and, where keys are to be told apart, that none comes twice in an object.

const notJSON = "not a JSON value";
const maxJSONDepth = 64;

// Refusal is why a JSON text was refused, and which part of it.
class Refusal {
  constructor(field, reason) {
    this.field = field;
    this.reason = reason;
  }
}

// parseJSON gives the tree of one value with blanks around it; it throws a Refusal.
function parseJSON(s, checkKeys) {
  const scan = new JSONScanner(s, checkKeys);
  scan.space();
  const root = scan.value(1, "");
  scan.space();
  if (scan.i < s.length) throw new Refusal("", notJSON);
  return root;
}

// A node is a value: where it is in the text, and its members or items. open is how errors
// about keys name it, without the indexes of lists.
class JSONScanner {
  constructor(s, checkKeys) {
    this.s = s;
    this.i = 0;
    this.checkKeys = checkKeys;
  }

  refuse() {
    throw new Refusal("", notJSON);
  }

  space() {
    while (this.i < this.s.length && " \t\n\r".includes(this.s[this.i])) this.i++;
  }

  value(depth, open) {
    const node = { at: this.i, end: 0, kind: "", members: [], items: [], open };
    const c = this.s[this.i];
    if (c === "{" || c === "[") {
      if (depth > maxJSONDepth) throw new Refusal("", "JSON nested too deeply");
      node.kind = c;
      if (c === "{") this.object(depth, node);
      else this.list(depth, node);
    } else if (c === '"') {
      this.text();
      node.kind = '"';
    } else if (c === "t" || c === "f" || c === "n") {
      this.word({ t: "true", f: "false", n: "null" }[c]);
      node.kind = c;
    } else {
      this.number();
      node.kind = "0";
    }
    node.end = this.i;
    return node;
  }

  word(w) {
    if (!this.s.startsWith(w, this.i)) this.refuse();
    this.i += w.length;
  }

  // separated goes to the next member or item; true: the bracket closes instead.
  separated(closing, first) {
    if (first) this.i++;
    this.space();
    if (this.s[this.i] === closing) {
      this.i++;
      return true;
    }
    if (first) return false;
    if (this.s[this.i] !== ",") this.refuse();
    this.i++;
    this.space();
    return false;
  }

  object(depth, node) {
    for (let first = true; !this.separated("}", first); first = false) {
      const from = this.i;
      if (this.s[this.i] !== '"') this.refuse();
      this.text();
      const raw = this.s.slice(from + 1, this.i - 1);
      const key = unescapeJSON(raw, utf8);
      this.space();
      if (this.s[this.i] !== ":") this.refuse();
      this.i++;
      this.space();
      const value = this.value(depth + 1, below(node.open, key === null ? "" : key));
      node.members.push({ key, value });
    }
    if (this.checkKeys) this.once(node);
  }

  // once refuses an object where a key comes twice, or means nothing.
  once(node) {
    if (node.members.some((m) => m.key === null)) throw new Refusal(node.open, "a key " + badEscape);
    const seen = new Set();
    for (const { key } of node.members) {
      if (seen.has(key)) throw new Refusal(below(node.open, key), "is there twice");
      seen.add(key);
    }
  }

  list(depth, node) {
    for (let first = true; !this.separated("]", first); first = false) {
      node.items.push(this.value(depth + 1, node.open));
    }
  }

  text() {
    const from = this.i;
    for (this.i++; ; this.i++) {
      const c = this.s[this.i];
      if (c === '"') break;
      if (c === undefined || c < " ") this.refuse();
      if (c === "\\") this.escape();
    }
    this.i++;
    if (!validUTF8(this.s.slice(from, this.i))) throw new Refusal("", "not valid UTF-8");
  }

  // escape goes to the last byte of the escape that begins here.
  escape() {
    this.i++;
    const c = this.s[this.i];
    if (c === "u" && /^[0-9a-fA-F]{4}$/.test(this.s.slice(this.i + 1, this.i + 5))) this.i += 4;
    else if (c === undefined || !'bfnrt\\"/'.includes(c)) this.refuse();
  }

  number() {
    const found = scanJSONNumber(this.s, this.i);
    if (!found) this.refuse();
    this.i = found;
  }
}

// scanJSONNumber is the place behind the number at i; 0: there is none.
function scanJSONNumber(s, i) {
  if (s[i] === "-") i++;
  const whole = s[i] === "0" ? 1 : digitsAt(s, i);
  if (whole === 0) return 0;
  i += whole;
  if (s[i] === ".") {
    const places = digitsAt(s, i + 1);
    if (places === 0) return 0;
    i += 1 + places;
  }
  if (s[i] === "e" || s[i] === "E") {
    i++;
    if (s[i] === "+" || s[i] === "-") i++;
    const exponent = digitsAt(s, i);
    if (exponent === 0) return 0;
    i += exponent;
  }
  return i;
}

// jsonExtent is the length of the value that s begins with, as far as brackets, quotes and
// blanks tell.
function jsonExtent(s) {
  let depth = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s[i];
    if (c === '"') {
      i = skipString(s, i) - 1;
      if (depth === 0) return i + 1;
    } else if (c === "{" || c === "[") {
      depth++;
    } else if (c === "}" || c === "]") {
      depth--;
      if (depth <= 0) return i + Math.max(0, depth + 1);
    } else if (depth === 0 && " \t\r\n,:".includes(c)) {
      return i;
    }
  }
  return s.length;
}

// skipString is the place behind the string that begins at i.
function skipString(s, i) {
  for (i++; i < s.length; i++) {
    if (s[i] === "\\") i++;
    else if (s[i] === '"') return i + 1;
  }
  return s.length;
}

// compactJSON is valid JSON without blanks outside of strings.
function compactJSON(s) {
  return s.replace(/("(?:[^"\\]|\\[^])*")|[ \t\r\n]+/g, (_, text) => text || "");
}

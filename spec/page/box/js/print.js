// Values in words, as package codec prints them: what strconv.Quote and fmt do.

const hidden = "***";

// showValues is {channel: 3, unit: celsius}; what is absent is left out.
function showValues(values) {
  const items = values.items.filter((it) => it.value !== null);
  return "{" + items.map((it) => it.name + ": " + (it.secret ? hidden : show(it.value))).join(", ") + "}";
}

// show is one value: text and bytes quoted, lists in brackets.
function show(v) {
  if (v === null) return "absent";
  if (typeof v === "string") return quote(v);
  if (typeof v === "number") return showFloat(v);
  if (v instanceof Enum) return v.name === "" ? quote(v.wire) : v.name;
  if (v instanceof Values) return showValues(v);
  if (Array.isArray(v)) return "[" + v.map(show).join(", ") + "]";
  return String(v); // a bool, a BigInt, a Decimal
}

// showFloat is the shortest number that reads back the same, with an exponent below 1e-4
// and from 1e21 on.
function showFloat(v) {
  if (Number.isNaN(v)) return "NaN";
  if (!Number.isFinite(v)) return v > 0 ? "+Inf" : "-Inf";
  if (Object.is(v, -0)) return "-0";
  const abs = Math.abs(v);
  if (v === 0 || (abs >= 1e-4 && abs < 1e6)) return String(v);
  return v.toExponential().replace(/e([-+])([0-9])$/, "e$10$2");
}

const letters = { 7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\" };
const visibleRune = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

// quote is text between quotes, with escapes for what cannot be seen or is no UTF-8.
function quote(s) {
  let out = '"';
  for (let at = 0; at < s.length;) {
    const [rune, n] = decodeRune(s, at);
    out += rune === 0xfffd && n === 1 ? "\\x" + hex(s.charCodeAt(at), 2) : quoteRune(rune);
    at += n;
  }
  return out + '"';
}

function quoteRune(rune) {
  if (letters[rune]) return letters[rune];
  const c = String.fromCodePoint(rune);
  if (visibleRune.test(c)) return c;
  if (rune < 0x20 || rune === 0x7f) return "\\x" + hex(rune, 2);
  return rune < 0x10000 ? "\\u" + hex(rune, 4) : "\\U" + hex(rune, 8);
}

const hex = (n, digits) => n.toString(16).padStart(digits, "0");

// What a type's constraints have against a value, and how enums are found.

const notInEnum = "is none of the enum's values";

// violates says what is wrong with v, or gives "".
function violates(t, v) {
  if (t.scale && v instanceof Decimal) {
    const n = v.unscale(t.scale);
    if (n === null) return "is no multiple of " + t.scale;
    v = n;
  }
  if (!inRange(t, v)) return "is out of range";
  if (typeof v !== "string") return "";
  if (t.longest > 0 && v.length > t.longest) return `is longer than ${t.longest} bytes`;
  if (t.chars && !runesOf(v).every((rune) => hasChar(t.chars, rune))) return "holds a character that is not allowed";
  return "";
}

// beyond says of a value that is out of range how it is; "" where something else is wrong.
function beyond({ t, v }) {
  if (t.scale || inRange(t, v)) return "";
  return `is ${show(v)}, ` + (t.max !== "" && compare(v, t.max) > 0 ? `more than ${t.max}` : `less than ${t.min}`);
}

// inRange compares exactly; a bound that is empty does not bound.
function inRange(t, v) {
  return (t.min === "" || compare(v, t.min) >= 0) && (t.max === "" || compare(v, t.max) <= 0);
}

function compare(v, bound) {
  if (typeof v === "bigint") {
    const b = BigInt(bound);
    return v < b ? -1 : v > b ? 1 : 0;
  }
  if (v instanceof Decimal) return v.compare(parseDecimal(bound));
  if (typeof v !== "number") return 0;
  const b = Number(bound);
  if (Number.isNaN(v)) return -1;
  return v < b ? -1 : v > b ? 1 : 0;
}

// hasChar: the set holds single characters, and ranges as in "a-z"; a "-" at either end
// is itself.
function hasChar(set, rune) {
  for (let i = 0; i < set.length; i++) {
    const low = set[i].codePointAt(0);
    if (i + 2 < set.length && set[i + 1] === "-") {
      if (low <= rune && rune <= set[i + 2].codePointAt(0)) return true;
      i += 2;
    } else if (low === rune) {
      return true;
    }
  }
  return false;
}

const textType = { kind: "text", width: 0, min: "", max: "", longest: 0, chars: null, scale: null, elem: null, binary: "" };

// enumBase is the type that carries an enum on the wire.
const enumBase = (t) => t.elem || textType;

// enumOf finds a value by its text; null: a closed enum does not have it.
function enumOf(t, text) {
  return t.values.find((v) => v.wire === text) || (t.open ? new Enum("", text) : null);
}

// enumText is the canonical wire form of a value that carries an enum.
function enumText(base, v) {
  if (typeof v !== "bigint" || base.width === 0 || base.kind === "int") return typeof v === "string" ? v : show(v);
  return v.toString(base.kind === "hex" ? 16 : 10).toUpperCase().padStart(base.width, "0");
}

// bitsOf is an integer's width; the plain one has 64.
const bitsOf = (t) => t.bits || 64;

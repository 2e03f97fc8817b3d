// Decimals: exact, with the places that were read, Go's wire.Decimal.
class Decimal {
  constructor(coef, scale) {
    this.coef = coef; // a BigInt
    this.scale = scale; // places
  }

  toString() {
    const digits = (this.coef < 0n ? -this.coef : this.coef).toString().padStart(this.scale + 1, "0");
    const whole = digits.length - this.scale;
    return (this.coef < 0n ? "-" : "") + digits.slice(0, whole) + (this.scale > 0 ? "." + digits.slice(whole) : "");
  }

  // compare is below, at or above 0 as this is less than, equal to or more than other.
  compare(other) {
    const places = BigInt(Math.max(this.scale, other.scale));
    const difference = this.coef * 10n ** (places - BigInt(this.scale)) - other.coef * 10n ** (places - BigInt(other.scale));
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  // unscale is the whole number that times a factor is this; null: there is none.
  unscale(by) {
    const [d, f] = [this.normal(), by.normal()];
    if (d.scale > f.scale) return null;
    const product = d.coef * 10n ** BigInt(f.scale - d.scale);
    const n = product / f.coef;
    return product % f.coef !== 0n || n > largest || n < -largest ? null : n;
  }

  // normal has no zeros at the end of its places.
  normal() {
    let { coef, scale } = this;
    if (coef === 0n) return new Decimal(0n, 0);
    for (; scale > 0 && coef % 10n === 0n; scale--) coef /= 10n;
    return new Decimal(coef, scale);
  }
}

const largest = 0x7fffffffffffffffn;

// scaled is a whole number times a factor; what is more than a decimal holds is the
// largest.
function scaled(n, by) {
  const abs = (n < 0n ? -n : n) * by.coef;
  const coef = abs > largest ? largest : abs;
  return new Decimal(n < 0n ? -coef : coef, by.scale);
}

// scanDecimal reads the number that s has at a place, n bytes of it, or says why there is
// none.
function scanDecimal(s, at) {
  const minus = s[at] === "-" ? 1 : 0;
  const whole = digitsAt(s, at + minus);
  if (whole === 0) return { n: 0, why: noDigits };
  let n = minus + whole;
  const places = s[at + n] === "." ? digitsAt(s, at + n + 1) : 0;
  if (places > 0) n += 1 + places;
  const coef = BigInt(s.slice(at + minus, at + n).replace(".", ""));
  if (coef > largest + BigInt(minus)) return { n: 0, why: "too large a number" };
  if (places > 255) return { n: 0, why: "more than 255 decimal places" };
  return { v: new Decimal(minus ? -coef : coef, places), n, why: "" };
}

// parseDecimal is all of s; null: it is none.
function parseDecimal(s) {
  const { v, n, why } = scanDecimal(s, 0);
  return why || n < s.length ? null : v;
}

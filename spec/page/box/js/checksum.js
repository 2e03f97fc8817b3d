// The checksums of the catalogue: plain sums by name, CRCs by what the plan says of them.

const sum16 = (bytes) => bytes.reduce((sum, c) => (sum + c) & 0xffff, 0);
const sum8 = (bytes) => sum16(bytes) & 0xff;

// twin keeps two sums, as Fletcher and Adler do.
const twin = (bytes, low, modulus) => {
  let high = 0;
  for (const c of bytes) {
    low = (low + c) % modulus;
    high = (high + low) % modulus;
  }
  return [high, low];
};

const plainSums = {
  "sum8": sum8,
  "sum8-negative": (bytes) => -sum8(bytes) & 0xff,
  "sum8-inverted": (bytes) => ~sum8(bytes) & 0xff,
  "sum16": sum16,
  "sum16-negative": (bytes) => -sum16(bytes) & 0xffff,
  "xor8": (bytes) => bytes.reduce((sum, c) => sum ^ c, 0),
  "fletcher16": (bytes) => {
    const [high, low] = twin(bytes, 0, 255);
    return (high << 8) | low;
  },
  "adler32": (bytes) => {
    const [high, low] = twin(bytes, 1, 65521);
    return ((high << 16) | low) >>> 0;
  },
};

const reverse32 = (v) => {
  let out = 0;
  for (let i = 0; i < 32; i++) out = (out << 1) | ((v >>> i) & 1);
  return out >>> 0;
};

// crc goes bit by bit: what is pasted is short. The register is at the upper end of 32 bits, or
// reflected at the lower one, so that all widths are alike.
const crc = ({ width, poly, init = 0, reflected, xorout = 0 }, bytes) => {
  const up = 32 - width;
  poly = (poly << up) >>> 0;
  let v = (init << up) >>> 0;
  if (reflected) [poly, v] = [reverse32(poly), reverse32(v)];
  for (const c of bytes) {
    v = (v ^ (reflected ? c : c << 24)) >>> 0;
    for (let i = 0; i < 8; i++) {
      if (reflected) v = v & 1 ? (v >>> 1) ^ poly : v >>> 1;
      else v = v & 0x80000000 ? (v << 1) ^ poly : v << 1;
    }
  }
  return ((reflected ? v >>> 0 : v >>> up) ^ xorout) >>> 0;
};

const checksum = (sum, bytes) => (sum.crc ? crc(sum.crc, bytes) : plainSums[sum.name](bytes));

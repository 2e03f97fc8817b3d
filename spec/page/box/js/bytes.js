// Texts of the plan are bytes: one character each, up to U+00FF.

// textAt: bytes go on with text at a place.
const textAt = (bytes, at, text) => {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
};

// overlap is how much of text can be at a place, as far as the bytes go; -1: other bytes are.
const overlap = (bytes, at, text) => {
  const n = Math.max(0, Math.min(text.length, bytes.length - at));
  for (let i = 0; i < n; i++) if (bytes[at + i] !== text.charCodeAt(i)) return -1;
  return n;
};

// find is where text comes first in bytes[from:to]; -1: it does not.
const find = (bytes, text, from = 0, to = bytes.length) => {
  if (text === "") return from;
  const within = to < bytes.length ? bytes.subarray(0, to) : bytes;
  const first = text.charCodeAt(0);
  for (let i = within.indexOf(first, from); i >= 0; i = within.indexOf(first, i + 1)) {
    if (textAt(within, i, text)) return i;
  }
  return -1;
};

const latin = (bytes, from = 0, to = bytes.length) => {
  let text = "";
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]);
  return text;
};

const bytesOf = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));

// endAt is the terminator that bytes go on with; "": none.
const endAt = (bytes, at, ends) => ends.find((end) => end !== "" && textAt(bytes, at, end)) ?? "";

// lineEnd is where the first terminator in bytes[from:to] is: no terminator begins with another, and
// CRLF begins before the LF in it. Its width is 0 where there is none.
const lineEnd = (bytes, from, to, ends) => {
  let at = to, width = 0;
  for (const end of ends) {
    const found = end === "" ? -1 : find(bytes, end, from, Math.min(to, at + end.length));
    if (found >= 0 && found < at) [at, width] = [found, end.length];
  }
  return { at, width };
};

const blank = (c) => c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d;

const skipBlanks = (bytes, at) => {
  while (at < bytes.length && blank(bytes[at])) at++;
  return at;
};

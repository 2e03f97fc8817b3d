// JSON (RFC 8259) as the runtime reads it: every byte is looked at, and where a value stands is
// kept, which JSON.parse does not tell; nor does it tell of a key that comes twice.

const notJSON = "not a JSON value";
const tooDeep = "JSON nested too deeply";
const notUTF8 = "not valid UTF-8";
const notObject = "not a JSON object";
const maxJSONDepth = 64;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// textOf is bytes as UTF-8; null: they are not.
const textOf = (bytes) => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};

const halfPair = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

// meaning is what a string with its quotes says; null: half a surrogate pair, which is no text.
const meaning = (token) => {
  const text = JSON.parse(textOf(token));
  return halfPair.test(text) ? null : text;
};

// parseJSON gives the value that bytes are, blanks around it allowed, or why they are none:
// { why, root }. A value is { kind, from, to }, of the kinds { [ " t n 0; an object has members
// [{ from, to, value }], whose from and to are the key's, a list items.
const parseJSON = (bytes) => {
  let i = skipBlanks(bytes, 0);
  const refuse = (why) => {
    throw { why };
  };
  const skip = () => (i = skipBlanks(bytes, i));

  const escape = () => {
    const c = String.fromCharCode(bytes[++i]);
    if (c === "u") {
      for (let n = 1; n <= 4; n++) if (!/[0-9a-fA-F]/.test(String.fromCharCode(bytes[i + n]))) refuse(notJSON);
      i += 4;
    } else if (!'bfnrt\\"/'.includes(c)) {
      refuse(notJSON);
    }
  };
  const text = () => {
    const from = i;
    for (i++; bytes[i] !== 0x22; i++) {
      if (!(bytes[i] >= 0x20)) refuse(notJSON); // or the end
      if (bytes[i] === 0x5c) escape();
    }
    if (textOf(bytes.subarray(from, ++i)) === null) refuse(notUTF8);
  };
  const digits = () => {
    const from = i;
    while (bytes[i] >= 0x30 && bytes[i] <= 0x39) i++;
    if (i === from) refuse(notJSON);
  };
  const number = () => {
    if (bytes[i] === 0x2d) i++;
    if (bytes[i] === 0x30) i++;
    else digits();
    if (bytes[i] === 0x2e) {
      i++;
      digits();
    }
    if (bytes[i] === 0x65 || bytes[i] === 0x45) {
      i++;
      if (bytes[i] === 0x2b || bytes[i] === 0x2d) i++;
      digits();
    }
  };
  const word = (w) => {
    if (!textAt(bytes, i, w)) refuse(notJSON);
    i += w.length;
  };
  // each reads members or items up to the closing bracket.
  const each = (closing, one) => {
    i++;
    for (let first = true; ; first = false) {
      skip();
      if (bytes[i] === closing) break;
      if (!first) {
        if (bytes[i] !== 0x2c) refuse(notJSON);
        i++;
        skip();
      }
      one();
    }
    i++;
  };
  const member = (depth) => {
    const from = i;
    if (bytes[i] !== 0x22) refuse(notJSON);
    text();
    const to = i;
    skip();
    if (bytes[i] !== 0x3a) refuse(notJSON);
    i++;
    skip();
    return { from, to, value: value(depth + 1) };
  };
  const inside = (v, depth) => {
    if (depth > maxJSONDepth) refuse(tooDeep);
    if (v.kind === "{") {
      v.members = [];
      each(0x7d, () => v.members.push(member(depth)));
    } else {
      v.items = [];
      each(0x5d, () => v.items.push(value(depth + 1)));
    }
  };
  const value = (depth) => {
    const v = { kind: String.fromCharCode(bytes[i]), from: i, to: i };
    switch (v.kind) {
      case '"': text(); break;
      case "{":
      case "[": inside(v, depth); break;
      case "t": word("true"); break;
      case "f": word("false"); v.kind = "t"; break;
      case "n": word("null"); break;
      default: number(); v.kind = "0";
    }
    v.to = i;
    return v;
  };

  try {
    const root = value(1);
    skip();
    if (i < bytes.length) refuse(notJSON);
    return { why: "", root };
  } catch (e) {
    if (e.why === undefined) throw e;
    return { why: e.why, root: null };
  }
};

// objectEnd is where the object ends that bytes begin with, by brackets and strings alone; 0: not
// in these bytes. An array ends like an object, and is no message.
const objectEnd = (bytes) => {
  const open = [];
  let text = false, escaped = false;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (text) {
      if (c < 0x20) refused(notJSON);
      if (escaped) escaped = false;
      else if (c === 0x5c) escaped = true;
      else if (c === 0x22) text = false;
    } else if (c === 0x22) {
      text = true;
    } else if (c === 0x7b || c === 0x5b) {
      if (open.length === maxJSONDepth) refused(tooDeep);
      open.push(c + 2); // what closes it
    } else if (c === 0x7d || c === 0x5d) {
      if (open.length === 0) refused(notObject);
      if (open.pop() !== c) refused(notJSON);
      if (open.length === 0) return i + 1;
    }
    if (open.length === 0) refused(notObject);
  }
  return 0;
};

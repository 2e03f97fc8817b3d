// Text between double quotes, in its four flavours.

const badEscape = "has an escape that is not allowed";

Object.assign(Reader.prototype, {
  quoted(field, flavour) {
    const line = this.rest();
    let why = "";
    let text = "";
    let extent = { n: 0, escaped: false };
    if (line[0] !== '"') {
      why = "does not begin with a quote";
    } else {
      extent = quotedExtent(line, flavour);
      if (extent.n === 0) why = "has no closing quote";
      else [text, why] = unquote(line.slice(1, extent.n - 1), flavour, extent.escaped, this.f.charset || utf8);
    }
    if (why) {
      this.fail(field, why);
      return "";
    }
    this.pos += extent.n;
    return text;
  },
});

// quotedExtent is the length of the quoted text that s begins with, quotes included, or
// 0; and whether anything is escaped in it.
function quotedExtent(s, flavour) {
  let escaped = false;
  for (let i = 1; i < s.length; i++) {
    if (s[i] === "\\" && flavour !== "doubled") {
      escaped = true;
      i++;
    } else if (s[i] === '"' && flavour === "doubled" && s[i + 1] === '"') {
      escaped = true;
      i++;
    } else if (s[i] === '"') {
      return { n: i + 1, escaped };
    }
  }
  return { n: 0, escaped };
}

// unquote gives what the text between the quotes means, or why it means nothing.
function unquote(s, flavour, escaped, charset) {
  const why = refusesText(charset, s);
  if (why) return ["", why];
  if (flavour === "json" && /[\0-\x1f]/.test(s)) return ["", "holds a control character that is not escaped"];
  if (!escaped) return [s, ""];
  switch (flavour) {
    case "backslash": return [s.replace(/\\([^])/g, "$1"), ""];
    case "doubled": return [s.replace(/""/g, '"'), ""];
    case "json": {
      const text = unescapeJSON(s, charset);
      return text === null ? ["", badEscape] : [text, ""];
    }
  }
  const text = unescapeC(s);
  return text === null ? ["", badEscape] : [text, leaves(charset, text)];
}

const meaningsC = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\", '"': '"', "'": "'", "?": "?" };

// unescapeC takes one-letter escapes, \xHH and up to three octal digits; null: it holds
// another.
function unescapeC(s) {
  let bad = false;
  const text = s.replace(/\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([^])|$)/g, (_, hex, octal, letter) => {
    if (hex) return String.fromCharCode(parseInt(hex, 16));
    const code = octal ? parseInt(octal, 8) : 0;
    if (octal && code <= 0xff) return String.fromCharCode(code);
    if (letter && Object.hasOwn(meaningsC, letter)) return meaningsC[letter];
    bad = true;
    return "";
  });
  return bad ? null : text;
}

const meaningsJSON = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", "\\": "\\", '"': '"', "/": "/" };

// unescapeJSON refuses half a surrogate pair, and in Latin1 what is beyond it; null: it
// holds an escape that is not allowed.
function unescapeJSON(s, charset) {
  let bad = false;
  const unit = "u([0-9a-fA-F]{4})";
  const text = s.replace(new RegExp(`\\\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\\\u([dD][c-fC-F][0-9a-fA-F]{2})|${unit}|([^])|$)`, "g"), (_, high, low, code, letter) => {
    if (letter && Object.hasOwn(meaningsJSON, letter)) return meaningsJSON[letter];
    const rune = high ? 0x10000 + ((parseInt(high, 16) - 0xd800) << 10) + parseInt(low, 16) - 0xdc00 : parseInt(code, 16);
    if (!(rune >= 0) || (rune >= 0xd800 && rune < 0xe000) || (charset === latin1 && rune > 0xff)) {
      bad = true;
      return "";
    }
    return charset === latin1 ? String.fromCharCode(rune) : encodeRune(rune);
  });
  return bad ? null : text;
}

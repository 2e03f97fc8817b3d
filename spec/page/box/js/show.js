// What a frame is, as elements of the page: its bytes, those of each field in a colour of
// its own, and a table of the fields. What was pasted is only ever text.

const node = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const shades = 6;
const maxShown = 2048;
const escapesOf = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\x00" };
const hexOf = (bytes) => [...bytes].map((c) => c.toString(16).padStart(2, "0")).join(" ");
const lastPart = (path) => path.slice(path.lastIndexOf(".") + 1);

// textOf is bytes as text, what cannot be seen escaped; "" where they are none.
const textOf = (bytes) => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => escapesOf[c] || (c < "\x80" ? "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0") : `\\u{${c.codePointAt(0).toString(16)}}`));
  } catch {
    return "";
  }
};

// rowOf is the id of the row on the page that explains a field, or of one that holds it;
// "" where there is none.
const rowOf = (card, path) => {
  for (let at = path.replace(/\[[0-9]+\]/g, ""); at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    if (document.getElementById(card + "." + at)) return card + "." + at;
  }
  return "";
};

const bitsOf = ({ bits, from }) => {
  const [first, last] = [bits[0] - 8 * from + 1, bits[1] - 8 * from];
  return first === last ? `bit ${first} from the highest` : `bits ${first} to ${last} from the highest`;
};

// saysOf is what a field's bytes mean, in words.
const saysOf = (field) => {
  const name = (field.bits ? bitsOf(field) + ": " : "") + field.path;
  if (field.value !== null) return `${name} = ${field.value}`;
  return field.kind === "length" ? "length: how many bytes or items there are" : name;
};

// piecesOf cuts a payload where fields begin and end.
const piecesOf = (payload, result) => {
  const { fields, path } = result;
  const cuts = [...new Set([0, payload.length, ...fields.flatMap((f) => [f.from, f.to])])].sort((a, b) => a - b);
  const colours = new Map();
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1];
    const mine = fields.filter((f) => f.from < to && f.to > from);
    for (const f of mine) if (!colours.has(f.path)) colours.set(f.path, (colours.size % shades) + 1);
    return {
      bytes: payload.subarray(from, to), secret: mine.some((f) => f.secret),
      rows: [...new Set(mine.map((f) => rowOf(path, f.path)).filter(Boolean))].join(" "),
      name: mine.map((f) => (f.kind === "length" && f.value === null ? "length" : lastPart(f.path))).join(", "),
      says: mine.map(saysOf).join("; ") || "no field: the same in each frame, between values, or not read",
      shade: mine.length > 0 ? colours.get(mine[mine.length - 1].path) : 0,
    };
  });
};

// pieceNode is one piece: a button, so that a keyboard reaches it.
const pieceNode = (piece, binary) => {
  const shown = piece.bytes.subarray(0, maxShown);
  const more = piece.bytes.length > shown.length ? "…" : "";
  const text = piece.secret ? "•••" : textOf(shown) + more;
  const hex = piece.secret ? "•••" : hexOf(shown) + more;
  const plain = piece.secret || !/[\0-\x1f\x7f]/.test(String.fromCharCode(...shown)) && text !== "";
  const classes = ["piece", piece.shade ? "s" + piece.shade : "", piece.unread ? "unread" : "", binary || plain ? "" : "control"];
  const written = text && (!binary || plain) ? text : "";
  // Who hears it is told first what is to be seen of it.
  const seen = [written, binary || !plain ? hex : "", piece.name].filter(Boolean).join(" ");
  const button = node("button", { type: "button", class: classes.filter(Boolean).join(" "), "aria-label": `${seen}: ${piece.says}` });
  button.dataset.rows = piece.rows;
  button.dataset.says = piece.says + (binary || piece.secret ? "" : ` · hex ${hex}`);
  if (written) button.append(node("span", { class: "t" }, written), " ");
  button.append(node("span", { class: "h" }, hex));
  if (piece.name) button.append(" ", node("span", { class: "n" }, piece.name));
  return button;
};

// wireNode is the bytes; looking at a piece says what it is, and lights its field's row.
const wireNode = (pieces, summary, bad) => {
  const all = pieces.flatMap((p) => [...p.bytes]);
  const binary = textOf(Uint8Array.from(all)) === "" || all.some((c) => c < 0x20 && ![9, 10, 13, 27].includes(c));
  const buttons = pieces.map((piece) => pieceNode(piece, binary));
  const wire = node("div", { class: "wire", role: "group", "aria-label": "its bytes" }, ...buttons);
  const says = node("p", { class: "says", "aria-live": "off" }, summary);
  const example = node("div", { class: ["example", binary ? "binary" : "", bad ? "bad" : ""].filter(Boolean).join(" ") }, wire, says);
  const light = (button, on) => {
    says.textContent = on ? button.dataset.says : summary;
    says.classList.toggle("said", on);
    for (const id of button.dataset.rows.split(" ").filter(Boolean)) {
      document.getElementById(id).classList.toggle("lit", on);
      for (const row of example.parentElement.querySelectorAll("tr")) if (row.dataset.row === id) row.classList.toggle("lit", on);
    }
    button.classList.toggle("lit", on);
  };
  buttons.forEach((button, i) => {
    button.tabIndex = i === 0 ? 0 : -1;
    for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
      button.addEventListener(event, () => light(button, on));
    }
  });
  wire.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined || !buttons[to]) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
  });
  return example;
};

const maxRows = 200;

// tableNode is the fields, each with its value and what the page says of it.
const tableNode = (result) => {
  const rows = result.rows.slice(0, maxRows).map(({ path, value }) => {
    const id = rowOf(result.path, path);
    const row = id && document.getElementById(id);
    const [type, about] = row ? [...row.querySelectorAll("td")].map((td) => td.cloneNode(true)) : [node("td"), node("td")];
    for (const list of type.querySelectorAll(".values")) list.remove();
    for (const line of type.querySelectorAll("br")) line.replaceWith("; ");
    const what = node("td", {}, type.textContent.trim(), ...(about.textContent.trim() ? [": ", about.textContent.trim()] : []));
    const name = id ? node("a", { href: "#" + id }, node("code", {}, path)) : node("code", {}, path);
    const tr = node("tr", {}, node("th", { scope: "row" }, name), node("td", {}, node("code", {}, value)), what);
    tr.dataset.row = id;
    return tr;
  });
  const head = node("tr", {}, ...["field", "value", "what it is"].map((text) => node("th", { scope: "col" }, text)));
  const more = result.rows.length - maxRows;
  if (more > 0) rows.push(node("tr", {}, node("td", { colspan: "3" }, `and ${more} more`)));
  const table = node("table", { class: "grid fields" }, node("thead", {}, head), node("tbody", {}, ...rows));
  return node("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Fields" }, table);
};

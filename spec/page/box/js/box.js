// The box: what is pasted is read as soon as it is there.

const byId = (id) => document.getElementById(id);

// plan is made when it is asked for first.
let made = null;
const planOf = () => {
  if (!made) {
    const data = JSON.parse(byId("box-plan").textContent);
    made = { plan: new Plan(data), examples: data.examples || [], next: 0 };
  }
  return made;
};

const byteOf = (offset) => (offset > 0 ? ` (byte ${offset})` : "");
const linkTo = (path, name) => node("a", { href: "#" + path }, name);
const where = (field) => ({ literal: "text", length: "length", end: "end" })[field] || field;

// understood is a frame that is a message; notes are what else is to be said of it.
const understood = (frame, result, title, ends, notes) => {
  const pieces = [...ends.before, ...piecesOf(frame.payload, result), ...ends.behind];
  const parts = [node("h3", {}, title, linkTo(result.path, result.name)), wireNode(pieces, result.says, false), ...notes];
  if (result.rows.length > 0) parts.push(tableNode(result));
  return node("article", { class: "frame" }, ...parts);
};

const said = (kind, ...parts) => (parts.length > 0 ? [node("p", { class: kind }, ...parts)] : []);

// listOf are links to some things of the page, by their ids.
const maxLinks = 6;
const listOf = (ids) => [
  ...ids.slice(0, maxLinks).flatMap((id, i) => [i > 0 ? ", " : "", linkTo(id, id.slice(id.indexOf(".") + 1))]),
  ...(ids.length > maxLinks ? [` and ${ids.length - maxLinks} more`] : []),
];

// clause is words of the page as a clause of a sentence.
const clause = (words) => (words.startsWith("is ") ? "it " + words : words);
const sentence = (words) => clause(words).replace(/^./, (c) => c.toUpperCase()) + ".";

// aloneOf is what becomes of a frame that nobody waits for: the message idle.
const aloneOf = ({ messages, unknown }, plan, index, idle) => {
  if (idle === null) return ["the client waits for more bytes"];
  if (idle < 0) return ["it is no message, and " + clause(unknown)];
  if (idle === index) return [clause(messages[idle].alone)];
  const { path, name } = plan.side("received")[idle];
  return ["it is ", linkTo(path, name), ": ", messages[idle].alone];
};

// doesOf is what the client does with a message.
const doesOf = (plan, index, idle) => {
  const { awaited = [], session, alone, means } = plan.words.messages[index];
  const error = means ? [" As an error: ", means, "."] : [];
  if (plan.shape("received", index).any && idle === index) {
    return ["At any time: ", alone, ...(awaited.length > 0 ? ["; answers ", ...listOf(awaited)] : []), ".", ...error];
  }
  const when = [...(awaited.length > 0 ? ["in answer to ", ...listOf(awaited)] : []), awaited.length > 0 && session ? ", and " : "", session ?? ""];
  const otherwise = aloneOf(plan.words, plan, index, idle);
  return when.some(Boolean) ? ["Only ", ...when, "; where nobody waits for it, ", ...otherwise, ".", ...error] : ["Nobody waits for it: ", ...otherwise, ".", ...error];
};

// sendsOf is what comes of a command.
const sendsOf = ({ awaits = [], repeats }) =>
  (awaits.length > 0 ? ["Answered by ", ...listOf(awaits), repeats ? "; " + repeats : "", "."] : ["Nothing answers it."]);

// nearerOf is which message a frame would be, were it not for a value.
const nearerOf = (plan, bytes, frame, direction, name) => {
  const near = nearer(plan, direction, frame.payload, sooner(plan, frame, direction), bytes.subarray(frame.payloadFrom));
  if (!near) return [];
  const why = near.beyond ? `${near.shown} ${near.beyond}` : `${near.shown}: ${near.reason}${byteOf(near.offset)}`;
  return ["Not ", linkTo(near.path, near.name), `: ${why}. It arrives as ${name}.`];
};

// notesOf are what is to be said of a frame that is a message.
const notesOf = (plan, bytes, frame, direction, name) => {
  const received = direction === "received";
  const { idle, others } = received ? arrives(plan, bytes, frame, direction) : { idle: -1, others: frame.others };
  const does = !plan.words ? [] : received ? doesOf(plan, frame.message, idle) : sendsOf(plan.words.commands[frame.message]);
  const links = others.length > 0 ? listOf(others.map((i) => plan.side(direction)[i].path)) : [];
  return [
    ...said("nearer", ...nearerOf(plan, bytes, frame, direction, name)), ...said("does", ...does),
    ...(links.length > 0 ? said("others", "The same bytes can be ", ...links, received ? ", too: which, what was asked tells." : ", too.") : []),
  ];
};

// becomesOf is what the client does with what is no message.
const becomesOf = (plan, direction, words) => (plan.words && direction === "received" ? said("does", sentence(plan.words[words])) : []);

// reasonOf is why a frame is none, and what it is nearest to.
const reasonOf = (nearest) => {
  if (!nearest.name) return [nearest.reason[0].toUpperCase() + nearest.reason.slice(1) + "."];
  const due = nearest.due ? `: ${JSON.stringify(textOf(bytesOf(nearest.due)) || hexOf(bytesOf(nearest.due)))}` : "";
  if (nearest.missing !== null) {
    return ["It is nearest to ", linkTo(nearest.path, nearest.name), `; there, ${nearest.missing === "" ? "an empty line" : JSON.stringify(nearest.missing)} is missing at its end.`];
  }
  const part = nearest.shown ? where(nearest.shown) + ": " : "";
  return ["It is nearest to ", linkTo(nearest.path, nearest.name), `; there, ${part}${nearest.reason}${due}${byteOf(nearest.offset)}.`];
};

// unknown is bytes that are no message; what is read of them stands apart from the rest.
const unknown = (bytes, title, read, why, does = []) => {
  const cut = Math.min(read, bytes.length);
  const piece = (part, says, unread) => ({ bytes: part, rows: "", name: "", says, shade: 0, unread });
  const pieces = [piece(bytes.subarray(0, cut), "as the nearest message begins", false), piece(bytes.subarray(cut), "from here on it is another thing", true)];
  return node(
    "article", { class: "frame" }, node("h3", {}, title),
    wireNode(pieces.filter((p) => p.bytes.length > 0), "is not understood", true), node("p", { class: "why" }, ...why), ...does,
  );
};

// endsOf are the bytes of a frame around its payload.
const endsOf = (bytes, frame) => {
  const piece = (part, name, says) => (part.length > 0 ? [{ bytes: part, rows: "", name, says, shade: 0 }] : []);
  return {
    before: piece(bytes.subarray(frame.from, frame.payloadFrom), "start", "the start of the frame"),
    behind: piece(bytes.subarray(frame.payloadTo, frame.to), "end", "the end of the frame"),
  };
};

// onlyLines: of a packet that is not whole, nothing says what it is nearest to.
const onlyLines = (plan, direction) => plan.frames[direction].kinds.length === 1 && !plan.frames[direction].kinds[0].packet;

// frameNode is one frame, and its name.
const frameNode = (plan, bytes, frame, direction, title) => {
  const whole = bytes.subarray(frame.from, frame.to);
  if (frame.error) {
    const why = `Bytes that are no frame: ${frame.error.reason}${byteOf(frame.error.offset)}.`;
    return { name: "no frame", element: unknown(whole, title + "no frame", 0, [why], becomesOf(plan, direction, "bytes")) };
  }
  if (frame.incomplete) {
    const more = frame.need > 1 ? `; at least ${frame.need} bytes more are due` : "";
    const closest = onlyLines(plan, direction) ? readMessage(plan, whole, -1, direction, whole).nearest : null;
    const why = [`It has begun and does not end${more}. `, ...(closest ? reasonOf(closest) : [])];
    return { name: "an unfinished frame", element: unknown(whole, title + "unfinished", closest ? closest.offset : whole.length, why) };
  }
  const result = readMessage(plan, frame.payload, frame.message, direction, bytes.subarray(frame.payloadFrom));
  if (!result.name) {
    const does = becomesOf(plan, direction, "unknown");
    return { name: "no message", element: unknown(frame.payload, title + "no message", result.nearest.offset, reasonOf(result.nearest), does) };
  }
  if (result.error) {
    const why = `${where(result.error.field)}: ${result.error.reason}${byteOf(result.error.offset)}.`;
    return { name: "no message", element: unknown(frame.payload, title + result.name, result.error.offset, [why]) };
  }
  return { name: result.name, element: understood(frame, result, title, endsOf(bytes, frame), notesOf(plan, bytes, frame, direction, result.name)) };
};

// otherwise is what a paste would be that was sent the other way; "" where that is nothing.
const otherwise = (plan, text, direction) => {
  const other = direction === "sent" ? "received" : "sent";
  const { bytes, error } = parsePaste(text, plan, other);
  const frames = error ? [] : splitFrames(plan, bytes, other);
  if (frames.length === 0 || !frames.every((f) => f.message >= 0 && !f.vague)) return "";
  const names = [...new Set(frames.map((f) => plan.side(other)[f.message].name))].join(", ");
  return ` Sent ${other === "sent" ? "to" : "by"} the device, it would be ${names}.`;
};

const tookWords = { text: "Taken for text", escapes: "Taken for text with escapes", hex: "Taken for bytes in hex", hexdump: "Taken for a dump in hex" };
const maxFrames = 200;

// read says what was pasted: in short, and frame by frame.
const read = () => {
  const { plan } = planOf();
  const text = byId("box-text").value;
  const frames = byId("box-frames");
  const direction = document.querySelector("input[name=box-direction]:checked").value;
  if (text === "") {
    frames.replaceChildren();
    byId("box-taken").textContent = "";
    return;
  }
  const { bytes, took, notes, error } = parsePaste(text, plan, direction);
  const taken = [tookWords[took] || took, ...(notes || [])].join("; ") + ". ";
  if (error) {
    frames.replaceChildren();
    byId("box-taken").textContent = `${taken}It cannot be read: ${error.reason} (character ${error.offset + 1}).`;
    return;
  }
  const all = splitFrames(plan, bytes, direction, { most: maxFrames });
  const found = all.filter((frame) => !frame.unread);
  const shown = found.map((frame, i) => frameNode(plan, bytes, frame, direction, found.length > 1 ? `${i + 1}: ` : ""));
  frames.replaceChildren(...shown.map((f) => f.element));
  const names = shown.map((f) => f.name).slice(0, 10).join(", ") + (found.length > 10 ? ", …" : "");
  const count = (found.length === 1 ? "One frame" : `${found.length} frames`) + (all.length > found.length ? ", and more that are not read" : "");
  const hint = found.some((f) => f.message >= 0) ? "" : otherwise(plan, text, direction);
  byId("box-taken").textContent = (found.length === 0 ? taken + "There is no frame in it." : `${taken}${count}: ${names}.`) + hint;
};

const start = () => {
  let timer = 0;
  byId("box").hidden = false;
  byId("box-off").hidden = true;
  byId("box-text").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, 150);
  });
  for (const choice of document.querySelectorAll("input[name=box-direction]")) choice.addEventListener("change", read);
  byId("box-clear").addEventListener("click", () => {
    byId("box-text").value = "";
    read();
    byId("box-text").focus();
  });
  const button = byId("box-example");
  button.addEventListener("click", () => {
    const { examples } = planOf();
    if (examples.length === 0) return;
    const [direction, text] = examples[made.next++ % examples.length];
    document.querySelector(`input[name=box-direction][value=${direction}]`).checked = true;
    byId("box-text").value = text;
    button.textContent = "Another example";
    read();
  });
};

if (byId("box")) start();

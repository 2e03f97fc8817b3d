// A frame that is a JSON object: its fields, and which bytes they came from.

Object.assign(Parser.prototype, {
  jsonFrame(s, op) {
    const { r } = this;
    const start = r.pos;
    const raw = r.b.slice(start);
    const { err, node, values } = r.err ? {} : readObject(raw, op.members);
    if (node) r.pos = r.b.length;
    if (err) r.nest("", err);
    this.note("object", "", "");
    if (r.err) return;
    for (const it of values) if (it.value !== null) s.set(it, it.value);
    if (this.spans) this.membersSpans(node, start, op.members);
  },

  // membersSpans notes where members are; s is where the text begins in the frame.
  membersSpans(node, start, members) {
    const parts = node.kind === "{" ? node.members : node.items.map((value) => ({ key: "", value }));
    parts.forEach((part, index) => {
      members.forEach((m, i) => {
        if (m.key !== part.key || m.others || (part.key === "" && i !== index)) return;
        const { value } = part;
        if (m.field && m.field.name !== ignored) {
          this.spans.all.push({ from: start + value.at, to: start + value.end, bits: null, path: m.field.name, kind: "field" });
        } else if (!m.field && (m.object || m.items) && (value.kind === "{" || value.kind === "[")) {
          this.membersSpans(value, start, inside(m));
        }
      });
    });
  },
});

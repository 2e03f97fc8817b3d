"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The theme: what the system wants, until somebody says otherwise.
  const themes = ["auto", "light", "dark"];
  const button = $("#theme");
  let theme = 0;
  button.hidden = false;
  button.addEventListener("click", () => {
    theme = (theme + 1) % themes.length;
    if (theme === 0) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = themes[theme];
    $("span", button).textContent = themes[theme];
  });

  // A review can be reduced to what has changed.
  const only = $("#only");
  if (only) {
    only.parentElement.hidden = false;
    only.addEventListener("change", () => document.body.classList.toggle("only-changed", only.checked));
  }

  // On a narrow screen the list of sections is folded away.
  const toc = $(".toc details");
  if (matchMedia("(max-width: 60rem)").matches) toc.open = false;

  // Bytes and the rows that explain them light up together.
  const say = (piece, on) => {
    const example = piece.closest(".example");
    const says = $(".says", example);
    if (says.dataset.all === undefined) says.dataset.all = says.textContent;
    const hex = example.classList.contains("binary") ? "" : ` · hex ${$(".h", piece).textContent}`;
    says.textContent = on ? piece.dataset.says + hex : says.dataset.all;
    says.classList.toggle("said", on);
    piece.classList.toggle("lit", on);
    const rows = piece.dataset.rows.split(" ").filter((id) => id);
    for (const id of rows) {
      const row = document.getElementById(id);
      if (row && row.tagName === "TR") row.classList.toggle("lit", on);
    }
    for (const other of all("button.piece", example)) {
      if (other.dataset.rows.split(" ").some((id) => rows.includes(id))) other.classList.toggle("lit", on);
    }
  };
  for (const wire of all(".wire")) {
    const pieces = all("button.piece", wire);
    // One stop for Tab; the arrows go through the fields.
    pieces.forEach((piece, i) => {
      piece.tabIndex = i === 0 ? 0 : -1;
      piece.addEventListener("mouseenter", () => say(piece, true));
      piece.addEventListener("mouseleave", () => say(piece, false));
      piece.addEventListener("focus", () => say(piece, true));
      piece.addEventListener("blur", () => say(piece, false));
    });
    wire.addEventListener("keydown", (event) => {
      const at = pieces.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: pieces.length - 1 }[event.key];
      if (at < 0 || to === undefined || !pieces[to]) return;
      event.preventDefault();
      pieces[at].tabIndex = -1;
      pieces[to].tabIndex = 0;
      pieces[to].focus();
    });
  }
})();

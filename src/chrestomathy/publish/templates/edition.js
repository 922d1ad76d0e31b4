"use strict";
// Filters, and nothing else: the page is complete without this script.
(() => {
  const form = document.getElementById("filters");
  const tally = document.getElementById("tally");
  const passages = [...document.querySelectorAll("article.passage")];
  const sections = [...document.querySelectorAll("section.theme")];
  const boxes = [...form.querySelectorAll("input[name=wording]")];
  if (passages.length < 2 || form.elements.length === 0) return;

  /** Show the passages that the form asks for, and say how many there are. */
  function apply() {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const theme = form.elements.theme ? form.elements.theme.value : "";
    let shown = 0;
    for (const one of passages) {
      one.hidden = (boxes.length > 0 && !chosen.has(one.dataset.wording)) || (theme !== "" && one.dataset.theme !== theme);
      if (!one.hidden) shown += 1;
    }
    for (const section of sections) {
      const own = [...section.querySelectorAll("article.passage")];
      section.hidden = (theme !== "" && section.dataset.theme !== theme)
        || (own.length > 0 && own.every((one) => one.hidden));
    }
    tally.textContent = shown === passages.length
      ? `All ${shown} passages are shown.`
      : `${shown} of ${passages.length} passages are shown.`;
  }

  /** A link into a hidden passage shows everything again. */
  function reveal() {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name ? document.getElementById(name) : null;
    if (!target || !target.closest("[hidden]")) return;
    form.reset();
    apply();
    target.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll(".guesses")) one.open = true;
  });
  form.reset();
  apply();
})();

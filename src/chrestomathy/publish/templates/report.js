"use strict";
// Filters, and nothing else: the report is complete without this script.
(() => {
  const form = document.getElementById("filters");
  const tally = document.getElementById("tally");
  const findings = [...document.querySelectorAll("article.finding")];
  const boxes = [...form.querySelectorAll("input[name=wording]")];
  if (findings.length < 2) return;

  /** Show the findings that the form asks for, and say how many there are. */
  function apply() {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const state = form.elements.state ? form.elements.state.value : "";
    const fresh = form.elements.new ? form.elements.new.checked : false;
    let shown = 0;
    for (const one of findings) {
      one.hidden = !chosen.has(one.dataset.wording)
        || (state !== "" && one.dataset.state !== state)
        || (fresh && one.dataset.new !== "true");
      if (!one.hidden) shown += 1;
    }
    tally.textContent = shown === findings.length
      ? `All ${shown} quotations are shown.`
      : `${shown} of ${findings.length} quotations are shown.`;
  }

  /** A link to a hidden finding shows everything again. */
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
  const closed = new Set();
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not([open])")) {
      closed.add(one);
      one.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
    closed.clear();
  });
  form.reset();
  apply();
})();

"use strict";
// Filters and a card for each word: the page is complete without this script.
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

// A card for each word: what it shows stands in the list at the end.
(() => {
  const card = document.getElementById("card");
  if (!card) return;
  const body = document.getElementById("card-word");
  const above = document.getElementById("above");
  const whole = document.getElementById("passages");
  const texts = [...document.querySelectorAll("blockquote")].filter((one) => one.querySelector(".w"));
  let chosen = [];

  /** Tell whether a word is the rest of a term that the end of a verse parts. */
  function isSecondHalf(word) {
    const end = word.previousElementSibling;
    return end?.tagName === "BR" && end.previousElementSibling?.dataset.w === word.dataset.w;
  }

  /** Show what is said of a word beside it. */
  function show(word) {
    close();
    const entry = document.getElementById(`w-${word.dataset.w}`);
    const first = isSecondHalf(word) ? word.previousElementSibling.previousElementSibling : word;
    const after = first.nextElementSibling?.nextElementSibling;
    chosen = after && isSecondHalf(after) ? [first, after] : [first];
    for (const one of chosen) one.classList.add("chosen");
    card.hidden = false;
    body.replaceChildren(...[...entry.children].map((one) => one.cloneNode(true)));
    place(word.getClientRects()[0]);
  }

  /** Put the card under a word, or over it where there is no room below. */
  function place(at) {
    const width = document.documentElement.clientWidth;
    const left = Math.max(16, Math.min(at.left, width - card.offsetWidth - 16));
    const below = at.bottom + 8;
    const fits = below + card.offsetHeight < window.innerHeight || at.top < card.offsetHeight + 8;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(fits ? below : at.top - card.offsetHeight - 8) + window.scrollY}px`;
  }

  function close() {
    card.hidden = true;
    for (const one of chosen) one.classList.remove("chosen");
    chosen = [];
  }

  /** Go from word to word of a passage with the arrow keys. */
  function step(event) {
    const moves = { ArrowRight: 1, ArrowLeft: -1, Enter: 0 };
    if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return;
    const words = [...event.currentTarget.querySelectorAll(".w")].filter((one) => !isSecondHalf(one));
    const at = words.indexOf(chosen[0]);
    const to = at < 0 ? 0 : Math.max(0, Math.min(words.length - 1, at + moves[event.key]));
    event.preventDefault();
    show(words[to]);
    words[to].scrollIntoView({ block: "nearest" });
    place(words[to].getClientRects()[0]);
  }

  /** Mark the words above a level and list them under their passage. */
  function mark() {
    whole.dataset.above = above.value;
    for (const list of document.querySelectorAll(".harder")) {
      const ranks = [...list.querySelectorAll("[data-l]")].map((one) => Number(one.dataset.l));
      list.hidden = above.value === "0" || Math.max(...ranks) <= Number(above.value);
    }
  }

  for (const text of texts) {
    text.classList.add("live");
    text.tabIndex = 0;
    text.addEventListener("keydown", step);
  }
  document.addEventListener("click", (event) => {
    const word = event.target.closest(".live .w");
    if (word && document.getSelection().isCollapsed) show(word);
    else if (!card.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.getElementById("card-close").addEventListener("click", close);
  window.addEventListener("resize", close);
  for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
  for (const one of document.querySelectorAll(".unscripted")) one.hidden = true;
  above.addEventListener("change", mark);
  mark();
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll(".harder")) one.open = true;
  });
})();

"use strict";
(() => {
  const show = (name) => {
    const row = document.getElementById(name);
    if (!row) return;
    row.classList.add("target");
    row.scrollIntoView({ block: "center" });
    return row;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-to]");
    if (!button) return;
    document.querySelectorAll("tr.target").forEach((other) => other.classList.remove("target"));
    const rows = button.dataset.to.split(" ").map(show);
    if (rows.length === 1 && rows[0]) rows[0].focus({ preventScroll: true });
  });
  const items = [...document.querySelectorAll("#differences button")];
  let current = -1;
  const go = (step) => {
    if (items.length === 0) return;
    current = (current + step + items.length) % items.length;
    items[current].click();
    items[current].focus({ preventScroll: true });
    items[current].scrollIntoView({ block: "nearest" });
  };
  document.getElementById("next").addEventListener("click", () => go(1));
  document.getElementById("previous").addEventListener("click", () => go(-1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "j") go(1);
    if (event.key === "p" || event.key === "k") go(current < 0 ? 0 : -1);
  });
})();

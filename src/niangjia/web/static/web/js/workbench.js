// The workbench: "/" goes to the search box; one button ticks all rows of a list; rows that were fetched take the
// focus, so the keyboard goes on there.

const search = document.querySelector("[data-search]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !search) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  search.focus();
  search.select();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const row = event.detail.target;
  if (!row.matches?.("tr.more")) return;
  const before = row.previousElementSibling;
  row.parentElement.addEventListener(
    "htmx:afterSettle",
    () => (before ? before.nextElementSibling : document.querySelector("#rows > tr"))?.querySelector("a, button")?.focus(),
    { once: true },
  );
});

document.querySelectorAll("[data-tick-all]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.closest("form").querySelectorAll(".tick")];
    const ticked = boxes.every((box) => box.checked);
    boxes.forEach((box) => (box.checked = !ticked));
  });
});

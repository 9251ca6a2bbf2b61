// Two visits side by side. The person chooses; nothing is decided by the phone.

const ANSWERS = [
  "visited_on", "companion", "household_size", "yearly_income_amount", "housing",
  "has_spare_home", "has_vehicle", "has_business", "has_large_savings", "findings", "conclusion",
];

// `host`: {words, choose(draft, choice), close()}
export function compare(place, draft, host) {
  const box = document.getElementById("visit-conflict").content.cloneNode(true).querySelector("section");
  const { file, theirs, may } = draft.conflict;
  box.querySelector("[data-state]").textContent = file.state_label;
  box.querySelector("[data-theirs]").textContent = theirs
    ? host.words.by.replace("{name}", theirs.recorded_by).replace("{time}", new Date(theirs.recorded_at).toLocaleString())
    : host.words.changed;
  const rows = box.querySelector("tbody");
  const other = theirs ?? file;
  const names = ANSWERS.filter((name) => name in other);
  rows.replaceChildren(...names.map((name) => line(name, draft.answers[name], other[name], Boolean(theirs), host)));
  const ways = box.querySelector("[data-ways]");
  ways.replaceChildren(...may.map((way) => button(way, box, draft, other, host)));
  box.querySelector("[data-back]").addEventListener("click", host.close);
  place.replaceChildren(box);
  box.querySelector("h2").focus();
}

function line(name, mine, theirs, canCombine, host) {
  const row = document.getElementById("visit-difference").content.cloneNode(true).querySelector("tr");
  const label = labelOf(name);
  row.querySelector("th").textContent = label;
  const differs = said(name, mine, host) !== said(name, theirs, host);
  if (differs) row.classList.add("differs");
  for (const [side, value] of Object.entries({ mine, theirs })) {
    const cell = row.querySelector(`[data-side=${side}]`);
    cell.querySelector("span").textContent = said(name, value, host);
    const choice = cell.querySelector("input");
    if (!differs || !canCombine) choice.remove();
    else Object.assign(choice, { name, checked: side === "mine", ariaLabel: `${label}: ${cell.dataset.label}` });
  }
  return row;
}

function button(way, box, draft, other, host) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button wide" + (way.name === "theirs" ? " danger" : "");
  made.textContent = way.label;
  made.dataset.choice = way.name;
  made.addEventListener("click", () => {
    if (way.name === "combined") take(box, draft, other);
    host.choose(draft, way.name);
  });
  return made;
}

// The answers that were picked from the other side replace one's own.
function take(box, draft, other) {
  box.querySelectorAll("[data-side=theirs] input:checked").forEach(({ name }) => {
    draft.answers[name] = typeof other[name] === "number" ? String(other[name]) : other[name];
  });
  const owned = ANSWERS.filter((name) => name.startsWith("has_")).some((name) => draft.answers[name]);
  draft.answers.has_none = !owned;
}

const form = () => document.getElementById("visit-form").content;

function labelOf(name) {
  const field = form().querySelector(`[name=${name}]`);
  return form().querySelector(`label[for=${field.id}]`).textContent.replace("*", "").trim();
}

function said(name, value, host) {
  if (typeof value === "boolean") return value ? host.words.yes : host.words.no;
  const option = form().querySelector(`select[name=${name}] option[value="${value}"]`);
  if (option) return option.textContent;
  return name === "yearly_income_amount" && value ? Number(value).toFixed(2) : String(value ?? "") || "—";
}

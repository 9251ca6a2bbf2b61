// Drafts: a form marked data-draft="name" keeps what was typed in this tab until it is sent. Never passwords or files.
// sessionStorage dies with the tab; logging out wipes it sooner.

const OWN = `draft:${document.body.dataset.account}:`;
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button"]);

// Whatever another account left in this tab goes first.
Object.keys(sessionStorage)
  .filter((key) => key.startsWith("draft:") && !key.startsWith(OWN))
  .forEach((key) => sessionStorage.removeItem(key));

document.querySelectorAll("form[data-draft]").forEach((form) => {
  const key = OWN + form.dataset.draft;
  const wasRefused = form.querySelector(".field.wrong") !== null;
  if (!wasRefused) restore(form, key);

  let timer;
  const keep = () => sessionStorage.setItem(key, JSON.stringify(read(form)));
  const stop = () => (timer = clearTimeout(timer));
  form.addEventListener("input", () => {
    stop();
    timer = setTimeout(keep, 400);
  });
  form.addEventListener("submit", () => {
    stop();
    keep();
  });
  // Left before the pause was over; unless by logging out, which has just wiped everything.
  window.addEventListener("pagehide", () => timer && keep());
  document.addEventListener("submit", (event) => event.target.matches("form[data-wipe]") && stop());
});

// A page reached after a form was accepted names the draft that has served its purpose.
document.querySelectorAll("[data-draft-done]").forEach((mark) => sessionStorage.removeItem(OWN + mark.dataset.draftDone));

function fieldsOf(form) {
  return [...form.elements].filter((element) => element.name && !SKIPPED.has(element.type));
}

function read(form) {
  return fieldsOf(form).map((element) => [element.name, isTick(element) ? [element.value, element.checked] : element.value]);
}

function restore(form, key) {
  const kept = sessionStorage.getItem(key);
  if (!kept) return;
  const values = JSON.parse(kept);
  fieldsOf(form).forEach((element, index) => {
    const [name, value] = values[index] ?? [];
    if (name !== element.name) return;
    if (isTick(element)) element.checked = value[0] === element.value && value[1];
    else element.value = value;
  });
  form.querySelector("[data-draft-restored]")?.removeAttribute("hidden");
}

function isTick(element) {
  return element.type === "checkbox" || element.type === "radio";
}

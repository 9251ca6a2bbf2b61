// Every page: one submit per click, focus on what is wrong, print, menus that close, a clean browser on logout.

// A second click on a submitted form does nothing. The browser's back button brings the form back to life.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A form that answers with a file leaves the page standing, so it may be sent again.
  if (event.defaultPrevented || "again" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // Disabled after this turn, so that the pressed button's name and value are still sent.
  setTimeout(() => buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true")));
});

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(revive));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) revive(form);
});

// A refusal lands on top of the page: bring it into sight.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "messages") event.target.scrollIntoView({ block: "center" });
});

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

function revive(form) {
  delete form.dataset.sent;
  buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
}

document.querySelector("[data-focus]")?.focus();

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

const menus = [...document.querySelectorAll("details[data-menu]")];
document.addEventListener("click", (event) => {
  menus.filter((menu) => !menu.contains(event.target)).forEach((menu) => (menu.open = false));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus.filter((menu) => menu.open).forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// Logging out wipes what this browser kept, and only then leaves. The server asks for it too (Clear-Site-Data), where
// that is understood. Visits that were never sent would be lost: that is asked first.
document.querySelectorAll("form[data-wipe]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const unsent = localStorage.getItem("field-unsent");
    if (form.dataset.wiping || (unsent && !window.confirm(form.dataset.unsent.replace("0", unsent)))) return;
    form.dataset.wiping = "1";
    await Promise.race([wipe().catch(() => {}), new Promise((done) => setTimeout(done, 2000))]);
    form.submit();
  });
});

async function wipe() {
  sessionStorage.clear();
  localStorage.clear();
  if (window.caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  if (!indexedDB.databases) indexedDB.deleteDatabase("field");
  else await Promise.all((await indexedDB.databases()).map(({ name }) => dropped(name)));
}

function dropped(name) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = done;
  });
}

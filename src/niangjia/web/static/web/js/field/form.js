// One visit on the screen: its facts, its answers, photos and two signatures. Every change is kept at once.

import { redrawn } from "../shrink.js";
import { pad } from "./signature.js";
import * as store from "./store.js";

export const MOST_PHOTOS = 12;

// `host`: {words, keep(draft), full(error), queue(draft), close()}
export function fill(place, visit, draft, host) {
  const form = document.getElementById("visit-form").content.cloneNode(true).querySelector("form");
  say(form, visit);
  restore(form, draft.answers);
  complain(form, draft);
  place.replaceChildren(form);

  let timer;
  const keep = () => {
    draft.answers = read(form);
    return host.keep(draft);
  };
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 250);
  };
  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await keep();
    const wrong = problemOf(form, visit, host.words);
    if (!wrong) return host.queue(draft);
    tell(form, wrong);
  });
  form.querySelector("[data-back]").addEventListener("click", async () => {
    clearTimeout(timer);
    await keep();
    host.close();
  });
  photos(form, draft, host);
  form.querySelectorAll("[data-pad]").forEach((box) => signing(box, draft, host));
  form.querySelector("h2").focus();
}

function say(form, visit) {
  form.querySelectorAll("[data-say]").forEach((place) => (place.textContent = visit[place.dataset.say] || "—"));
  const call = form.querySelector("[data-call]");
  if (visit.phone) call.href = "tel:" + visit.phone;
  call.textContent = visit.phone || "—";
}

function fieldsOf(form) {
  return [...form.elements].filter((one) => one.name && one.type !== "file");
}

export function read(form) {
  return Object.fromEntries(fieldsOf(form).map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value.trim()]));
}

function restore(form, answers) {
  for (const one of fieldsOf(form)) {
    if (!(one.name in answers)) continue;
    if (one.type === "checkbox") one.checked = answers[one.name];
    else one.value = answers[one.name];
  }
}

// What the server refused stands at its field, in its own words.
function complain(form, draft) {
  if (!draft.refusal) return;
  tell(form, draft.refusal);
  for (const [name, sentences] of Object.entries(draft.problems ?? {})) {
    const field = form.elements[name]?.closest?.(".field");
    if (!field) continue;
    field.classList.add("wrong");
    const said = document.createElement("p");
    said.className = "error";
    said.textContent = sentences[0];
    field.append(said);
  }
}

function tell(form, sentence) {
  const place = form.querySelector("[data-wrong]");
  place.querySelector("p").textContent = sentence;
  place.hidden = false;
  place.scrollIntoView({ block: "center" });
}

// What can be told without network, so that nobody has to go back for it.
function problemOf(form, visit, words) {
  const day = form.elements.visited_on.value;
  const missing = fieldsOf(form).find((one) => !one.validity.valid);
  if (missing) {
    missing.focus();
    const label = missing.closest(".field")?.querySelector("label")?.textContent.replace("*", "").trim() ?? missing.name;
    return words.incomplete.replace("{field}", label);
  }
  if (day > today()) return words.future;
  if (day < visit.applied_on) return words.early;
  const owned = fieldsOf(form).filter((one) => one.type === "checkbox" && one.name !== "has_none").some((one) => one.checked);
  if (owned === form.elements.has_none.checked) return words.belongings;
  return "";
}

export function today() {
  return new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
}

function photos(form, draft, host) {
  const list = form.querySelector("[data-photos]");
  const input = form.querySelector("input[type=file]");
  const show = async () => {
    list.replaceChildren(...(await Promise.all(draft.photos.map((slot, place) => photo(slot, place, draft, host, show)))));
    input.disabled = draft.photos.length >= MOST_PHOTOS;
  };
  input.addEventListener("change", async () => {
    const wrong = [];
    for (const file of [...input.files].slice(0, MOST_PHOTOS - draft.photos.length)) {
      const blob = await redrawn(file);
      if (!blob) {
        wrong.push(file.name);
        continue;
      }
      const slot = "photo-" + host.uuid();
      try {
        await store.put("blobs", `${draft.key}/${slot}`, blob);
        draft.photos.push(slot);
        await host.keep(draft);
      } catch (error) {
        host.full(error);
      }
    }
    input.value = "";
    if (wrong.length) tell(form, host.words.unreadable);
    show();
  });
  show();
}

async function photo(slot, place, draft, host, show) {
  const item = document.getElementById("visit-photo").content.cloneNode(true).querySelector("li");
  const blob = await store.getBlob(`${draft.key}/${slot}`, "image/jpeg");
  const picture = item.querySelector("img");
  picture.src = URL.createObjectURL(blob ?? new Blob());
  picture.alt = host.words.photo.replace("{number}", place + 1);
  item.querySelector("button").addEventListener("click", async () => {
    draft.photos = draft.photos.filter((one) => one !== slot);
    await store.remove("blobs", `${draft.key}/${slot}`);
    await host.keep(draft);
    show();
  });
  return item;
}

async function signing(box, draft, host) {
  const slot = box.dataset.pad;
  const id = `${draft.key}/${slot}`;
  const state = box.querySelector("[data-signed]");
  const mark = () => (state.textContent = draft.signed[slot] ? host.words.signed : host.words.unsigned);
  const changed = async (blob) => {
    draft.signed[slot] = blob !== null;
    mark();
    try {
      if (blob) await store.put("blobs", id, blob);
      else await store.remove("blobs", id);
      await host.keep(draft);
    } catch (error) {
      host.full(error);
    }
  };
  // The canvas learns its size only once it stands on the page.
  requestAnimationFrame(async () => {
    const glass = pad(box.querySelector("canvas"), changed);
    box.querySelector("[data-clear]").addEventListener("click", glass.clear);
    const blob = draft.signed[slot] && (await store.getBlob(id, "image/png"));
    if (blob) glass.show(blob);
    mark();
  });
}

// The visitor's phone: take visits along, fill them in without network, queue, send once. Flushed on opening and when
// the network comes back, for in-app browsers know no background work.

import { compare } from "./conflict.js";
import { fill } from "./form.js";
import * as store from "./store.js";
import { NoNetwork, Refused, SignedOut, partsOf, send, takeAlong } from "./sync.js";

const page = document.querySelector("[data-field]");
const words = JSON.parse(document.getElementById("field-words").textContent);
const account = document.body.dataset.account;
const list = page.querySelector("[data-list]");
const work = page.querySelector("[data-work]");
const part = (name) => page.querySelector(`[data-${name}]`);
let visits = [];
let drafts = [];
let sending = false;
// Which visit is on the screen, and how it stood: it is drawn anew only when that changes, never under somebody's fingers.
let shown = "";

start();

async function start() {
  page.hidden = false;
  document.querySelector("[data-plain]").hidden = true;
  if (!window.isSecureContext || !window.crypto?.subtle || !window.indexedDB) return tell(words.unfit, "bad");
  network();
  const state = await store.open(account).catch(() => "unfit");
  if (state === "unfit") return tell(words.unfit, "bad");
  if (state === "foreign") return foreign();
  if (state === "gone") tell(words.gone, "waiting");
  if (state === "ready") await load();
  register();
  listen();
  show();
  flush();
}

function listen() {
  part("take").addEventListener("click", take);
  part("send").addEventListener("click", () => flush(true));
  part("wipe").addEventListener("click", wipe);
  window.addEventListener("online", () => (network(), flush()));
  window.addEventListener("offline", network);
  window.addEventListener("pageshow", (event) => event.persisted && flush());
  window.addEventListener("hashchange", show);
}

async function register() {
  try {
    if (!navigator.serviceWorker) throw new Error("none");
    await navigator.serviceWorker.register(page.dataset.worker, { scope: "/field/" });
  } catch {
    part("noworker").hidden = false;
  }
}

async function load() {
  [visits, drafts] = [await store.all("visits"), await store.all("drafts")];
  visits.sort((one, other) => String(one.due_on ?? "9").localeCompare(String(other.due_on ?? "9")));
}

async function take() {
  tell("");
  try {
    part("take").disabled = true;
    const round = await takeAlong(page.dataset.key);
    await store.begin(account, round.days);
    await store.empty("visits");
    for (const visit of round.rows) await store.put("visits", visit.id, visit);
    // A visit that was begun stays with its facts, even if somebody else has dealt with the file meanwhile.
    for (const draft of [...drafts]) {
      if (draft.outcome) await forget(draft);
      else if (!round.rows.some((visit) => visit.id === draft.file)) await store.put("visits", draft.file, draft.visit);
    }
    await load();
    tell(round.rows.length ? words.taken.replace("{count}", round.rows.length) : words.none, "good");
    show();
  } catch (error) {
    failed(error);
  } finally {
    part("take").disabled = false;
  }
}

async function wipe() {
  const open = unsent().length;
  if (!window.confirm(open ? words.wipeUnsent.replace("{count}", open) : words.wipeAll)) return;
  await store.wipe();
  [visits, drafts] = [[], []];
  location.hash = "";
  tell(words.wiped, "good");
  show();
}

// Another account's visits lie here: they are neither shown nor lost without asking.
function foreign() {
  part("foreign").hidden = false;
  part("actions").hidden = true;
  part("foreign").querySelector("button").addEventListener("click", async () => {
    await store.wipe();
    location.reload();
  });
}

function unsent() {
  return drafts.filter((draft) => !draft.outcome);
}

async function show() {
  const meta = await store.about();
  store.tellUnsent(unsent().length);
  part("kept").hidden = !meta;
  part("kept").textContent = meta
    ? words.kept.replace("{count}", visits.length).replace("{until}", new Date(meta.until).toLocaleString())
    : "";
  part("empty").hidden = Boolean(meta && visits.length);
  part("wipe").hidden = !meta;
  part("send").hidden = !drafts.some((draft) => draft.state === "queued");
  const visit = visits.find((one) => one.id === location.hash.slice(1));
  page.classList.toggle("working", Boolean(visit));
  list.replaceChildren(...visits.map(row));
  const draft = visit && draftFor(visit);
  const wanted = visit ? `${visit.id} ${draft.state}` : "";
  if (wanted === shown) return;
  shown = wanted;
  if (!visit) return work.replaceChildren();
  if (draft.state === "conflict") compare(work, draft, { words, choose, close });
  else if (draft.state === "editing" || draft.state === "refused") {
    fill(work, visit, draft, { words, keep, full, queue, close, uuid });
  } else close();
}

function row(visit) {
  const item = document.getElementById("visit-row").content.cloneNode(true).querySelector("li");
  item.querySelectorAll("[data-say]").forEach((place) => (place.textContent = visit[place.dataset.say] || "—"));
  const draft = drafts.find((one) => one.file === visit.id);
  const state = draft?.outcome ? "done" : (draft?.state ?? "new");
  const badge = item.querySelector(".badge");
  badge.textContent = draft?.outcome ? draft.outcome_label : words.states[state];
  badge.classList.add(...({ new: [], editing: ["active"], queued: ["waiting"], refused: ["bad"], conflict: ["bad"], done: ["good"] }[state]));
  const note = item.querySelector("[data-note]");
  note.textContent = draft?.note || draft?.refusal || "";
  note.hidden = !note.textContent;
  const open = item.querySelector("[data-open]");
  open.href = "#" + visit.id;
  open.textContent = words.open[state] ?? words.open.editing;
  open.hidden = state === "done" || state === "queued";
  const back = item.querySelector("[data-take-back]");
  back.hidden = state !== "queued" || draft.sent;
  back.addEventListener("click", () => change(draft, { state: "editing" }));
  const drop = item.querySelector("[data-drop]");
  drop.hidden = !draft || state === "done" || state === "conflict";
  drop.addEventListener("click", () => window.confirm(words.dropOne) && forget(draft));
  return item;
}

function draftFor(visit) {
  let draft = drafts.find((one) => one.file === visit.id);
  if (!draft) {
    draft = { key: uuid(), file: visit.id, version: visit.version, visit, state: "editing", answers: {}, photos: [], signed: {} };
    drafts.push(draft);
  }
  return draft;
}

// Whether it is kept; if not, why stands on the screen.
async function keep(draft) {
  try {
    await store.put("drafts", draft.key, draft);
    store.tellUnsent(unsent().length);
    return true;
  } catch (error) {
    full(error);
    return false;
  }
}

async function change(draft, facts) {
  Object.assign(draft, facts);
  await keep(draft);
  await show();
}

async function queue(draft) {
  const before = { ...draft };
  Object.assign(draft, { state: "queued", refusal: "", problems: {}, note: "" });
  // What a full phone did not keep is sent at once or stays on the screen: it would be gone with the tab.
  if (!(await keep(draft)) && !navigator.onLine) return Object.assign(draft, before);
  location.hash = "";
  await show();
  tell(navigator.onLine ? "" : words.queued, "good");
  flush();
}

async function choose(draft, choice) {
  draft.version = draft.conflict.file.version;
  draft.choice = choice;
  draft.conflict = null;
  await queue(draft);
}

async function forget(draft) {
  for (const slot of partsOf(draft)) await store.remove("blobs", `${draft.key}/${slot}`);
  await store.remove("drafts", draft.key);
  drafts = drafts.filter((one) => one !== draft);
  await show();
}

// One after the other, and only from one tab at a time.
async function flush(asked = false) {
  if (!navigator.onLine || sending) {
    if (asked && !navigator.onLine) tell(words.offline, "waiting");
    return;
  }
  sending = true;
  try {
    if (navigator.locks) await navigator.locks.request("field-visits", { ifAvailable: true }, (lock) => lock && sendAll());
    else await sendAll();
  } catch (error) {
    failed(error);
  } finally {
    sending = false;
  }
}

async function sendAll() {
  for (const draft of drafts.filter((one) => one.state === "queued")) {
    try {
      // From here on the server may have it: it is no longer taken back, only sent again.
      await change(draft, { sent: true });
      const answer = await send(draft, (done, total) => tell(words.sending.replace("{done}", done).replace("{total}", total)));
      await settle(draft, answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await change(draft, { state: "refused", refusal: error.message, problems: error.problems, choice: "", sent: false });
      tell(words.refused, "bad");
    }
  }
}

async function settle(draft, answer) {
  if (answer.outcome === "conflict") {
    await change(draft, { state: "conflict", conflict: answer, choice: "", sent: false });
    return tell(words.conflict, "bad");
  }
  for (const slot of partsOf(draft)) await store.remove("blobs", `${draft.key}/${slot}`);
  const facts = { state: "done", outcome: answer.outcome, outcome_label: answer.outcome_label, answers: {}, photos: [], signed: {} };
  await change(draft, { ...facts, note: answer.is_same ? "" : words.older });
  tell(words.sent, "good");
}

function failed(error) {
  if (error instanceof NoNetwork) return tell(words.later, "waiting");
  if (error instanceof SignedOut) return tell(words.signIn, "waiting", page.dataset.login);
  if (error instanceof Refused) return tell(error.message, "bad");
  full(error);
}

function full(error) {
  if (error?.name === "QuotaExceededError") {
    tell(words.full, "bad");
    return part("told").scrollIntoView({ block: "center" });
  }
  tell(words.broken, "bad");
  throw error;
}

function close() {
  if (location.hash.length > 1) location.hash = "";
  else show();
}

function tell(sentence, tone = "active", address = "") {
  const box = part("told");
  box.hidden = !sentence;
  box.className = "notice " + tone;
  box.querySelector("p").textContent = sentence;
  const link = box.querySelector("a");
  link.hidden = !address;
  if (address) link.href = address;
}

function network() {
  part("network").textContent = navigator.onLine ? words.online : words.offlineShort;
  part("network").className = "badge " + (navigator.onLine ? "good" : "waiting");
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

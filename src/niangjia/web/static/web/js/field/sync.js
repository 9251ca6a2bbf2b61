// Sending drafts: every part by itself, the visit when all have arrived; the draft's key makes a repeat harmless.

import * as store from "./store.js";

const API = "/api/v1/home-visits/";

export class NoNetwork extends Error {}
export class SignedOut extends Error {}

// What the server said no to, in its own words; the draft stays as it is.
export class Refused extends Error {
  constructor(answer) {
    super(answer.sentence);
    this.problems = answer.problems ?? {};
  }
}

export async function takeAlong(keyAddress) {
  await call(keyAddress, { method: "POST" });
  return call(API + "take-along/", { method: "POST" });
}

// Carries one draft as far as it goes; answers what became of it. `told` hears how many parts are through.
export async function send(draft, told) {
  const parts = partsOf(draft);
  const there = await call(`${API}drafts/${draft.key}/`);
  const received = new Set(there.received);
  for (const [done, slot] of parts.entries()) {
    told(done, parts.length);
    if (received.has(slot) || there.outcome) continue;
    const blob = await store.getBlob(`${draft.key}/${slot}`, typeOf(slot));
    if (!blob) continue;
    const form = new FormData();
    form.append("key", draft.key);
    form.append("slot", slot);
    form.append("expected", parts.length);
    form.append("upload", blob, slot + (typeOf(slot) === "image/png" ? ".png" : ".jpg"));
    await call(`${API}${draft.file}/parts/`, { method: "POST", body: form });
  }
  told(parts.length, parts.length);
  const body = { ...answersOf(draft), key: draft.key, version: draft.version, slots: parts.join(","), choice: draft.choice ?? "" };
  const headers = { "Content-Type": "application/json" };
  return call(`${API}${draft.file}/send/`, { method: "POST", body: JSON.stringify(body), headers });
}

export function partsOf(draft) {
  return [...draft.photos, ...["visited", "companion"].filter((slot) => draft.signed[slot])];
}

export function typeOf(slot) {
  return slot.startsWith("photo-") ? "image/jpeg" : "image/png";
}

function answersOf(draft) {
  const given = Object.entries(draft.answers).filter(([, value]) => value !== "");
  return Object.fromEntries(given.map(([name, value]) => [name, name === "household_size" ? Number(value) : value]));
}

async function call(address, options = {}) {
  const headers = { ...options.headers, "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" };
  let answer;
  try {
    answer = await fetch(address, { ...options, headers, credentials: "same-origin", cache: "no-store", redirect: "error" });
  } catch {
    throw new NoNetwork();
  }
  if (answer.status === 401) throw new SignedOut();
  if (answer.status === 429 || answer.status >= 500) throw new NoNetwork();
  const told = answer.status === 204 ? null : await answer.json().catch(() => ({ sentence: answer.statusText }));
  if (!answer.ok) throw new Refused(told);
  return told;
}

function cookie(name) {
  return document.cookie.split("; ").find((one) => one.startsWith(name + "="))?.slice(name.length + 1) ?? "";
}

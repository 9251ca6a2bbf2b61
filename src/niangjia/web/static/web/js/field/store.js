// What the phone keeps of a round of visits: sealed by AES-GCM, and short-lived.
// The key is made of two halves. One lies here; the other is a cookie that the browser drops when the time is over and
// the server drops when its owner logs out. Without either nothing here can be read again.

const NAME = "field";
const STORES = ["meta", "visits", "drafts", "blobs"];
const HALF = "field_key";
const words = new TextEncoder();
let base = null;
let key = null;

// "empty": nothing kept. "ready". "foreign": another account's. "gone": the time is over; it has been wiped.
export async function open(account) {
  base = base ?? (await connect());
  const meta = await read("meta", "state");
  if (!meta) return "empty";
  if (meta.account !== account) return "foreign";
  if (!half() || Date.now() > meta.until) {
    await wipe();
    return "gone";
  }
  key = await madeFrom(half(), meta.salt);
  return "ready";
}

// The other half of the key has just been set. What was kept before stays readable.
export async function begin(account, days) {
  base = base ?? (await connect());
  const meta = (await read("meta", "state")) ?? { id: "state", account, salt: crypto.getRandomValues(new Uint8Array(32)) };
  const taken = Date.now();
  await write("meta", { ...meta, taken, until: taken + days * 86400000 });
  key = await madeFrom(half(), meta.salt);
  navigator.storage?.persist?.();
}

export function about() {
  return read("meta", "state");
}

export async function put(store, id, value, more = {}) {
  const plain = value instanceof Blob ? await value.arrayBuffer() : words.encode(JSON.stringify(value));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: words.encode(store + id) }, key, plain);
  await write(store, { id, iv, data, ...more });
}

export async function get(store, id) {
  const sealed = await read(store, id);
  return sealed && JSON.parse(new TextDecoder().decode(await unsealed(store, sealed)));
}

export async function getBlob(id, type) {
  const sealed = await read("blobs", id);
  return sealed && new Blob([await unsealed("blobs", sealed)], { type });
}

export async function all(store) {
  const rows = await asked(base.transaction(store).objectStore(store).getAll());
  return Promise.all(rows.map(async (row) => JSON.parse(new TextDecoder().decode(await unsealed(store, row)))));
}

export function remove(store, id) {
  return asked(base.transaction(store, "readwrite").objectStore(store).delete(id));
}

export function empty(store) {
  return asked(base.transaction(store, "readwrite").objectStore(store).clear());
}

export async function wipe() {
  for (const store of STORES) await empty(store);
  key = null;
  tellUnsent(0);
}

// How many visits have not been sent: all that any other page may know, so that logging out can warn.
export function tellUnsent(count) {
  if (count) localStorage.setItem("field-unsent", count);
  else localStorage.removeItem("field-unsent");
}

function connect() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store, { keyPath: "id" }));
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
      // Logging out in another tab deletes everything: do not stand in the way.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
  });
}

function half() {
  return document.cookie.split("; ").find((one) => one.startsWith(HALF + "="))?.slice(HALF.length + 1);
}

async function madeFrom(text, salt) {
  const whole = await crypto.subtle.importKey("raw", words.encode(text), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: words.encode("niangjia field visits") };
  return crypto.subtle.deriveKey(how, whole, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function unsealed(store, { id, iv, data }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: words.encode(store + id) }, key, data);
}

function read(store, id) {
  return asked(base.transaction(store).objectStore(store).get(id));
}

function write(store, row) {
  return new Promise((done, failed) => {
    const change = base.transaction(store, "readwrite");
    change.objectStore(store).put(row);
    change.oncomplete = () => done();
    // A full phone shows here, not at the request.
    change.onabort = change.onerror = () => failed(change.error);
  });
}

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// Keeps the visitor's page for reading without network. It holds no data of anybody and asks for none.
const FACTS = {{ facts|safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

async function keep() {
  const cache = await caches.open(FACTS.name);
  await cache.addAll(FACTS.files);
  await kept(await fetch(FACTS.page, { credentials: "same-origin", cache: "no-store" }));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter((name) => name.startsWith("field-") && name !== FACTS.name).map((name) => caches.delete(name)));
      await self.clients.claim();
    }),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === FACTS.page) event.respondWith(page(event.request));
  else if (FACTS.files.includes(url.pathname)) event.respondWith(file(event.request));
});

// The server's page where there is one; a weak network does not keep anybody waiting.
async function page(request) {
  const known = await caches.match(FACTS.page);
  const asked = fetch(request).then(kept);
  if (!known) return asked;
  const slow = new Promise((done) => setTimeout(() => done(known.clone()), 4000));
  const answer = await Promise.race([asked.catch(() => known), slow]);
  return answer.status >= 500 ? known : answer;
}

// Only the page itself, never the login in its place.
async function kept(answer) {
  if (answer.ok && !answer.redirected && answer.type === "basic") {
    await (await caches.open(FACTS.name)).put(FACTS.page, answer.clone());
  }
  return answer;
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

/*
 * Keeps the pages of the control room, so that it opens without a network. What the room shows is in its own database;
 * the server's answers (/api, /sync, /invite, health) are never kept.
 */
const CACHE = 'streamwall-pages-1';
const NEVER = /^\/(?:api|sync|invite|health|healthz|readyz|metrics|admin)(?:\/|$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(['/', '/manifest.webmanifest', '/icon.svg'])),
  );
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const others = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(others.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || NEVER.test(pathname)) return;
  // Files with a hash in their name never change; for the page itself the server's word comes first.
  event.respondWith(pathname.startsWith('/assets/') ? keptFirst(request) : serverFirst(request));
});

async function keptFirst(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function serverFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept =
      (await cache.match(request)) ?? (request.mode === 'navigate' ? await cache.match('/') : undefined);
    if (kept !== undefined) return kept;
    throw error;
  }
}

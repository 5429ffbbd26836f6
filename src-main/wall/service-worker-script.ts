/** A browser asks for the script of a service worker in these words; no script of a page can. */
export const isServiceWorkerScript = (headers: Readonly<Record<string, string>>): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'service-worker' && value === 'script',
  );

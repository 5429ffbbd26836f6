import { vi } from 'vitest';

/**
 * Runs before each test file: a wait for something gives up after a minute, or later when the test says so. Nobody waits
 * longer for that where all is well; where a machine is loaded, a second for what takes a tenth is too short.
 */
const AT_LEAST_MS = 60_000;

type Options = Parameters<typeof vi.waitFor>[1];

function patient(options: Options): Options {
  if (typeof options === 'number') return Math.max(options, AT_LEAST_MS);
  return { ...options, timeout: Math.max(options?.timeout ?? 0, AT_LEAST_MS) };
}

/** Files that share a process share what is changed here, too; it is changed once. */
const done = Symbol.for('streamwall.patient-waits');

if (!Reflect.has(vi, done)) {
  Reflect.set(vi, done, true);
  const { waitFor, waitUntil } = vi;
  vi.waitFor = (callback, options) => waitFor(callback, patient(options));
  vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
}

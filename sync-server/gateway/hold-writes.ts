import type { RequestHandler } from 'express';
import type { Pause } from '../flags/decide-flags.ts';
import { HttpRefusal } from './http-refusal.ts';

const RETRY_MS = 30_000;
const MAX_RETRY_MS = 3_600_000;

/** What goes on while writes wait: coming in, staying, leaving, looking, and what ends a maintenance. */
const GOES_ON = [
  /^\/api\/v1\/(?:login|logout|tokens\/refresh|socket-tickets|invites\/look)\/?$/,
  /^\/api\/v1\/sessions(?:\/[^/]+)?\/?$/,
  /^\/api\/v1\/admin\/(?:flags|switches|maintenance|connections)(?:\/|$)/,
];

/** Whether a request may change what is stored. @param path with all of its prefix, without the query */
export function isHeldWrite(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  return !GOES_ON.some((pattern) => pattern.test(path));
}

/** During maintenance: reads go on, writes are asked to come again. */
export function holdWrites(maintenance: () => Pause | undefined, nowMs: () => number): RequestHandler {
  return (request, _response, next) => {
    const pause = maintenance();
    if (pause !== undefined && isHeldWrite(request.method, request.path)) throw refusePaused(pause, nowMs());
    next();
  };
}

/** Told to whoever writes while writes wait, or while they are switched off. */
export function refusePaused({ reason, words, untilMs }: Pause, nowMs: number): HttpRefusal {
  const said =
    reason === 'maintenance'
      ? 'The server is being looked after. Reading goes on; try to write again later.'
      : 'An admin has switched this bot off.';
  const waitMs = untilMs === undefined ? RETRY_MS : untilMs - nowMs;
  return new HttpRefusal(503, reason, words === '' ? said : `${said} (${words})`, {
    retryAfterMs: Math.min(Math.max(waitMs, 1_000), MAX_RETRY_MS),
  });
}

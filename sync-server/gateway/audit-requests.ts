import type { Request, RequestHandler } from 'express';
import type { AuditVia } from '../audit/audit-entry.ts';
import type { AuditRecorder } from '../audit/audit-recorder.ts';
import { hearChanges, type NotedChange } from '../audit/note-change.ts';
import type { HttpDoor } from './http-door.ts';
import { routeOf } from './request-log.ts';

/** Coming, staying and leaving is told where it happens, or not worth telling. */
const UNTOLD = /^\/api\/v1\/(?:tokens\/refresh|socket-tickets|invites\/look|logout)\/?$/;

/** Takes down each request that changed something, or was not allowed to: what its handler said that it did, or else which request it was. */
export function auditRequests(recorder: AuditRecorder, door: Pick<HttpDoor, 'caller'>): RequestHandler {
  return (request, response, next) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
    const path = request.path;
    if (!isReading) {
      const from = door.caller(request).address;
      const who = (): string => {
        const actor: unknown = response.locals['actor'];
        return typeof actor === 'string' ? actor : 'unknown';
      };
      let isNoted = false;
      hearChanges(request, (change) => {
        isNoted = true;
        if (change.action === undefined) noteRequest(recorder, request, who(), from, change);
        else noteDeed(recorder, { who: who(), from, action: change.action, ...change });
      });
      // Not only when it was answered: somebody may have hung up meanwhile.
      response.once('close', () => {
        const { statusCode: status } = response;
        if (isNoted || UNTOLD.test(path)) return;
        if (status < 400) noteRequest(recorder, request, who(), from);
        else if (status === 401 || status === 403) countRefusal(recorder, request, who(), from, status);
      });
    }
    next();
  };
}

function noteDeed(
  recorder: AuditRecorder,
  deed: NotedChange & { readonly action: string; readonly who: string; readonly from: string },
): void {
  const { who, from, action, target, before, after, actor = who, counted } = deed;
  const told = { actor, via: viaOf(action), action, target, from };
  if (counted === undefined) recorder.note({ ...told, ...changedOnly(before, after) });
  else recorder.count(told, counted);
}

function noteRequest(
  recorder: AuditRecorder,
  request: Request,
  actor: string,
  from: string,
  change?: NotedChange,
): void {
  const deed = { actor, via: 'http', from } as const;
  const action = `${request.method} ${routeOf(request)}`;
  const target = change?.target ?? pathOf(request);
  if (actor.startsWith('service:')) recorder.count({ ...deed, action, target: routeOf(request) }, target);
  else recorder.note({ ...deed, action, target, ...changedOnly(change?.before, change?.after) });
}

/** What somebody wanted to change and may not: strangers could send any number, so it is counted. */
function countRefusal(
  recorder: AuditRecorder,
  request: Request,
  actor: string,
  from: string,
  status: number,
): void {
  const target = `${request.method} ${routeOf(request)}`;
  recorder.count(
    { actor, via: 'http', action: `refused (${String(status)})`, target, from },
    `${from} ${pathOf(request)}`,
  );
}

const pathOf = (request: Request): string => (request.originalUrl.split('?', 1)[0] ?? '').slice(0, 200);

function viaOf(action: string): AuditVia {
  return action.startsWith('flag.') ? 'flag' : action.startsWith('admin.') ? 'server' : 'account';
}

/** Of two objects the fields that differ. */
export function changedOnly(before: unknown, after: unknown): { before: unknown; after: unknown } {
  if (!isObject(before) || !isObject(after)) return { before: before ?? null, after: after ?? null };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import type { Request, RequestHandler } from 'express';
import type { AuditVia } from '../audit/audit-entry.ts';
import type { AuditRecorder } from '../audit/audit-recorder.ts';
import { notedChange } from '../audit/note-change.ts';
import type { HttpDoor } from './http-door.ts';
import { routeOf } from './request-log.ts';

/** Coming, staying and leaving is told where it happens, or not worth telling. */
const UNTOLD = /^\/api\/v1\/(?:tokens\/refresh|socket-tickets|invites\/look|logout)\/?$/;

/** Takes down each request that changed something: what its handler said that it did, or else which request it was. */
export function auditRequests(recorder: AuditRecorder, door: Pick<HttpDoor, 'caller'>): RequestHandler {
  return (request, response, next) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
    const path = request.path;
    if (!isReading) {
      response.once('finish', () => {
        const actor: unknown = response.locals['actor'];
        const who = typeof actor === 'string' ? actor : 'unknown';
        const change = notedChange(request);
        const from = door.caller(request).address;
        if (change !== undefined) {
          const { action, target, before, after, isCounted = false } = change;
          const deed = { actor: change.actor ?? who, via: viaOf(action), action, target, from };
          if (isCounted) recorder.count(deed);
          else recorder.note({ ...deed, ...changedOnly(before, after) });
        } else if (response.statusCode < 400 && !UNTOLD.test(path)) noteRequest(recorder, request, who, from);
      });
    }
    next();
  };
}

function noteRequest(recorder: AuditRecorder, request: Request, actor: string, from: string): void {
  const deed = { actor, via: 'http', from } as const;
  const action = `${request.method} ${routeOf(request)}`;
  const target = request.originalUrl.split('?', 1)[0]?.slice(0, 200) ?? '';
  if (actor.startsWith('service:')) recorder.count({ ...deed, action, target: routeOf(request) }, target);
  else recorder.note({ ...deed, action, target });
}

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

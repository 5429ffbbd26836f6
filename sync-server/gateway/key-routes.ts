import { Router } from 'express';
import { z } from 'zod';
import { Grant } from '../accounts/access.ts';
import { ScopeDocument, ScopeRoot } from '../accounts/scope-names.ts';
import type { KeyStore } from '../accounts/key-store.ts';
import { makeKey, type NewKey, type StoredKey } from '../accounts/service-key.ts';
import { RoleByAnyName } from '../accounts/user.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeKey } from './account-shapes.ts';
import { HttpRefusal, refusals } from './http-refusal.ts';
import { readBody } from './read-request.ts';
import type { AccountRouteParts } from './session-routes.ts';

const DAY_MS = 86_400_000;

export const AddKey = z.object({
  role: RoleByAnyName.default('service'),
  grants: z.array(Grant).max(8).default([]),
  label: z.string().max(200).default(''),
  documents: z.array(ScopeDocument).max(100).nullish(),
  roots: z.array(ScopeRoot).max(40).nullish(),
  requests_per_minute: z.number().int().min(1).max(1_000_000).nullish(),
  expires_in_days: z.number().positive().max(36_500).nullish(),
});
export const RotateKey = z.object({ overlap_hours: z.number().min(0).max(8_760).default(24) });

/** Keys for programs: only admins make them, and each is shown once. */
export function keyRoutes({ accounts, door, clock }: AccountRouteParts): Router {
  const router = Router();
  const { keys } = accounts.stores;
  const find = async (id: string): Promise<StoredKey> => {
    const [key] = await keys.find([id]);
    if (key === undefined) throw refusals.notFound();
    return key;
  };
  const make = async (wanted: NewKey) => {
    const { stored, key } = makeKey(wanted, clock.nowMs());
    await keys.add(stored);
    return { key: { ...shapeKey(stored), key } };
  };

  rotating(router, { door, clock, keys, find, make });

  router.get('/keys', async (request, response) => {
    await door.admin(request);
    response.json({ keys: (await keys.list()).map(shapeKey) });
  });

  router.post('/keys', async (request, response) => {
    await door.admin(request);
    const { documents, roots, requests_per_minute, expires_in_days, ...wanted } = readBody(AddKey, request);
    const made = await make({
      ...wanted,
      scope: { documents: documents ?? undefined, roots: roots ?? undefined },
      ...(requests_per_minute == null ? {} : { requestsPerMinute: requests_per_minute }),
      ...(expires_in_days == null
        ? {}
        : { expiresAtMs: Math.round(clock.nowMs() + expires_in_days * DAY_MS) }),
    });
    const { key: _secret, ...shown } = made.key;
    noteChange(request, { action: 'key.made', target: `key:${shown.id}`, after: shown });
    response.status(201).json(made);
  });

  router.get('/keys/:id', async (request, response) => {
    await door.admin(request);
    response.json({ key: shapeKey(await find(request.params.id)) });
  });

  router.delete('/keys/:id', async (request, response) => {
    await door.admin(request);
    const { id } = request.params;
    if (!(await keys.revoke(id, clock.nowMs()))) throw refusals.notFound();
    noteChange(request, { action: 'key.revoked', target: `key:${id}` });
    response.status(204).end();
  });
  return router;
}

type Rotating = Pick<AccountRouteParts, 'door' | 'clock'> & {
  readonly keys: KeyStore;
  readonly find: (id: string) => Promise<StoredKey>;
  readonly make: (wanted: NewKey) => Promise<{ readonly key: { readonly id: string } }>;
};

/** Another like it; the old one opens for a while, so that nothing stops. */
function rotating(router: Router, { door, clock, keys, find, make }: Rotating): void {
  router.post('/keys/:id/rotate', async (request, response) => {
    await door.admin(request);
    const { overlap_hours } = readBody(RotateKey, request);
    const { requestsPerMinute, expiresAtMs, ...old } = await find(request.params.id);
    if (expiresAtMs !== undefined && expiresAtMs <= clock.nowMs())
      throw new HttpRefusal(
        409,
        'key-over',
        'This key is over, and so would be another like it. Make a new one.',
      );
    const made = await make({
      ...old,
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
    await keys.expire(old.id, Math.round(clock.nowMs() + overlap_hours * 3_600_000));
    noteChange(request, { action: 'key.rotated', target: `key:${old.id}`, after: { by: made.key.id } });
    response.status(201).json(made);
  });
}

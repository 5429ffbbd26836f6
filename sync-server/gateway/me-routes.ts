import { Router } from 'express';
import { z } from 'zod';
import { idsOf } from '../accounts/handle.ts';
import type { Quotas } from '../accounts/quotas.ts';
import { findTotpStep, makeTotpSecret, totpUri } from '../accounts/totp.ts';
import { PersonName, type StoredUser } from '../accounts/user.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeChange, shapeUser } from './account-shapes.ts';
import { HttpRefusal, refusals } from './http-refusal.ts';
import { readBody } from './read-request.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';

const Password = z.string().max(1_000);
export const ChangeMe = z
  .object({ name: PersonName, password: Password, current_password: Password })
  .partial()
  .refine(({ password, current_password: current }) => password === undefined || current !== undefined, {
    path: ['current_password'],
    message: 'is needed to set a new one',
  });
export const ConfirmTotp = z.object({
  secret: z.string().regex(/^[A-Z2-7]{32}$/),
  code: z.string().max(20),
  password: Password,
});
export const DropTotp = z.object({ password: Password });

/** Tries of one's own password. */
const TRIES = { limit: 10, windowMs: 900_000 };

/** What somebody does with their own account. */
export function meRoutes(parts: MeParts): Router {
  const router = Router();
  const { accounts, door } = parts;
  const { members } = accounts;
  router.use(secondFactorRoutes(parts));

  const prove = createProof(parts);

  router.get('/me', async (request, response) => {
    const { person, account, handle } = await door.signedIn(request);
    const { actor, role, grants, scope } = account;
    if (person !== undefined) response.json({ user: shapeUser(person) });
    else {
      const [id] = idsOf('key', [handle]);
      const limits = { documents: scope?.documents ?? null, roots: scope?.roots ?? null };
      response.json({ key: { id, actor, role, grants, ...limits } });
    }
  });

  router.patch('/me', async (request, response) => {
    const { person, handle } = await door.person(request);
    const { name, password, current_password: current } = readBody(ChangeMe, request);
    if (password !== undefined) await prove(person, current ?? '');
    const [session] = idsOf('session', [handle]);
    const changed = await members.change(person, { name, password }, session);
    if (!changed.ok) throw refuseMember(changed.error);
    const isNewPassword = password !== undefined;
    noteChange(request, { action: 'user.changed', ...shapeChange(person, changed.value, isNewPassword) });
    response.json({ user: shapeUser(changed.value) });
  });

  return router;
}

/** Whether somebody knows their own password. */
function createProof({ accounts, quotas }: MeParts) {
  return async (user: StoredUser, password: string): Promise<void> => {
    const name = `password:${user.id}`;
    const answer = await quotas.take(name, TRIES);
    if (!answer.isWithin) throw refusals.tooMany(answer.retryAfterMs);
    if (!(await accounts.passwords.isRight(password, user.passwordHash)))
      throw new HttpRefusal(403, 'wrong-password', 'The current password is wrong');
    await quotas.forget(name);
  };
}

function secondFactorRoutes(parts: MeParts): Router {
  const router = Router();
  const { accounts, door, clock } = parts;
  const { stores, members } = accounts;
  const prove = createProof(parts);

  /** A secret to show to an authenticator app; it counts once a code of it was given back. */
  router.post('/me/second-factor', async (request, response) => {
    const { person } = await door.person(request);
    if (person.totpSecret !== undefined)
      throw new HttpRefusal(409, 'second-factor-on', 'There is a second factor already');
    const secret = makeTotpSecret();
    response.status(201).json({ secret, uri: totpUri(secret, person.email ?? person.name) });
  });

  router.put('/me/second-factor', async (request, response) => {
    const { person } = await door.person(request);
    const { secret, code, password } = readBody(ConfirmTotp, request);
    if (person.totpSecret !== undefined)
      throw new HttpRefusal(409, 'second-factor-on', 'There is a second factor already');
    await prove(person, password);
    const step = findTotpStep(secret, code, clock.nowMs());
    if (step === undefined) throw refusals.invalid('code', 'is not the one that belongs to this moment');
    const changed = await members.change(person, { totpSecret: secret });
    if (!changed.ok) throw refuseMember(changed.error);
    noteChange(request, { action: 'user.changed', ...shapeChange(person, changed.value) });
    await stores.users.useTotpStep(person.id, step);
    response.json({ user: shapeUser(changed.value) });
  });

  router.delete('/me/second-factor', async (request, response) => {
    const { person } = await door.person(request);
    await prove(person, readBody(DropTotp, request).password);
    const changed = await members.change(person, { totpSecret: null });
    if (!changed.ok) throw refuseMember(changed.error);
    noteChange(request, { action: 'user.changed', ...shapeChange(person, changed.value) });
    response.json({ user: shapeUser(changed.value) });
  });
  return router;
}

type MeParts = AccountRouteParts & { readonly quotas: Quotas };

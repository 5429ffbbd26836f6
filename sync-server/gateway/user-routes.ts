import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { StoredUser } from '../accounts/user.ts';
import { Email, PersonName, RoleByAnyName } from '../accounts/user.ts';
import { shapeSession, shapeUser } from './account-shapes.ts';
import { HttpRefusal, refusals } from './http-refusal.ts';
import { inside, PageQuery, pageOf, readBody, readQuery } from './read-request.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';

const Password = z.string().max(1_000);
const Confirmed = {
  email: Email,
  password: Password,
  password_confirmation: Password.optional(),
  name: PersonName.optional(),
};
const isConfirmed = (body: { password: string; password_confirmation?: string | undefined }): boolean =>
  body.password_confirmation === undefined || body.password_confirmation === body.password;
const notConfirmed = { path: ['password_confirmation'], message: 'is another one' };

const SignUp = inside('user', z.object(Confirmed).refine(isConfirmed, notConfirmed));
const AddUser = inside(
  'user',
  z.object({ ...Confirmed, role: RoleByAnyName.default('viewer') }).refine(isConfirmed, notConfirmed),
);
const ChangeUser = inside(
  'user',
  z
    .object({
      email: Email,
      name: PersonName,
      role: RoleByAnyName,
      password: Password,
      disabled: z.boolean(),
    })
    .partial(),
);
const ListQuery = PageQuery.extend({
  search: z.string().max(100).default(''),
  role: RoleByAnyName.optional(),
});

const SIGNUPS = { limit: 20, windowMs: 3_600_000 };

/** People: who there are, as admins manage them; and signing up, where that is allowed. */
export function userRoutes(parts: AccountRouteParts & { readonly mayAnybodySignUp: boolean }): Router {
  const router = Router();
  const { accounts, door, clock } = parts;
  const { users, sessions } = accounts.stores;

  const find = async (id: string): Promise<StoredUser> => {
    const number = Number(id);
    const user = /^\d{1,9}$/.test(id) ? await users.find({ number }) : undefined;
    if (user === undefined) throw refusals.notFound();
    return user;
  };

  router.post('/signup', async (request, response) => {
    if (!parts.mayAnybodySignUp)
      throw new HttpRefusal(403, 'signup-off', 'Signing up is off here. Ask an admin for an invitation.');
    await door.limitCaller(request, 'signup', SIGNUPS);
    const { email, password, name = nameOf(email) } = readBody(SignUp, request);
    const added = await accounts.members.add({ email, password, name, role: 'viewer' });
    if (!added.ok) throw refuseMember(added.error);
    response.json({
      status: { code: 200, message: 'Signed up successfully.' },
      data: shapeUser(added.value),
    });
  });

  router.get('/users', async (request, response) => {
    await door.admin(request);
    const { search, role, ...page } = readQuery(ListQuery, request);
    const plain = search.toLowerCase();
    const all = (await users.list()).filter(
      (user) =>
        (role === undefined || user.role === role) &&
        `${user.email ?? ''} ${user.name.toLowerCase()}`.includes(plain),
    );
    const { items, meta } = pageOf(all, page);
    response.json({ users: items.map(shapeUser), meta });
  });

  router.post('/users', async (request, response) => {
    await door.admin(request);
    const { email, password, role, name = nameOf(email) } = readBody(AddUser, request);
    const added = await accounts.members.add({ email, password, name, role });
    if (!added.ok) throw refuseMember(added.error);
    response.status(201).json({ user: shapeUser(added.value) });
  });

  router.get('/users/:id', async (request, response) => {
    await door.admin(request);
    response.json({ user: shapeUser(await find(request.params.id)) });
  });

  const change: RequestHandler = async (request, response) => {
    await door.admin(request);
    const user = await find(String(request.params['id']));
    const { disabled, ...changes } = readBody(ChangeUser, request);
    const disabledAtMs = disabled === undefined ? {} : { disabledAtMs: disabled ? clock.nowMs() : null };
    const changed = await accounts.members.change(user, { ...changes, ...disabledAtMs });
    if (!changed.ok) throw refuseMember(changed.error);
    response.json({ user: shapeUser(changed.value) });
  };
  router.patch('/users/:id', change);
  router.put('/users/:id', change);

  router.delete('/users/:id', async (request, response) => {
    await door.admin(request);
    const removed = await users.remove((await find(request.params.id)).id, clock.nowMs());
    if (!removed.ok) throw refuseMember({ reason: removed.error });
    response.status(204).end();
  });

  router.delete('/users/:id/second-factor', async (request, response) => {
    await door.admin(request);
    const user = await find(request.params.id);
    const changed = await accounts.members.change(user, { totpSecret: null });
    if (!changed.ok) throw refuseMember(changed.error);
    response.json({ user: shapeUser(changed.value) });
  });

  router.get('/users/:id/sessions', async (request, response) => {
    await door.admin(request);
    const open = await sessions.listOf((await find(request.params.id)).id, clock.nowMs());
    response.json({ sessions: open.map((session) => shapeSession(session, undefined)) });
  });

  router.delete('/users/:id/sessions', async (request, response) => {
    await door.admin(request);
    const user = await find(request.params.id);
    response.json({ ended: await sessions.endAllOf(user.id, undefined, clock.nowMs()) });
  });
  return router;
}

const nameOf = (email: string): string => (email.split('@')[0] ?? email).slice(0, 80);

import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { Email, PersonName, RoleByAnyName, type StoredUser } from '../accounts/user.ts';
import type { UserStore } from '../accounts/user-store.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeChange, shapeUser } from './account-shapes.ts';
import { refusals } from './http-refusal.ts';
import { inside, PageQuery, pageOf, readBody, readQuery } from './read-request.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';

const Password = z.string().max(1_000);
export const Confirmed = {
  email: Email,
  password: Password,
  password_confirmation: Password.optional(),
  name: PersonName.optional(),
};
export const isConfirmed = (body: {
  password: string;
  password_confirmation?: string | undefined;
}): boolean => body.password_confirmation === undefined || body.password_confirmation === body.password;
export const notConfirmed = { path: ['password_confirmation'], message: 'is another one' };

export const NewUser = z
  .object({ ...Confirmed, role: RoleByAnyName.default('viewer') })
  .refine(isConfirmed, notConfirmed);
export const UserChanges = z
  .object({
    email: Email,
    name: PersonName,
    role: RoleByAnyName,
    password: Password,
    disabled: z.boolean(),
  })
  .partial();
const [AddUser, ChangeUser] = [inside('user', NewUser), inside('user', UserChanges)];
export const UserListQuery = PageQuery.extend({
  search: z.string().max(100).default(''),
  role: RoleByAnyName.optional(),
});

/** People: who there are, as admins manage them. */
export function userRoutes({ accounts, door, clock }: AccountRouteParts): Router {
  const router = Router();
  const { users } = accounts.stores;

  const find = async (id: string): Promise<StoredUser> => findUser(users, id);

  router.get('/users', async (request, response) => {
    await door.admin(request);
    const { search, role, ...page } = readQuery(UserListQuery, request);
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
    noteChange(request, { action: 'user.added', ...shapeChange(undefined, added.value) });
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
    const isNewPassword = changes.password !== undefined;
    noteChange(request, { action: 'user.changed', ...shapeChange(user, changed.value, isNewPassword) });
    response.json({ user: shapeUser(changed.value) });
  };
  router.patch('/users/:id', change);
  router.put('/users/:id', change);

  router.delete('/users/:id', async (request, response) => {
    await door.admin(request);
    const user = await find(request.params.id);
    const removed = await users.remove(user.id, clock.nowMs());
    if (!removed.ok) throw refuseMember({ reason: removed.error });
    noteChange(request, { action: 'user.removed', ...shapeChange(user, undefined) });
    response.status(204).end();
  });

  return router;
}

export const nameOf = (email: string): string => (email.split('@')[0] ?? email).slice(0, 80);

/** By number. @throws {HttpRefusal} 404 */
export async function findUser(users: UserStore, id: string): Promise<StoredUser> {
  const user = /^\d{1,9}$/.test(id) ? await users.find({ number: Number(id) }) : undefined;
  if (user === undefined) throw refusals.notFound();
  return user;
}

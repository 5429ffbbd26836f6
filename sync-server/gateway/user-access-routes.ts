import { Router } from 'express';
import { noteChange } from '../audit/note-change.ts';
import { shapeChange, shapeSession, shapeUser } from './account-shapes.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';
import { findUser } from './user-routes.ts';

/** How people get in, as far as admins have a hand in it: their second factors and their sessions. */
export function userAccessRoutes({ accounts, door, clock }: AccountRouteParts): Router {
  const router = Router();
  const { users, sessions } = accounts.stores;

  router.delete('/users/:id/second-factor', async (request, response) => {
    await door.admin(request);
    const user = await findUser(users, request.params.id);
    const changed = await accounts.members.change(user, { totpSecret: null });
    if (!changed.ok) throw refuseMember(changed.error);
    noteChange(request, { action: 'user.changed', ...shapeChange(user, changed.value) });
    response.json({ user: shapeUser(changed.value) });
  });

  router.get('/users/:id/sessions', async (request, response) => {
    await door.admin(request);
    const open = await sessions.listOf((await findUser(users, request.params.id)).id, clock.nowMs());
    response.json({ sessions: open.map((session) => shapeSession(session, undefined)) });
  });

  router.delete('/users/:id/sessions', async (request, response) => {
    await door.admin(request);
    const user = await findUser(users, request.params.id);
    const ended = await sessions.endAllOf(user.id, undefined, clock.nowMs());
    noteChange(request, { action: 'session.ended', target: `user:${String(user.number)}`, after: { ended } });
    response.json({ ended });
  });
  return router;
}

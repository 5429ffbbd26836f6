import { Router } from 'express';
import { shapeSession, shapeUser } from './account-shapes.ts';
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
    response.json({ ended: await sessions.endAllOf(user.id, undefined, clock.nowMs()) });
  });
  return router;
}

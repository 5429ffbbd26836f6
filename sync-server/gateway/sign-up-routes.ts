import { Router } from 'express';
import { z } from 'zod';
import { actorOfUser } from '../accounts/user.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeChange, shapeUser } from './account-shapes.ts';
import { HttpRefusal } from './http-refusal.ts';
import { inside, readBody } from './read-request.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';
import { Confirmed, isConfirmed, nameOf, notConfirmed } from './user-routes.ts';

export const NewAccount = z.object(Confirmed).refine(isConfirmed, notConfirmed);
const SignUp = inside('user', NewAccount);
const SIGNUPS = { limit: 20, windowMs: 3_600_000 };

/** Making oneself a viewer, where that is allowed. */
export function signUpRoutes(parts: AccountRouteParts & { readonly mayAnybodySignUp: boolean }): Router {
  const router = Router();
  const { accounts, door } = parts;

  router.post('/signup', async (request, response) => {
    if (!parts.mayAnybodySignUp)
      throw new HttpRefusal(403, 'signup-off', 'Signing up is off here. Ask an admin for an invitation.');
    await door.limitCaller(request, 'signup', SIGNUPS);
    const { email, password, name = nameOf(email) } = readBody(SignUp, request);
    const added = await accounts.members.add({ email, password, name, role: 'viewer' });
    if (!added.ok) throw refuseMember(added.error);
    const actor = actorOfUser(added.value.id);
    noteChange(request, { action: 'user.added', actor, ...shapeChange(undefined, added.value) });
    response.json({
      status: { code: 200, message: 'Signed up successfully.' },
      data: shapeUser(added.value),
    });
  });
  return router;
}

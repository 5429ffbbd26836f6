import { Router } from 'express';
import { z } from 'zod';
import { actorOfUser, Email, PersonName, RoleByAnyName } from '../accounts/user.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeChange, shapeInvite, shapeLogIn } from './account-shapes.ts';
import { refusals } from './http-refusal.ts';
import { readBody } from './read-request.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';

const HOUR_MS = 3_600_000;

export const AddInvite = z.object({
  role: RoleByAnyName.default('viewer'),
  email: Email.nullish(),
  /** A guest gives no email and no password, and stays for this long. */
  guest_hours: z.number().positive().max(8_760).nullish(),
  expires_in_days: z.number().positive().max(90).default(7),
});
const Token = z.string().max(200);
export const LookAt = z.object({ token: Token });
export const Accept = z.object({
  token: Token,
  name: PersonName,
  email: Email.optional(),
  password: z.string().max(1_000).optional(),
  cookie: z.boolean().optional(),
});
export const ACCEPTS = { limit: 30, windowMs: 15 * 60_000 };
/** Previews of links look from a few addresses for everybody. */
export const LOOKS = { limit: 300, windowMs: 15 * 60_000 };

/** @param linkTo how an invitation is opened in a browser */
export function inviteRoutes(
  parts: AccountRouteParts & { readonly linkTo: (token: string) => string },
): Router {
  const router = Router();
  const { accounts, door, cookie, clock, linkTo } = parts;
  const { invites } = accounts.stores;

  router.get('/invites', async (request, response) => {
    await door.admin(request);
    response.json({ invites: (await invites.list(clock.nowMs())).map(shapeInvite) });
  });

  router.post('/invites', async (request, response) => {
    const { account } = await door.admin(request);
    const { role, email, guest_hours, expires_in_days } = readBody(AddInvite, request);
    if (role === 'service') throw refusals.invalid('role', 'is for programs; these have keys');
    if (guest_hours != null && role === 'admin') throw refusals.invalid('role', 'is not for guests');
    const { invite, token } = await accounts.invitations.make({
      ...{ role, email: email ?? undefined, createdBy: account.actor },
      guestForMs: guest_hours == null ? undefined : Math.round(guest_hours * HOUR_MS),
      lastsMs: Math.round(expires_in_days * 24 * HOUR_MS),
    });
    noteChange(request, { action: 'invite.made', target: `invite:${invite.id}`, after: shapeInvite(invite) });
    response.status(201).json({ invite: { ...shapeInvite(invite), token, link: linkTo(token) } });
  });

  router.delete('/invites/:id', async (request, response) => {
    await door.admin(request);
    const { id } = request.params;
    if (!(await invites.revoke(id, clock.nowMs()))) throw refusals.notFound();
    noteChange(request, { action: 'invite.revoked', target: `invite:${id}` });
    response.status(204).end();
  });

  /** What an invitation offers; this does not use it up. */
  router.post('/invites/look', async (request, response) => {
    await door.limitCaller(request, 'invite-look', LOOKS);
    const invite = await accounts.invitations.look(readBody(LookAt, request).token);
    if (invite === undefined) throw refuseMember({ reason: 'no-such-invite' });
    const { role, email, guest_hours, expires_at } = shapeInvite(invite);
    response.json({ invite: { role, email, guest_hours, expires_at } });
  });

  router.post('/invites/accept', async (request, response) => {
    await door.limitCaller(request, 'invite', ACCEPTS);
    const { cookie: wantsCookie = false, ...acceptance } = readBody(Accept, request);
    const { email, password } = acceptance;
    const accepted = await accounts.invitations.accept({ ...acceptance, email, password });
    if (!accepted.ok) throw refuseMember(accepted.error);
    const actor = actorOfUser(accepted.value.id);
    noteChange(request, { action: 'invite.accepted', actor, ...shapeChange(undefined, accepted.value) });
    const opened = await accounts.sessions.open(accepted.value, door.caller(request));
    const { refresh_token, ...shape } = shapeLogIn(opened);
    if (wantsCookie) cookie.set(response, opened);
    response.status(201).json({ ...shape, ...(wantsCookie ? {} : { refresh_token }) });
  });
  return router;
}

import { Router } from 'express';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Accounts } from '../accounts/create-accounts.ts';
import { idsOf } from '../accounts/handle.ts';
import { TICKET_LASTS_MS } from '../accounts/sign-in.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeSession } from './account-shapes.ts';
import type { HttpDoor } from './http-door.ts';
import { refusals } from './http-refusal.ts';
import type { RefreshCookie } from './refresh-cookie.ts';

export type AccountRouteParts = {
  readonly accounts: Accounts;
  readonly door: HttpDoor;
  readonly cookie: RefreshCookie;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What one has open: tickets for sockets, and sessions. */
export function sessionRoutes({ accounts, door, clock }: AccountRouteParts): Router {
  const router = Router();
  const { stores, signIn } = accounts;

  router.post('/socket-tickets', async (request, response) => {
    const { handle } = await door.signedIn(request);
    const { ticket } = await signIn.makeTicket(handle);
    response.status(201).json({ ticket, expires_in_ms: TICKET_LASTS_MS });
  });

  router.get('/sessions', async (request, response) => {
    const { person, handle } = await door.person(request);
    const [current] = idsOf('session', [handle]);
    const sessions = await stores.sessions.listOf(person.id, clock.nowMs());
    response.json({ sessions: sessions.map((session) => shapeSession(session, current)) });
  });

  router.delete('/sessions/:id', async (request, response) => {
    const { person, account } = await door.person(request);
    const [live] = await stores.sessions.find([request.params.id], clock.nowMs());
    if (live === undefined || (live.user.id !== person.id && account.role !== 'admin'))
      throw refusals.notFound();
    await stores.sessions.end(live.session.id, clock.nowMs());
    noteChange(request, { action: 'session.ended', target: `user:${String(live.user.number)}` });
    response.status(204).end();
  });

  /** All others of one's own. */
  router.delete('/sessions', async (request, response) => {
    const { person, handle } = await door.person(request);
    const [current] = idsOf('session', [handle]);
    const ended = await stores.sessions.endAllOf(person.id, current, clock.nowMs());
    noteChange(request, {
      action: 'session.ended',
      target: `user:${String(person.number)}`,
      after: { ended },
    });
    response.json({ ended });
  });
  return router;
}

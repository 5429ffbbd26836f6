import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Accounts } from '../accounts/create-accounts.ts';
import { idsOf } from '../accounts/handle.ts';
import type { LogInRefusal } from '../accounts/log-in.ts';
import { TICKET_LASTS_MS } from '../accounts/sign-in.ts';
import { Email } from '../accounts/user.ts';
import { shapeLogIn, shapeSession } from './account-shapes.ts';
import type { HttpDoor } from './http-door.ts';
import { HttpRefusal, refusals } from './http-refusal.ts';
import { inside, readBody } from './read-request.ts';
import type { RefreshCookie } from './refresh-cookie.ts';

export type AccountRouteParts = {
  readonly accounts: Accounts;
  readonly door: HttpDoor;
  readonly cookie: RefreshCookie;
  readonly clock: Clock;
  readonly logger: Logger;
};

const Credentials = z.object({
  email: Email,
  password: z.string().max(1_000),
  /** Of the second factor. */
  code: z.string().max(20).optional(),
  /** Puts the refresh token into a cookie instead of the answer: for pages. */
  cookie: z.boolean().optional(),
});
const LogInBody = inside('user', Credentials);
const RefreshBody = z.object({ refresh_token: z.string().max(200).optional() });

/** Coming in, staying, leaving, and what one has open. */
export function sessionRoutes({ accounts, door, cookie, clock, logger }: AccountRouteParts): Router {
  const router = Router();
  const { stores, signIn } = accounts;

  router.post('/login', async (request, response) => {
    const { cookie: wantsCookie = false, code, ...credentials } = readBody(LogInBody, request);
    const from = door.caller(request);
    const opened = await accounts.logIn({ ...credentials, code, from });
    if (!opened.ok) {
      logger.warn('a login was refused', { reason: opened.error.reason, address: from.address });
      throw refuseLogIn(opened.error);
    }
    const { refresh_token, ...shape } = shapeLogIn(opened.value);
    if (wantsCookie) cookie.set(response, opened.value);
    const message = 'Logged in successfully.';
    response.json({ status: { code: 200, message }, ...shape, ...(wantsCookie ? {} : { refresh_token }) });
  });

  const logOut: RequestHandler = async (request, response) => {
    const signedIn = await door.anybody(request);
    const [id] = signedIn === undefined ? [] : idsOf('session', [signedIn.handle]);
    if (id !== undefined) await stores.sessions.end(id, clock.nowMs());
    cookie.clear(response);
    response.json({ status: 200, message: 'Logged out successfully.' });
  };
  router.delete('/logout', logOut);
  router.post('/logout', logOut);

  router.post('/tokens/refresh', async (request, response) => {
    const given = readBody(RefreshBody, request).refresh_token;
    const token = given ?? cookie.read(request);
    if (token === undefined) throw refusals.notSignedIn();
    const refreshed = await accounts.sessions.refresh(token);
    if (!refreshed.ok) {
      if (refreshed.error === 'reused') logger.warn('a refresh token came twice; its session ended');
      cookie.clear(response);
      await door.limitCaller(request, 'strangers', { limit: 300, windowMs: 60_000 });
      throw refusals.notSignedIn();
    }
    const { refresh_token, ...shape } = shapeLogIn(refreshed.value);
    if (given === undefined) cookie.set(response, refreshed.value);
    response.json({ ...shape, ...(given === undefined ? {} : { refresh_token }) });
  });

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
    response.status(204).end();
  });

  /** All others of one's own. */
  router.delete('/sessions', async (request, response) => {
    const { person, handle } = await door.person(request);
    const [current] = idsOf('session', [handle]);
    const ended = await stores.sessions.endAllOf(person.id, current, clock.nowMs());
    response.json({ ended });
  });
  return router;
}

function refuseLogIn(refusal: LogInRefusal): HttpRefusal {
  switch (refusal.reason) {
    case 'wrong':
      return new HttpRefusal(401, 'wrong-credentials', 'Invalid email or password');
    case 'code-needed':
      return new HttpRefusal(401, 'second-factor-needed', 'The code of the second factor is needed as well');
    case 'too-many':
      return refusals.tooMany(refusal.retryAfterMs);
  }
}

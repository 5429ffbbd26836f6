import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { idsOf } from '../accounts/handle.ts';
import type { LogInRefusal } from '../accounts/log-in.ts';
import { actorOfUser, Email } from '../accounts/user.ts';
import { noteChange } from '../audit/note-change.ts';
import { shapeLogIn } from './account-shapes.ts';
import { HttpRefusal, refusals } from './http-refusal.ts';
import { readBody } from './read-request.ts';
import type { AccountRouteParts } from './session-routes.ts';

export const Credentials = z.object({
  email: Email,
  password: z.string().max(1_000),
  /** Of the second factor. */
  code: z.string().max(20).optional(),
  /** Puts the refresh token into a cookie instead of the answer: for pages. */
  cookie: z.boolean().optional(),
});
const Wrapped = z.object({
  user: z.record(z.string(), z.unknown()),
  code: z.unknown().optional(),
  cookie: z.unknown().optional(),
});
/** Flat, or wrapped as StreamSource's clients do it; what these do not know may stand in the wrapping or beside it. */
const LogInBody = z.preprocess((body: unknown): unknown => {
  const { data } = Wrapped.safeParse(body);
  return data === undefined ? body : { code: data.code, cookie: data.cookie, ...data.user };
}, Credentials);
export const RefreshBody = z.object({ refresh_token: z.string().max(200).optional() });

/** Tabs share a cookie, and a page that is reloaded loses an answer; no script can have read it. */
const COOKIE_GRACE_MS = 30_000;

/** Coming in, staying and leaving. */
export function logInRoutes({ accounts, door, cookie, clock, logger }: AccountRouteParts): Router {
  const router = Router();
  const { stores } = accounts;

  router.post('/login', async (request, response) => {
    const { cookie: wantsCookie = false, code, ...credentials } = readBody(LogInBody, request);
    const from = door.caller(request);
    const opened = await accounts.logIn({ ...credentials, code, from });
    if (!opened.ok) {
      logger.warn('a login was refused', { reason: opened.error.reason, address: from.address });
      noteChange(request, {
        ...{ action: 'login.refused', target: accountOf(opened.error) },
        counted: `${from.address} ${opened.error.reason}`,
      });
      throw refuseLogIn(opened.error);
    }
    const { user } = opened.value;
    noteChange(request, {
      action: 'login',
      target: `user:${String(user.number)}`,
      actor: actorOfUser(user.id),
    });
    const { refresh_token, ...shape } = shapeLogIn(opened.value);
    if (wantsCookie) cookie.set(response, opened.value);
    const message = 'Logged in successfully.';
    response.json({ status: { code: 200, message }, ...shape, ...(wantsCookie ? {} : { refresh_token }) });
  });

  refreshing(router, { accounts, door, cookie, clock, logger });
  const logOut: RequestHandler = async (request, response) => {
    const signedIn = await door.anybody(request);
    const [id] = signedIn === undefined ? [] : idsOf('session', [signedIn.handle]);
    if (id !== undefined) await stores.sessions.end(id, clock.nowMs());
    cookie.clear(response);
    response.json({ status: 200, message: 'Logged out successfully.' });
  };
  router.delete('/logout', logOut);
  router.post('/logout', logOut);
  return router;
}

/** Staying, by a token that is good for one time. */
function refreshing(router: Router, { accounts, door, cookie, logger }: AccountRouteParts): void {
  router.post('/tokens/refresh', async (request, response) => {
    const given = readBody(RefreshBody, request).refresh_token;
    const token = given ?? cookie.read(request);
    if (token === undefined) throw refusals.notSignedIn();
    const refreshed = await accounts.sessions.refresh(token, given === undefined ? COOKIE_GRACE_MS : 0);
    if (!refreshed.ok) {
      const { error } = refreshed;
      if (error.reason === 'too-many') throw refusals.tooMany(error.retryAfterMs);
      if (error.reason === 'reused') {
        logger.warn('a refresh token came twice; its session ended');
        const { address } = door.caller(request);
        noteChange(request, {
          action: 'session.copied',
          target: 'a refresh token that was used',
          counted: address,
        });
      }
      cookie.clear(response);
      await door.limitCaller(request, 'strangers', { limit: 300, windowMs: 60_000 });
      throw refusals.notSignedIn();
    }
    const { refresh_token, ...shape } = shapeLogIn(refreshed.value);
    if (given === undefined) cookie.set(response, refreshed.value);
    response.json({ ...shape, ...(given === undefined ? {} : { refresh_token }) });
  });
}

/** Whose account it was; what was typed is nobody's business, as it may be a password. */
const accountOf = (refusal: LogInRefusal): string =>
  'user' in refusal && refusal.user !== undefined ? `user:${String(refusal.user)}` : 'no account';

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

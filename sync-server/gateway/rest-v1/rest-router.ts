import express, { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { CATALOGUE_ROOTS } from '#shared/document/document-shape.ts';
import { decideAccess, type Account } from '../../accounts/access.ts';
import type { SignedIn } from '../../accounts/sign-in.ts';
import type { HttpDoor } from '../http-door.ts';
import { refusals } from '../http-refusal.ts';
import { inside, readBody, readQuery } from '../read-request.ts';
import { prepareAnswer, sendAnswer, type Prepared } from './send-answer.ts';
import type { Asked, Endpoint, RestAnswer } from './endpoint.ts';
import { findShowing, performNoted } from './note-write.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { Repeats } from './repeats.ts';
import { translateFailure } from './translate-failure.ts';

export type RestRouterParts = {
  readonly door: HttpDoor;
  readonly kept: KeptAnswers;
  readonly repeats: Repeats;
};

/** Lists are longer than what the rest of the API is sent. */
export const MAX_BODY = '16mb';
const CATALOGUE = { name: 'catalogue', kind: 'catalogue', roots: CATALOGUE_ROOTS } as const;

/** Lets everybody do what endpoints do, who may. Comes before any other reader of bodies. */
export function restRouter(endpoints: readonly Endpoint[], parts: RestRouterParts): Router {
  const router = Router({ caseSensitive: true });
  const readJson = express.json({ limit: MAX_BODY, strict: false, type: () => true });
  for (const endpoint of endpoints)
    router[endpoint.method](
      endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      allow(endpoint, parts.door),
      ...(endpoint.body === undefined ? [] : [readJson]),
      perform(endpoint, findShowing(endpoints, endpoint), parts),
    );
  return router;
}

/** Before its body is read: strangers send no megabytes. */
function allow(endpoint: Endpoint, door: HttpDoor): RequestHandler {
  return async (request, response, next) => {
    const signedIn = endpoint.who === 'admin' ? await door.admin(request) : await door.signedIn(request);
    const access = decideAccess(signedIn.account, CATALOGUE);
    if (!access.mayRead) throw refusals.forbidden();
    if (endpoint.writes !== undefined && !access.writable.has(endpoint.writes)) throw refusals.forbidden();
    if (endpoint.writesWall === true && !mayWriteWalls(signedIn.account)) throw refusals.forbidden();
    response.locals['signedIn'] = signedIn;
    next();
  };
}

const mayWriteWalls = (account: Account): boolean =>
  decideAccess({ ...account, scope: undefined }, { name: 'wall:', kind: 'wall' }).writable.size > 0;

function perform(
  endpoint: Endpoint,
  showing: Endpoint | undefined,
  { kept, repeats }: RestRouterParts,
): RequestHandler {
  const handle: Endpoint['handle'] =
    endpoint.method === 'get'
      ? endpoint.handle
      : async (asked) => performNoted(endpoint, showing?.handle, asked);
  return async (request, response) => {
    const signedIn = response.locals['signedIn'] as SignedIn;
    const answer = async (): Promise<Prepared> => {
      const done = await handle(readAsked(endpoint, request, signedIn)).catch(translateFailure);
      return prepareAnswer(withStatus(done, endpoint));
    };
    const prepared =
      endpoint.method !== 'get'
        ? await repeats.once(request, signedIn.account.actor, answer)
        : endpoint.isKept !== undefined
          ? await kept.answer(questionOf(request, signedIn), answer, endpoint.isKept === 'tells-version')
          : await answer();
    await sendAnswer(request, response, prepared);
  };
}

const questionOf = ({ originalUrl }: Request, { account }: SignedIn): string =>
  `${account.role} ${originalUrl}`;

function readAsked(endpoint: Endpoint, request: Request, signedIn: SignedIn): Asked<unknown, unknown> {
  const { query, body, wrapped } = endpoint;
  return {
    signedIn,
    request,
    params: Object.fromEntries(
      Object.entries(request.params).map(([name, value]) => [name, String(value).replaceAll('\0', '')]),
    ),
    query: query === undefined ? undefined : readQuery(withoutNul(query), request),
    body:
      body === undefined
        ? undefined
        : readBody(wrapped === undefined ? body : inside(wrapped, body), request),
  };
}

function withStatus(answer: RestAnswer, { answers }: Endpoint): RestAnswer & { status: number } {
  return { ...answer, status: answer.status ?? Number(Object.keys(answers)[0] ?? 200) };
}

/** What nobody types and no database holds. */
const withoutNul = (schema: z.ZodType): z.ZodType =>
  z.preprocess(
    (query: unknown) =>
      Object.fromEntries(
        Object.entries(query as object).map(([name, value]: [string, unknown]) => [
          name,
          typeof value === 'string' ? value.replaceAll('\0', '') : value,
        ]),
      ),
    schema,
  );

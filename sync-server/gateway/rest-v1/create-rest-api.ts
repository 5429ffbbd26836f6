import type { Router } from 'express';
import type { HttpDoor } from '../http-door.ts';
import { apiPages } from './api-pages.ts';
import { bulkEndpoints } from './bulk-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { eventEndpoints } from './event-endpoints.ts';
import { ignoreEndpoints } from './ignore-endpoints.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { locationEndpoints } from './location-endpoints.ts';
import { createRepeats } from './repeats.ts';
import type { RestParts } from './rest-parts.ts';
import { restRouter } from './rest-router.ts';
import { streamerEndpoints } from './streamer-endpoints.ts';
import { streamEndpoints } from './stream-endpoints.ts';

/** Everything of the API that is about the catalogue. */
const restEndpoints = (parts: RestParts): readonly Endpoint[] => [
  ...bulkEndpoints(parts),
  ...streamEndpoints(parts),
  ...streamerEndpoints(parts),
  ...eventEndpoints(parts),
  ...locationEndpoints(parts),
  ...ignoreEndpoints(parts),
];

export type RestApi = {
  /** Below /api/v1, before any other reader of bodies. */
  readonly api: Router;
  /** Beside it: the description, and the page to try it. */
  readonly pages: Router;
};

export function createRestApi(parts: RestParts, door: HttpDoor): RestApi {
  const { desk, sql, clock } = parts;
  const version = async (): Promise<string> => {
    const [number, [beside]] = await Promise.all([
      desk.fresh(),
      sql.query("SELECT number FROM projection WHERE document = 'beside'"),
    ]);
    return `${String(number)} ${String(beside?.['number'])}`;
  };
  const endpoints = restEndpoints(parts);
  const kept = createKeptAnswers(version);
  const repeats = createRepeats(sql, clock);
  return { api: restRouter(endpoints, { door, kept, repeats }), pages: apiPages(endpoints) };
}

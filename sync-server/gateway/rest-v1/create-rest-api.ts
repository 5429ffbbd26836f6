import { Router } from 'express';
import type { AnswerStore } from '../../answers/answer-store.ts';
import type { HttpDoor } from '../http-door.ts';
import { apiPages } from './api-pages.ts';
import { archiveEndpoint } from './archive-endpoint.ts';
import { bulkEndpoints } from './bulk-endpoints.ts';
import { changeStream, type FollowParts } from './change-stream.ts';
import type { Endpoint } from './endpoint.ts';
import { eventEndpoints } from './event-endpoints.ts';
import { historyEndpoints } from './history-endpoints.ts';
import { ignoreEndpoints } from './ignore-endpoints.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { locationEndpoints } from './location-endpoints.ts';
import { createRepeats } from './repeats.ts';
import type { RestParts } from './rest-parts.ts';
import { restRouter } from './rest-router.ts';
import { statisticsEndpoints } from './statistics-endpoints.ts';
import { streamerEndpoints } from './streamer-endpoints.ts';
import { streamFeed } from './stream-feed.ts';
import { streamEndpoints } from './stream-endpoints.ts';
import { wallEndpoints } from './wall-endpoints.ts';
import { webhookEndpoints, type WebhookParts } from './webhook-endpoints.ts';

/** Everything of the API that is about the catalogue. */
const restEndpoints = (parts: RestParts & WebhookParts): readonly Endpoint[] => [
  ...bulkEndpoints(parts),
  ...statisticsEndpoints(parts),
  ...wallEndpoints(parts),
  ...webhookEndpoints(parts),
  ...historyEndpoints(parts),
  archiveEndpoint(parts),
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

export type RestApiParts = RestParts &
  FollowParts &
  WebhookParts & {
    /** Answers that all instances know; undefined for one by itself. */
    readonly answers?: AnswerStore | undefined;
  };

export function createRestApi(parts: RestApiParts, door: HttpDoor): RestApi {
  const { sql, clock, version } = parts;
  const endpoints = restEndpoints(parts);
  const kept = createKeptAnswers(version, parts.answers);
  const repeats = createRepeats(sql, clock);
  const api = Router();
  api.use(changeStream(parts, door), streamFeed(parts, door, kept));
  api.use(restRouter(endpoints, { door, kept, repeats }));
  return { api, pages: apiPages(endpoints) };
}

import type { Router } from 'express';
import type { HttpDoor } from '../http-door.ts';
import type { Endpoint } from './endpoint.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { createRepeats } from './repeats.ts';
import type { RestParts } from './rest-parts.ts';
import { restRouter } from './rest-router.ts';
import { streamEndpoints } from './stream-endpoints.ts';

/** Everything of the API that is about the catalogue. */
export const restEndpoints = (parts: RestParts): readonly Endpoint[] => [...streamEndpoints(parts)];

export function createRestApi(parts: RestParts, door: HttpDoor): Router {
  const { desk, sql, clock } = parts;
  const version = async (): Promise<string> => {
    const [number, [beside]] = await Promise.all([
      desk.fresh(),
      sql.query("SELECT number FROM projection WHERE document = 'beside'"),
    ]);
    return `${String(number)} ${String(beside?.['number'])}`;
  };
  return restRouter(restEndpoints(parts), {
    door,
    kept: createKeptAnswers(version),
    repeats: createRepeats(sql, clock),
  });
}

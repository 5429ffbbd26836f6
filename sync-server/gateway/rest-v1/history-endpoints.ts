import { z } from 'zod';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import { WallArrangement } from '#shared/model/arrangement.ts';
import { ActorId } from '#shared/model/ids.ts';
import { decideAccess, type Account } from '../../accounts/access.ts';
import { readDocumentName, type ServedDocument } from '../../documents/document-name.ts';
import { isGone } from '../../documents/presence-entries.ts';
import type { DocumentHistory } from '../../history/document-history.ts';
import { createDocumentHistory } from '../../history/read-history.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { isoTime, Time } from './rest-fields.ts';
import type { RestParts } from './rest-parts.ts';

const HistoryEntry = z.object({
  number: z.int(),
  actor: ActorId,
  /** What whoever it was is called, or was when they left; null for programs of the server. */
  name: z.string().nullable(),
  at: Time,
  carried: z.boolean(),
  bytes: z.int(),
});
const HistoryChange = HistoryEntry.omit({ bytes: true }).extend({
  edits: z.array(z.record(z.string(), z.unknown())),
  /** How many more it did than are told. */
  more: z.int(),
});
const Person = z.object({
  document: z.string(),
  client: z.int(),
  actor: ActorId,
  state: z.record(z.string(), z.unknown()),
});
const Number_ = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const MAX_LIMIT = 500;

/** What happened to the documents, and who is at them now. */
export function historyEndpoints(parts: RestParts): readonly Endpoint[] {
  const history = createDocumentHistory(parts.log);
  return [
    endpoint({
      ...{
        tag: 'history',
        method: 'get',
        path: '/history/{document}',
        summary: 'Who wrote to a document, newest first',
      },
      query: z.object({
        before: Number_.optional(),
        limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
      }),
      answers: { 200: z.object({ entries: z.array(HistoryEntry) }) },
      handle: async ({ params, query: { before, limit }, signedIn }) => {
        const served = findDocument(params['document'], signedIn.account);
        const entries = await history.list(served, { limit, ...(before === undefined ? {} : { before }) });
        return { body: { entries: await named(parts, entries) } };
      },
    }),
    changesEndpoint(parts, history),
    endpoint({
      ...{
        tag: 'history',
        method: 'get',
        path: '/history/{document}/at',
        summary: 'A wall as it was after an edit',
      },
      query: z.object({ number: Number_ }),
      answers: { 200: z.object({ number: z.int(), wall: WallArrangement }) },
      handle: async ({ params, query: { number }, signedIn }) => {
        const past = await history.atNumber(findDocument(params['document'], signedIn.account), number);
        if (past.type === 'forgotten' || past.view.kind !== 'wall')
          throw new HttpRefusal(404, 'forgotten', 'That is not kept any more');
        return { body: { number: past.number, wall: arrangementOf(past.view.wall) } };
      },
    }),
    presence(parts),
  ];
}

function changesEndpoint(parts: RestParts, history: DocumentHistory): Endpoint {
  return endpoint({
    ...{
      tag: 'history',
      method: 'get',
      path: '/history/{document}/changes',
      summary: 'What edits did, oldest first',
    },
    query: z.object({
      after: Number_,
      up_to: Number_.optional(),
      /** Of an update that did more, only so much is told: an import of thousands is one. */
      edits: z.coerce.number().int().min(1).max(20_000).default(20_000),
    }),
    answers: { 200: z.object({ changes: z.array(HistoryChange) }) },
    handle: async ({ params, query: { after, up_to, edits: most }, signedIn }) => {
      const served = findDocument(params['document'], signedIn.account);
      const last = await parts.log.last(served.name);
      const upTo = Math.min(up_to ?? last, last, after + MAX_LIMIT);
      const changes = upTo <= after ? [] : await history.changes(served, after, upTo);
      if (changes === 'forgotten') throw new HttpRefusal(404, 'forgotten', 'That is not kept any more');
      const told = changes.map(({ edits, ...change }) => {
        const kept = edits.slice(0, most);
        return { ...change, edits: kept, more: edits.length - kept.length };
      });
      return { body: { changes: await named(parts, told) } };
    },
  });
}

/** With times as people write them, and the names of who it was. */
async function named<T extends { readonly actor: ActorId; readonly atMs: number }>(
  { names }: Pick<RestParts, 'names'>,
  entries: readonly T[],
) {
  const called = entries.length === 0 ? new Map<string, string>() : await names();
  return entries.map(({ atMs, ...entry }) => ({
    ...entry,
    at: isoTime(atMs),
    name: called.get(entry.actor) ?? null,
  }));
}

function presence(parts: RestParts): Endpoint {
  return endpoint({
    ...{
      tag: 'presence',
      method: 'get',
      path: '/presence',
      summary: 'Who is at a document now, on all instances',
    },
    query: z.object({ document: z.string().max(60).default('catalogue') }),
    answers: { 200: z.object({ present: z.array(Person) }) },
    handle: async ({ query, signedIn }) => {
      const { name } = findDocument(query.document, signedIn.account);
      const entries = await parts.board.list(name);
      const present = entries.flatMap(({ client, actor, state }) => {
        const read = isGone(state) ? undefined : readState(state);
        return read === undefined ? [] : [{ document: name, client, actor, state: read }];
      });
      return { body: { present } };
    },
  });
}

/** @throws {HttpRefusal} for a document that is none, or not for this account */
function findDocument(name: string | undefined, account: Account): ServedDocument {
  const served = readDocumentName(name ?? '');
  if (served === undefined) throw refusals.notFound();
  if (!decideAccess(account, served).mayRead) throw refusals.forbidden();
  return served;
}

function readState(state: Uint8Array): Record<string, unknown> | undefined {
  const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(new TextDecoder().decode(state)));
  return read.success ? read.data : undefined;
}

import { Router, type Request } from 'express';
import { z } from 'zod';
import { noteChange } from '../../audit/note-change.ts';
import { createBringBack, type BringBack, type BroughtBack, type Found } from '../../history/bring-back.ts';
import { RECORD_KINDS } from '../../history/compare-catalogues.ts';
import type { RestParts } from '../rest-v1/rest-parts.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { readBody, readQuery } from '../read-request.ts';
import type { AdminParts } from './admin-parts.ts';
import { findDocument, orForgotten } from './find-document.ts';

const Kind = z.enum(RECORD_KINDS);
const What = z.enum(['missing', 'changed', 'archived']);
const Name = z.object({ kind: Kind, id: z.string().min(1).max(32) });
const Edit = z.int().min(1);

export const LackQuery = z.object({
  number: z.coerce.number().int().min(1),
  kind: Kind.optional(),
  what: What.optional(),
  search: z.string().trim().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const BringBackBody = z.object({ number: Edit, only: z.array(Name).min(1).max(2_000).optional() });
export const TakeBackBody = z
  .object({ before: Edit, after: Edit, actor: z.string().min(1).max(200).optional() })
  .refine(({ before, after }) => before <= after, { path: ['after'], message: 'is before the beginning' });
const Count = z.object({ missing: z.int(), changed: z.int(), archived: z.int(), added: z.int() });
export const LackAnswer = z.object({
  number: z.int(),
  counts: z.record(Kind, Count),
  found: z.array(
    z.object({
      ...Name.shape,
      name: z.string(),
      link: z.string().nullable(),
      what: What,
      fields: z.array(z.string()),
    }),
  ),
  found_count: z.int(),
});
export const BroughtBackAnswer = z.object({
  ...{ before: z.int(), after: z.int(), done: z.int() },
  ...{ refused: z.array(z.object({ ...Name.shape, why: z.string() })), refused_count: z.int() },
});

export const BroughtBackQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });
const By = { at: z.iso.datetime(), actor: z.string(), name: z.string().nullable() };
export const BroughtBackList = z.object({
  entries: z.array(
    z.object({
      ...{ ...By, number: z.int(), before: z.int(), after: z.int() },
      ...{ done: z.int(), refused_count: z.int(), may_undo: z.boolean() },
      undone: z.object({ ...By, done: z.int() }).nullable(),
    }),
  ),
});

export type CatalogueParts = Pick<RestParts, 'desk' | 'archive' | 'broughtBack'>;

/** What a catalogue had: looked at, brought back as new edits, and that taken back once more. */
export function bringBackRoutes(
  parts: AdminParts & { readonly catalogue: CatalogueParts | undefined },
): Router {
  const { door, log, catalogue, snapshots, clock } = parts;
  const router = Router();
  const open = (request: Request): BringBack => {
    const served = findDocument(request);
    if (served.kind !== 'catalogue' || catalogue === undefined)
      throw new HttpRefusal(409, 'not-a-catalogue', 'Only of the catalogue single records are brought back');
    const { desk, archive, broughtBack: book } = catalogue;
    return createBringBack({ served, log, desk, archive, book, snapshots, clock });
  };
  addQuestions(router, parts, open);

  router.post('/admin/documents/:name/bring_back', async (request, response) => {
    const { account } = await door.admin(request);
    const { number, only } = readBody(BringBackBody, request);
    const done = orForgotten(await open(request).bringBack(account, number, only));
    note(request, done, 'admin.brought-back', { number });
    response.json(shape(done));
  });

  router.post('/admin/documents/:name/take_back', async (request, response) => {
    const { account } = await door.admin(request);
    const { before, after, actor = account.actor } = readBody(TakeBackBody, request);
    const done = orForgotten(await open(request).takeBack(account, { before, after, actor }));
    if (done === 'unknown') throw refusals.notFound();
    note(request, done, 'admin.taken-back', { from: before, to: after, of: actor });
    response.json(shape(done));
  });
  return router;
}

/** What can be brought back, and what was. */
function addQuestions(
  router: Router,
  { door, names }: Pick<AdminParts, 'door' | 'names'>,
  open: (request: Request) => BringBack,
): void {
  router.get('/admin/documents/:name/lack', async (request, response) => {
    const { account } = await door.admin(request);
    const query = readQuery(LackQuery, request);
    const { found, added } = orForgotten(await open(request).look(account, query.number));
    const matching = found.filter((one) => matches(one, query));
    const count = (kind: string, what: string): number =>
      found.filter((one) => one.kind === kind && one.what === what).length;
    const counts = RECORD_KINDS.map((kind) => {
      const [missing, changed] = [count(kind, 'missing'), count(kind, 'changed')];
      return [kind, { missing, changed, archived: count(kind, 'archived'), added: added[kind] }];
    });
    response.json({
      ...{ number: query.number, counts: Object.fromEntries(counts) as z.infer<typeof LackAnswer>['counts'] },
      ...{
        found: matching.slice(0, query.limit).map((one) => ({ ...one, link: one.link ?? null })),
        found_count: matching.length,
      },
    });
  });

  router.get('/admin/documents/:name/brought_back', async (request, response) => {
    await door.admin(request);
    const entries = await open(request).list(readQuery(BroughtBackQuery, request).limit);
    const called = await names();
    const by = (actor: string, atMs: number) => ({
      ...{ at: new Date(atMs).toISOString(), actor, name: called.get(actor) ?? null },
    });
    const shaped = entries.map(({ moment, before, after, done, refused, undone, mayUndo, actor, atMs }) => ({
      ...{ ...by(actor, atMs), number: moment, before, after, done },
      ...{ refused_count: refused, may_undo: mayUndo },
      undone: undone === undefined ? null : { ...by(undone.actor, undone.atMs), done: undone.done },
    }));
    response.json({ entries: shaped } satisfies z.infer<typeof BroughtBackList>);
  });
}

function matches(one: Found, { kind, what, search }: z.infer<typeof LackQuery>): boolean {
  if (kind !== undefined && one.kind !== kind) return false;
  if (what !== undefined && one.what !== what) return false;
  const text = `${one.name} ${one.link ?? ''} ${one.id}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const note = (request: Request, { done, refusedCount }: BroughtBack, action: string, which: object): void =>
  noteChange(request, { action, target: 'catalogue', after: { ...which, done, refused: refusedCount } });

const shape = ({ refusedCount, ...rest }: BroughtBack): z.infer<typeof BroughtBackAnswer> => ({
  ...{ ...rest, refused: [...rest.refused], refused_count: refusedCount },
});

import { Router } from 'express';
import Papa from 'papaparse';
import { z } from 'zod';
import { AUDIT_VIAS, entryOfTally, type AuditEntry } from '../../audit/audit-entry.ts';
import type { AuditQuery, AuditStore } from '../../audit/audit-store.ts';
import { readQuery } from '../read-request.ts';
import { sendChunks } from '../rest-v1/send-answer.ts';
import type { AdminParts } from './admin-parts.ts';

const Text = z.string().max(200).optional();
const Filter = z.object({
  actor: Text,
  via: z.enum(AUDIT_VIAS).optional(),
  action: Text,
  target: Text,
  from: Text,
  changed: Text,
  search: Text,
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export const AuditListQuery = Filter.extend({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const AuditExportQuery = Filter.extend({ form: z.enum(['csv', 'json']).default('json') });

const PAGE = 500;
const MAX_EXPORTED = 100_000;
const MAX_TALLIES = 50;

type Parts = Pick<AdminParts, 'door' | 'names'> & { readonly audit: AuditStore };

/** The audit, for admins: to be looked through, and to be taken away. */
export function auditRoutes({ door, names, audit }: Parts): Router {
  const router = Router();

  router.get('/admin/audit', async (request, response) => {
    await door.admin(request);
    const { before, limit, ...filter } = readQuery(AuditListQuery, request);
    const entries = await audit.list({ ...readFilter(filter), before, limit });
    const called = await names();
    const shape = (entry: AuditEntry) => ({ ...shapeEntry(entry), name: called.get(entry.actor) ?? null });
    const tallies = before === undefined ? await audit.tallies(MAX_TALLIES) : [];
    response.json({
      entries: entries.map(shape),
      /** Deeds that are still being counted. */
      going_on: tallies.map((tally) => shape({ ...entryOfTally(tally), number: 0 })),
      next: entries.length < limit ? null : (entries.at(-1)?.number ?? null),
    });
  });

  router.get('/admin/audit/export', async (request, response) => {
    await door.admin(request);
    const { form, ...filter } = readQuery(AuditExportQuery, request);
    const pages = readPages(audit, readFilter(filter));
    const first = await pages.next();
    const name = `streamwall-audit.${form}`;
    response.attachment(name).type(form === 'csv' ? 'text/csv' : 'application/json');
    await sendChunks(request, response, form === 'csv' ? asCsv(first, pages) : asJson(first, pages));
  });
  return router;
}

function readFilter({ since, until, ...filter }: z.infer<typeof Filter>): Omit<AuditQuery, 'limit'> {
  return {
    ...filter,
    sinceMs: since === undefined ? undefined : Date.parse(since),
    untilMs: until === undefined ? undefined : Date.parse(until),
  };
}

async function* readPages(
  audit: AuditStore,
  filter: Omit<AuditQuery, 'limit'>,
): AsyncGenerator<readonly AuditEntry[], void> {
  let before: number | undefined;
  for (let read = 0; read < MAX_EXPORTED; read += PAGE) {
    const page = await audit.list({ ...filter, before, limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    before = page.at(-1)?.number;
  }
}

type Pages = AsyncGenerator<readonly AuditEntry[], void>;
type Page = IteratorResult<readonly AuditEntry[], void>;

async function* asCsv(first: Page, pages: Pages): AsyncGenerator<string> {
  yield csvOf(first.done === true ? [] : first.value, true);
  for await (const page of pages) yield csvOf(page, false);
}

async function* asJson(first: Page, pages: Pages): AsyncGenerator<string> {
  yield `[${first.done === true ? '' : jsonOf(first.value, true)}`;
  for await (const page of pages) yield jsonOf(page, false);
  yield ']\n';
}

function shapeEntry({ sinceMs, atMs, from, ...entry }: AuditEntry) {
  return {
    ...entry,
    from: from ?? null,
    since: new Date(sinceMs).toISOString(),
    at: new Date(atMs).toISOString(),
  };
}

const COLUMNS = [
  'number',
  'at',
  'since',
  'count',
  'actor',
  'via',
  'action',
  'target',
  'from',
  'before',
  'after',
];

/** Spreadsheets take what begins like a formula for one; such cells are quoted for them. */
function csvOf(entries: readonly AuditEntry[], withHead: boolean): string {
  const rows = entries.map((entry) => {
    const { before, after, ...shape } = shapeEntry(entry);
    return { ...shape, before: JSON.stringify(before), after: JSON.stringify(after) };
  });
  const text = Papa.unparse(
    { fields: COLUMNS, data: rows },
    { header: withHead, escapeFormulae: true, newline: '\r\n' },
  );
  return `${text}\r\n`;
}

const jsonOf = (entries: readonly AuditEntry[], isFirst: boolean): string =>
  `${isFirst ? '\n' : ',\n'}${entries.map((entry) => JSON.stringify(shapeEntry(entry))).join(',\n')}`;

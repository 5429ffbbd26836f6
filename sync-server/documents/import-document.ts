import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId } from '#shared/model/ids.ts';
import { authorizeUpdate, type Authorized, type UpdateRefusal } from './authorize-update.ts';
import type { ServedDocument } from './document-name.ts';
import type { ExportForm } from './export-document.ts';
import { loadRoomDocument, RoomDocument } from './room-document.ts';
import type { NewUpdate, UpdateLog } from './update-log.ts';

const VERSION = 1;
/** As an author in the history. */
const IMPORTER = ActorId.parse('service:import');
/** How often it is tried again when somebody else writes at the same time. */
const MAX_TRIES = 20;
const MAX_BATCH = 500;

const Bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const Exported = z.object({
  format: z.literal('streamwall-document'),
  version: z.number(),
  document: z.string(),
  state: Bytes,
  history: z.array(
    z.object({
      number: z.number().int(),
      actor: ActorId,
      atMs: z.number().int().nonnegative(),
      carried: z.boolean(),
      bytes: Bytes,
    }),
  ),
});
type Past = z.infer<typeof Exported>['history'][number];

export type ImportRefusal =
  | { readonly reason: 'unreadable' | 'newer' }
  | { readonly reason: 'other-document'; readonly document: string }
  | { readonly reason: 'refused'; readonly why: string };

export type Imported = { readonly updates: number; readonly withHistory: boolean };

export type ImportParts = {
  readonly served: ServedDocument;
  readonly log: UpdateLog;
  readonly form: ExportForm;
  readonly bytes: Uint8Array;
  readonly nowMs: number;
};

/**
 * Stores what was exported. Into a document that nobody wrote to it goes with its history, authors and times included, if
 * the export has all of it; otherwise as one edit, beside what is there. Nothing is stored of what a client could not write.
 * @throws {LogUnavailable}
 */
export async function importDocument(parts: ImportParts): Promise<Result<Imported, ImportRefusal>> {
  const read = readExport(parts);
  if (!read.ok) return read;
  const { state, past } = read.value;
  if (past !== undefined && (await parts.log.last(parts.served.name)) === 0) {
    const prepared = prepareHistory(parts.served, past);
    if (prepared !== undefined) return storeHistory(parts, prepared);
  }
  return storeState(parts, state);
}

function readExport({
  served,
  form,
  bytes,
}: ImportParts): Result<{ state: Uint8Array; past: readonly Past[] | undefined }, ImportRefusal> {
  if (form === 'yjs') return ok({ state: bytes, past: undefined });
  const exported = Exported.safeParse(readJson(bytes));
  if (!exported.success) return fail({ reason: 'unreadable' });
  const { version, document, state, history } = exported.data;
  if (version > VERSION) return fail({ reason: 'newer' });
  if (document !== served.name) return fail({ reason: 'other-document', document });
  const isWhole = history.length > 0 && history.every(({ number }, index) => number === index + 1);
  return ok({ state, past: isWhole ? history : undefined });
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** A batch for each moment. Undefined when the history cannot be repeated as it is told: then the state counts. */
function prepareHistory(
  served: ServedDocument,
  past: readonly Past[],
): readonly { atMs: number; updates: NewUpdate[] }[] | undefined {
  const document = new RoomDocument(served);
  const everything = { writable: rootsOf(served), maxUpdateBytes: Number.MAX_SAFE_INTEGER };
  const batches: { atMs: number; updates: NewUpdate[] }[] = [];
  try {
    for (const { actor, atMs, carried, bytes } of past) {
      const checked = document.authorize(bytes, everything);
      if (!checked.ok) return undefined;
      document.apply(bytes);
      const last = batches.at(-1);
      const update = { bytes, actor, carried, claims: carried ? [] : claimsOf(checked.value) };
      if (last?.atMs === atMs && last.updates.length < MAX_BATCH) last.updates.push(update);
      else batches.push({ atMs, updates: [update] });
    }
    return batches;
  } finally {
    document.doc.destroy();
  }
}

async function storeHistory(
  { served, log }: ImportParts,
  batches: readonly { atMs: number; updates: NewUpdate[] }[],
): Promise<Result<Imported, ImportRefusal>> {
  let stored = 0;
  for (const { atMs, updates } of batches) {
    const result = await log.appendAfter(served.name, stored, { id: randomUUID(), atMs, updates });
    const isForged = result?.appended.some((one) => 'ownedBy' in one) ?? false;
    if (result === undefined || isForged)
      return fail({ reason: 'refused', why: 'somebody writes there now; import it again' });
    stored += updates.length;
  }
  return ok({ updates: stored, withHistory: true });
}

async function storeState(
  { served, log, nowMs }: ImportParts,
  bytes: Uint8Array,
): Promise<Result<Imported, ImportRefusal>> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { doc, known } = await loadRoomDocument(served, log);
    const checked = authorizeUpdate(doc, bytes, {
      roots: served.roots,
      writable: rootsOf(served),
      maxUpdateBytes: Number.MAX_SAFE_INTEGER,
    });
    doc.destroy();
    if (!checked.ok) return fail({ reason: 'refused', why: describe(checked.error) });
    if (checked.value.roots.size === 0) return ok({ updates: 0, withHistory: false });
    const update = { bytes, actor: IMPORTER, claims: [], carried: true };
    const batch = { id: randomUUID(), atMs: nowMs, updates: [update] };
    if ((await log.appendAfter(served.name, known, batch)) !== undefined)
      return ok({ updates: 1, withHistory: false });
  }
  return fail({ reason: 'refused', why: 'too much is written there now; try again later' });
}

const rootsOf = (served: ServedDocument): ReadonlySet<string> => new Set(Object.keys(served.roots));
const claimsOf = ({ newClocks }: Authorized): readonly number[] => [...newClocks.keys()];

function describe(refusal: UpdateRefusal): string {
  switch (refusal.reason) {
    case 'unknown-root':
    case 'forbidden-root':
      return `it has a part "${refusal.root}" that such a document has not`;
    case 'missing-dependency':
      return 'it is a part of a document only';
    case 'malformed':
    case 'too-large':
    case 'cyclic':
    case 'future-deletion':
    case 'foreign-content':
      return `its bytes are not what this program writes (${refusal.reason})`;
  }
}

import { migrateDocument } from '../document/migrate-document.ts';
import { planRetirement, retireGenerations } from '../document/retire.ts';
import { retireRules } from '../document/retire-rules.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { StreamId } from '../model/ids.ts';
import { withTheirPasts } from './archive-retired.ts';
import { contextOf, readyDocument, type ReplicaCore } from './replica-core.ts';
import type { DocumentName, StoreFailure } from './replica-store.ts';
import { storeEdits } from './store-edits.ts';

/** What a desk does by itself as long as no server does it; with a team, nothing here does anything. */

/**
 * Takes what is over out of the catalogue: into the archive first, durably, then out of the document. Answers how many
 * records went to the archive.
 */
export async function retireAlone(core: ReplicaCore): Promise<Result<number, StoreFailure>> {
  if (core.team !== null || core.archive === undefined) return ok(0);
  const ready = await readyDocument(core, 'catalogue');
  if (!ready.ok) return ready;
  const shown = await streamsOnWalls(core);
  if (!shown.ok) return shown;
  const { catalogue } = core;
  const rules = retireRules(core.clock.nowMs(), (id) => shown.value.has(id));
  const retirement = planRetirement(catalogue.doc(), catalogue.projection(), rules);
  if (retirement.generations.length === 0) return ok(0);
  const records = await withTheirPasts(core.archive, retirement.archived);
  if (!records.ok) return records;
  const archived = await core.archive.put(records.value);
  if (!archived.ok) return archived;
  retireGenerations(catalogue.doc(), catalogue.projection(), retirement, contextOf(core));
  const stored = await storeWritten(core, 'retire');
  return stored.ok ? ok(retirement.archived.length) : stored;
}

/** Brings the catalogue up to this program's version. One that holds nothing stays so: it may be the first copy of a team's. */
export async function migrateAlone(core: ReplicaCore): Promise<Result<undefined, StoreFailure>> {
  if (core.team !== null || core.catalogue.doc().store.clients.size === 0) return ok(undefined);
  migrateDocument(core.catalogue.doc());
  return storeWritten(core, 'migrate');
}

/** What stands on any wall, the bench and archived walls included, is still needed. */
async function streamsOnWalls(core: ReplicaCore): Promise<Result<ReadonlySet<StreamId>, StoreFailure>> {
  const shown = new Set<StreamId>();
  const { resolve } = core.catalogue.view();
  const names = await core.store.documents();
  if (!names.ok) return names;
  for (const name of names.value.filter((known) => known !== 'catalogue')) {
    const ready = await readyDocument(core, name);
    if (!ready.ok) return ready;
  }
  for (const wall of core.walls.values()) {
    const { tiles, bench } = wall.view();
    for (const { stream } of [...tiles, ...bench]) shown.add(resolve(stream));
  }
  return ok(shown);
}

async function storeWritten(
  core: ReplicaCore,
  type: 'retire' | 'migrate',
): Promise<Result<undefined, StoreFailure>> {
  const document: DocumentName = 'catalogue';
  const bytes = core.catalogue.takeBytes();
  if (bytes === null) return ok(undefined);
  const edit = { document, bytes, unsaved: false, command: { type }, atMs: core.clock.nowMs() };
  const stored = await storeEdits(core, [edit]);
  if (!stored.ok) {
    await readyDocument(core, document);
    return stored;
  }
  core.catalogue.tell();
  return ok(undefined);
}

import { ArchivedStream } from '../document/archived-stream.ts';
import type { CatalogueCommand } from '../document/command.ts';
import { planCatalogue } from '../document/plan-catalogue.ts';
import { readStreamUrl, streamIdOf } from '../model/stream-url.ts';
import { archiveId } from './archive-retired.ts';
import { contextOf, type ReplicaCore } from './replica-core.ts';

type RestoreStream = Extract<CatalogueCommand, { type: 'restore-stream' }>;

/**
 * A link that is added again may be a stream of the archive. Answers the command that brings it back with its past, to be
 * sent before the one that adds it; undefined when there is none, it is here already, or adding it would be refused. An
 * archive that does not answer keeps nobody from adding.
 */
export async function findInArchive(
  core: ReplicaCore,
  command: Extract<CatalogueCommand, { type: 'add-stream' }>,
): Promise<RestoreStream | undefined> {
  const link = readStreamUrl(command.link);
  if (core.archive === undefined || !link.ok) return undefined;
  const id = streamIdOf(link.value.url);
  const view = core.catalogue.view();
  if (view.streams.has(view.resolve(id))) return undefined;
  if (!planCatalogue(core.catalogue.projection(), command, contextOf(core)).ok) return undefined;
  const found = await core.archive.get(archiveId('streams', id));
  if (!found.ok || found.value === undefined) return undefined;
  const record = ArchivedStream.safeParse(found.value.record);
  return record.success ? { type: 'restore-stream', id, record: record.data } : undefined;
}

import { ok, type Result } from '../kernel/result.ts';
import {
  ARCHIVE_PAGE,
  readTeamArchive,
  showArchived,
  type ArchiveFound,
  type ReadArchive,
} from '../protocol/archive-search.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { AskServer } from '../protocol/team-history.ts';
import type { Replica } from './replica.ts';

/** Searches the archive of the team; of this copy alone where there is none, or it cannot be asked. */
export async function readArchive(
  replica: Pick<Replica, 'searchArchive'>,
  ask: AskServer | undefined,
  wanted: ReadArchive,
): Promise<Result<ArchiveFound, Refusal>> {
  const asked = ask === undefined ? undefined : await readTeamArchive(ask, wanted);
  if (asked?.ok === true) return asked;
  const { text, fromMs, untilMs, offset } = wanted;
  const here = await replica.searchArchive({
    ...{ text, offset, limit: ARCHIVE_PAGE },
    ...(fromMs === null ? {} : { fromMs }),
    ...(untilMs === null ? {} : { untilMs }),
  });
  if (!here.ok)
    return { ok: false, error: { reason: 'not-stored', message: here.error.words, retryable: true } };
  const { total, records } = here.value;
  return ok({ total, found: records.flatMap(showArchived), isComplete: asked === undefined });
}

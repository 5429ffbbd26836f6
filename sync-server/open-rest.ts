import { randomUUID } from 'node:crypto';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { nameActors } from './accounts/name-actors.ts';
import type { AnswerStore } from './answers/answer-store.ts';
import type { AuditRecorder } from './audit/audit-recorder.ts';
import type { ServerConfig } from './config.ts';
import type { OpenRooms } from './documents/open-rooms.ts';
import type { PresenceBoard } from './documents/presence-board.ts';
import type { StoredListener } from './documents/told-here.ts';
import type { Timers } from './documents/timers.ts';
import type { RestApiParts } from './gateway/rest-v1/create-rest-api.ts';
import { shapeChanges } from './gateway/rest-v1/shape-changes.ts';
import type { Store } from './open-store.ts';
import { createSqlBroughtBackBook } from './postgres/sql-brought-back-book.ts';
import { createSqlProjectionStore, readStanding } from './postgres/sql-projection-store.ts';
import type { Sql } from './postgres/sql.ts';
import { createSqlWebhookStore } from './postgres/sql-webhook-store.ts';
import { CatalogueDesk } from './projection/catalogue-desk.ts';
import { CatalogueListener } from './projection/catalogue-listener.ts';
import { createChangeFeed } from './projection/change-feed.ts';
import { createRecordReads } from './projection/record-reads.ts';
import { createStreamReads, type StreamReads } from './projection/stream-reads.ts';
import { TableFollower, type FollowerParts } from './projection/table-follower.ts';
import { WallDesk } from './projection/wall-desk.ts';
import { noteRests } from './audit/note-rests.ts';
import { Lifecycle } from './retirement/lifecycle.ts';
import { createStreamRests } from './retirement/stream-rests.ts';
import { startRules } from './rules/start-rules.ts';
import { Courier } from './webhooks/courier.ts';
import { createSender } from './webhooks/https-sender.ts';

type Parts = {
  readonly store: Store;
  readonly rooms: OpenRooms;
  /** Tells from now on what this instance stores. */
  readonly onStored: (listener: StoredListener) => void;
  readonly board: PresenceBoard;
  readonly answers?: AnswerStore | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly settings: StreamSettings;
  /** Whether writes wait now. */
  readonly isResting: () => boolean;
  /** Takes down in the audit what the server does by itself. */
  readonly audit: Pick<AuditRecorder, 'note' | 'count'>;
  /** Of which platforms nothing new is taken now. */
  readonly pausedPlatforms: RestApiParts['pausedPlatforms'];
};

export type StreamSettings = Pick<
  ServerConfig,
  'archiveAfterMinutes' | 'continueWithinMinutes' | 'enforcesIgnore' | 'webhookOrigins'
>;

export const usualStreams: StreamSettings = {
  ...{ archiveAfterMinutes: 30, continueWithinMinutes: 30, enforcesIgnore: true, webhookOrigins: [] },
};

const MINUTE_MS = 60_000;

export type Rest = {
  readonly parts: RestApiParts;
  /** Begins what the server does about streams by itself. */
  readonly start: () => void;
  /** Lets go of who follows, and ends what is under way. */
  readonly stop: () => Promise<void>;
};

/** The catalogue for programs that ask over HTTP. Undefined for a store without tables, as tests have. */
export function openRest({ store, settings, isResting, onStored, ...given }: Parts): Rest | undefined {
  const { sql, log, archive, accounts, leases } = store;
  if (sql === undefined) return undefined;
  const { rooms, board, clock, timers, logger } = given;
  const newBatchId = randomUUID;
  const shared = { log, rooms, clock, timers, logger, newBatchId };
  const desk = new CatalogueDesk({ ...shared, tables: createSqlProjectionStore(sql) });
  const walls = new WallDesk(shared);
  const reads = createStreamReads(sql);
  const feed = createChangeFeed(sql);
  const rests = createStreamRests(sql);
  const listener = new CatalogueListener({ ...shared, desk });
  const webhooks = createSqlWebhookStore(sql);
  const holder = randomUUID();
  const { webhookOrigins } = settings;
  const courier = new Courier({
    ...{ store: webhooks, feed, rests, leases, clock, timers, logger, holder },
    send: createSender(webhookOrigins),
    shape: async (changes) => shapeChanges({ reads }, changes, 'viewer'),
    follow: () => listener.follow(),
  });
  const lifecycle = new Lifecycle({
    ...{ desk, feed, sql, rests, leases, clock, timers, logger, holder, isResting },
    note: noteRests(given.audit),
    onWalls: async () => walls.streamsOnWalls(),
    rules: rulesOf(settings),
  });
  const ending = new AbortController();
  let stops: readonly (() => Promise<void>)[] = [];
  return {
    parts: {
      ...{ desk, walls, reads, records: createRecordReads(sql), sql, log, archive, board, clock },
      users: accounts.users,
      broughtBack: createSqlBroughtBackBook(sql),
      names: async () => nameActors(accounts),
      version: async () => versionOf(store, desk),
      readList: createFreshList(store, desk, reads),
      ...{ answers: given.answers, pausedPlatforms: given.pausedPlatforms },
      ...{ feed, rests, listener, timers, logger, ending: ending.signal, webhooks, courier, webhookOrigins },
    },
    start: () => {
      const stopRules = startRules({
        ...{ ...given, ...shared, ...accounts, desk, walls, leases, holder, isResting },
      });
      const stopFollower = startFollower({ ...given, sql, name: store.name, desk, onStored });
      stops = [courier.start(), lifecycle.start(), stopRules, stopFollower];
    },
    stop: async () => {
      ending.abort();
      await Promise.all(stops.map(async (stop) => stop()));
    },
  };
}

/** Nobody but this server reads the tables of an embedded database: there they follow when they are asked for. */
function startFollower(
  parts: Omit<FollowerParts, 'standing'> & Pick<Parts, 'onStored'> & { name: Store['name']; sql: Sql },
): () => Promise<void> {
  const { name, sql, onStored } = parts;
  if (name === 'embedded') return async () => Promise.resolve();
  const follower = new TableFollower({ ...parts, standing: async () => readStanding(sql) });
  onStored((document, last) => {
    if (document === 'catalogue') follower.stored(last);
  });
  return follower.start();
}

const rulesOf = (settings: StreamSettings) => ({
  enforcesIgnore: settings.enforcesIgnore,
  restAfterMs: settings.archiveAfterMinutes * MINUTE_MS,
  continueWithinMs: settings.continueWithinMinutes * MINUTE_MS,
});

/** What is asked before every read; on a Postgres it is one question. */
async function versionOf({ name, sql, log }: Store, desk: CatalogueDesk): Promise<string> {
  const inTables = "SELECT number AS beside FROM projection WHERE document = 'beside'";
  const both = `SELECT (${inTables}) AS beside, (SELECT last FROM documents WHERE name = 'catalogue') AS last`;
  const [row] = (await sql?.query(name === 'postgres' ? both : inTables, [], `version-${name}`)) ?? [];
  const last = name === 'postgres' ? Number(row?.['last'] ?? 0) : await log.last('catalogue');
  return `${String(await desk.reach(last))} ${String(row?.['beside'])}`;
}

/** Lists are read at once, and once more when the tables turn out to lack something. */
function createFreshList({ name }: Store, desk: CatalogueDesk, reads: StreamReads): StreamReads['list'] {
  return async (filter, part) => {
    // What an embedded server has stored is in its tables a moment later; there, asking first costs nothing.
    if (name === 'embedded') await desk.fresh();
    const list = await reads.list(filter, part);
    if (name === 'embedded' || list.number >= list.last) return list;
    await desk.reach(list.last);
    return reads.list(filter, part);
  };
}

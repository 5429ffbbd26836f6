import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { listPeople } from '#shared/protocol/team-presence.ts';
import { readWorkerPresence } from '#shared/protocol/worker-presence.ts';
import { must } from './collect/test-collector.ts';
import { fakeKey, SPREADSHEET, startFakeSheet } from './google-sheets/test-fake-sheet.ts';
import { ownerOf } from './stream-status/share-streams.ts';
import {
  createFakeWeb,
  platformHosts,
  sendJson,
  subjectOf,
  type FakeWeb,
} from './stream-status/test-fake-web.ts';
import { openTestDesk } from './test-desk.ts';
import { startTestSyncServer, type TestSyncServer } from './test-sync-server.ts';
import { startTeamProgram, type RunningProgram } from './test-team-program.ts';

/** Outages of a team's programs, each a process of its own, as a desk of the team sees them. */

type Desk = Awaited<ReturnType<typeof openTestDesk>>;

const stops: (() => Promise<unknown> | void)[] = [];
let server: TestSyncServer;
let desk: Desk;
let serviceKey: string;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'team-outages-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

beforeAll(async () => {
  server = await startTestSyncServer(newFolder());
  stops.push(server.stop);
  desk = await openTestDesk(server.url, await server.key('operator'));
  stops.push(desk.quit);
  serviceKey = await server.key('service', 'ignore');
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const patience = { timeout: 30_000, interval: 50 };
const idOf = (link: string) => subjectOf(link).id;
const statusOf = (id: StreamId) => desk.replica.catalogue().streams.get(id)?.status;
const add = async (link: string) =>
  must(
    await desk.replica.send({
      document: 'catalogue',
      command: { type: 'add-stream', link: Link.parse(link) },
    }),
  );
const others = () => desk.sync.presence('catalogue').others();
/** What the bar of the control room says of the team's bots. */
const botsInTheBar = () =>
  listPeople([others()]).flatMap(({ kind, name, trouble }) => (kind === 'bot' ? [{ name, trouble }] : []));

let wishes = 0;
/** As the menu of a row does. */
const checkNow = (ids: readonly StreamId[]) => {
  wishes += 1;
  desk.sync.presence('catalogue').setOwn({ name: 'Ann', checkNow: { ids, n: wishes } });
};

describe('three checkers of a team', () => {
  const CHECKERS = 3;
  /** What Twitch's page may be asked in this time, by all together. */
  const SPACING_MS = 1000;
  const logins = Array.from({ length: 30 }, (_, n) => `channel_${n}`);
  const linkOf = (login: string) => `https://www.twitch.tv/${login}`;
  const ids = logins.map((login) => idOf(linkOf(login)));
  const live = new Set(['channel_0']);
  /** Every status that the first channel, which is live all the time, was ever shown with. */
  const shown = new Set<string | undefined>();
  const checkers = new Map<string, RunningProgram>();
  let web: FakeWeb;

  const requestsTo = (host: string, since = 0) => web.asked.slice(since).filter((each) => each.host === host);
  const askedOnPage = (since: number): readonly string[] =>
    requestsTo('gql.twitch.tv', since).flatMap(({ body }) =>
      Object.values((JSON.parse(body) as { variables: Record<string, string> }).variables),
    );

  function playTwitch(): void {
    const startedAt = '2026-08-01T10:00:00Z';
    web.on('id.twitch.tv', sendJson({ access_token: 'token', expires_in: 5_000_000 }));
    web.on('api.twitch.tv', (request, response) => {
      const asked = request.query.getAll(request.path === '/helix/users' ? 'login' : 'user_login');
      const data =
        request.path === '/helix/users'
          ? asked.map((login) => ({ login }))
          : asked
              .filter((login) => live.has(login))
              .map((login) => ({ user_login: login, type: 'live', title: 'On', started_at: startedAt }));
      sendJson({ data })(request, response);
    });
    web.on('gql.twitch.tv', (request, response) => {
      const { variables } = JSON.parse(request.body) as { variables: Record<string, string> };
      const users = Object.entries(variables).map(([name, login]) => {
        const stream = live.has(login) ? { type: 'live', createdAt: startedAt } : null;
        return [name.replace('l', 'u'), { login, stream }];
      });
      sendJson({ data: Object.fromEntries(users) })(request, response);
    });
  }

  beforeAll(async () => {
    web = await createFakeWeb({ nowMs: () => Date.now() });
    stops.push(web.close);
    playTwitch();
    for (const login of logins) await add(linkOf(login));
    const started = await Promise.all(
      Array.from({ length: CHECKERS }, () =>
        startTeamProgram('stream-status/index.ts', {
          STREAMWALL_INGEST_DATA: newFolder(),
          STREAMWALL_SERVER: server.url,
          STREAMWALL_KEY: serviceKey,
          TWITCH_CLIENT_ID: 'id',
          TWITCH_CLIENT_SECRET: 'secret',
          STREAMWALL_STAND_INS: platformHosts.map((host) => `${host}=${web.origin}`).join(','),
        }),
      ),
    );
    for (const checker of started) {
      checkers.set(checker.words.replace('checking as ', ''), checker);
      stops.push(checker.kill);
    }
    await vi.waitFor(() => {
      const shares = [...readWorkerPresence(others()).values()].flatMap(
        ({ checker }) => checker?.streams ?? [],
      );
      expect(shares).toHaveLength(CHECKERS);
      expect(shares.reduce((sum, streams) => sum + streams, 0)).toBe(ids.length);
      expect(ids.map(statusOf)).toEqual(logins.map((login) => (live.has(login) ? 'live' : 'offline')));
    }, patience);
    desk.replica.onCatalogue(() => shown.add(statusOf(ids[0]!)));
  });
  afterAll(async () => {
    for (const checker of checkers.values()) await checker.kill();
  });

  it('[LS18] [LS4] the key is revoked: every desk reads why, the pages are asked in its place, and nobody insists', async () => {
    expect(botsInTheBar()).toEqual([{ name: 'status ×3', trouble: undefined }]);
    web.on('id.twitch.tv', sendJson({ status: 403, message: 'invalid client secret' }, 403));
    web.on('api.twitch.tv', sendJson({ status: 401, message: 'Invalid OAuth token' }, 401));
    live.add('channel_1');
    const revoked = web.asked.length;
    await vi.waitFor(
      () => {
        checkNow(ids);
        expect(statusOf(ids[1]!)).toBe('live');
        expect(new Set(askedOnPage(revoked)).size).toBe(ids.length);
      },
      { ...patience, interval: 500 },
    );
    await vi.waitFor(
      () =>
        expect(
          [...readWorkerPresence(others()).values()].map(({ checker }) => checker?.troubles),
        ).toMatchObject(
          Array.from({ length: CHECKERS }, () => [
            { host: 'api.twitch.tv', cause: 'key', reason: 'Twitch does not accept our key.' },
          ]),
        ),
      patience,
    );
    expect(botsInTheBar()).toEqual([
      { name: 'status ×3', trouble: 'api.twitch.tv: Twitch does not accept our key.' },
    ]);
    // Each has tried its token, and asked for another once; all later wishes went to the page.
    expect(requestsTo('api.twitch.tv', revoked).length).toBeLessThanOrEqual(CHECKERS);
    expect(requestsTo('id.twitch.tv', revoked).length).toBeLessThanOrEqual(CHECKERS);
  });

  it('[LS18] [LS11] [LS9] one is killed: the others have its streams, within what one may ask, and nobody looks offline', async () => {
    const names = [...checkers.keys()];
    const victim = ownerOf(ids[0]!, names) ?? '';
    const lost = logins.filter((_, n) => ownerOf(ids[n]!, names) === victim);
    const back = lost.at(-1)!;
    const [killed, killedAt] = [web.asked.length, Date.now()];
    await checkers.get(victim)?.kill();
    checkers.delete(victim);
    live.add(back);
    // People ask impatiently; the pace is kept all the same.
    await vi.waitFor(
      () => {
        checkNow(ids);
        expect(statusOf(idOf(linkOf(back)))).toBe('live');
        expect(lost.filter((login) => !askedOnPage(killed).includes(login))).toEqual([]);
      },
      { ...patience, interval: 250 },
    );
    const requests = requestsTo('gql.twitch.tv', killed).length;
    const atOnce = 2 * checkers.size;
    expect(requests).toBeLessThanOrEqual((Date.now() - killedAt) / SPACING_MS + atOnce);
    expect([...shown]).toEqual(['live']);
    await vi.waitFor(() => expect(botsInTheBar()).toMatchObject([{ name: 'status ×2' }]), patience);
  });
});

describe('the sheet of a team', () => {
  it('[GS3] [GS8] [GS11] has what every desk has; out of reach, every desk reads why, and all is written once it is back', async () => {
    const sheet = await startFakeSheet({
      Livesheet: [
        ['Link', 'Source', 'Status'],
        ['twitch.tv/ann', 'Ann'],
      ],
    });
    stops.push(sheet.close);
    const folder = newFolder();
    const keyFile = join(folder, 'key.json');
    writeFileSync(keyFile, JSON.stringify({ type: 'service_account', ...fakeKey }));
    const keepSheet = async () => {
      const running = await startTeamProgram('google-sheets/index.ts', {
        STREAMWALL_INGEST_DATA: folder,
        STREAMWALL_SERVER: server.url,
        STREAMWALL_KEY: serviceKey,
        GOOGLE_SHEET_ID: SPREADSHEET,
        GOOGLE_CREDENTIALS_PATH: keyFile,
        GOOGLE_SHEETS_ROOT_URL: sheet.rootUrl,
        SHEET_SYNC_SECONDS: '5',
      });
      stops.push(running.kill);
      return running;
    };
    const expectShown = (trouble: string | undefined, waiting: number) =>
      vi.waitFor(() => {
        expect(botsInTheBar()).toEqual([{ name: 'sheet', trouble }]);
        const shown = [...readWorkerPresence(others()).values()].map((each) => each.sheet);
        expect(shown).toMatchObject([{ mode: 'sheet-first', waiting }]);
      }, patience);
    const rowsOf = (link: string) => sheet.tabs.get('Livesheet')?.filter(([each]) => each === link).length;

    await add('https://kick.com/bob');
    const first = await keepSheet();
    await vi.waitFor(() => {
      expect(desk.replica.catalogue().streams.get(idOf('https://www.twitch.tv/ann'))?.source).toBe('Ann');
      expect(rowsOf('https://kick.com/bob')).toBe(1);
    }, patience);
    expect(await (await fetch(first.metrics)).text()).toMatch(/^streamwall_sheet_rows \d+$/m);
    await expectShown(undefined, 0);

    sheet.trouble = { status: 403 };
    await add('https://kick.com/first');
    const unshared = 'Google does not let us at this sheet: share it with the service account.';
    await expectShown(unshared, 1);
    const health = await fetch(new URL('/healthz', first.metrics));
    expect([health.status, await health.json()]).toEqual([503, { isWell: false, words: unshared }]);

    await first.kill();
    sheet.trouble = { status: 404 };
    await add('https://kick.com/second');
    const second = await keepSheet();
    await expectShown('There is no such sheet.', 2);
    sheet.trouble = undefined;
    await expectShown(undefined, 0);
    expect(['first', 'second', 'bob'].map((name) => rowsOf(`https://kick.com/${name}`))).toEqual([1, 1, 1]);
    expect(statusOf(idOf('https://kick.com/first'))).toBeDefined();
    expect(await second.end()).toBe(0);
  });
});

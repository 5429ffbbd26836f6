import { beforeEach, describe, expect, it } from 'vitest';
import { WINDOW_MS, type AuditTally, type NewAuditEntry } from './audit-entry.ts';
import type { AuditQuery, AuditStore } from './audit-store.ts';

const entry = (over: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  ...{ atMs: 1_000, actor: 'user:ana', via: 'account', action: 'user.changed', target: 'user:2' },
  ...{ from: '192.0.2.1', before: { role: 'viewer' }, after: { role: 'operator' } },
  ...over,
});
const tally = (over: Partial<AuditTally> = {}): AuditTally => ({
  ...{ windowMs: 0, sinceMs: 10, atMs: 10, actor: 'service:bot', via: 'document', action: 'changed status' },
  ...{ target: 'catalogue/streams', from: undefined, count: 1, samples: ['a'] },
  ...over,
});

/** What every audit promises, whatever keeps it. Each test looks for what it added itself: nothing can be cleared. */
export function describeAuditStore(name: string, open: () => AuditStore): void {
  describe(`audit: ${name}`, () => {
    let audit: AuditStore;
    let own: string;
    let opened = 0;
    beforeEach(() => {
      audit = open();
      own = `test-${name}-${String((opened += 1))}`;
    });
    const mine = (over: Partial<NewAuditEntry> = {}) => entry({ actor: own, ...over });
    const find = async (query: Partial<AuditQuery> = {}) => audit.list({ limit: 100, actor: own, ...query });
    const targets = async (query: Partial<AuditQuery>) => (await find(query)).map(({ target }) => target);

    it('[AU6] keeps what it is told, and shows the newest first, page by page', async () => {
      const before = { text: 'zero \0 and half \ud800 of a sign', list: [1, null] };
      await audit.append([mine(), mine({ atMs: 2_000, before, after: null, from: undefined })], []);
      const [newest, oldest] = await find();
      expect(oldest).toEqual({ ...mine(), number: oldest?.number, sinceMs: 1_000, count: 1 });
      expect(newest).toMatchObject({ atMs: 2_000, after: null, before: { list: [1, null] } });
      expect(newest?.from ?? undefined).toBeUndefined();
      expect(await find({ limit: 1 })).toEqual([newest]);
      expect(await find({ limit: 9, before: newest?.number ?? 0 })).toEqual([oldest]);
    });

    it('[AU6] finds by person, kind, target, time and words', async () => {
      await audit.append(
        [
          mine({ target: 'user:1', via: 'account', atMs: 100 }),
          mine({ target: 'catalogue/streams/abc', via: 'document', action: 'added', atMs: 200 }),
          mine({ target: 'bot:100%_x', via: 'flag', from: '2001:db8::7', atMs: 300 }),
        ],
        [],
      );
      expect(await targets({ via: 'flag' })).toEqual(['bot:100%_x']);
      expect(await targets({ target: 'catalogue/' })).toEqual(['catalogue/streams/abc']);
      expect(await targets({ action: 'add' })).toEqual(['catalogue/streams/abc']);
      expect(await targets({ from: '2001:db8:' })).toEqual(['bot:100%_x']);
      expect(await targets({ from: '192.0.2.1', via: 'account' })).toEqual(['user:1']);
      expect((await targets({ changed: 'OPERATOR' })).length).toBe(3);
      expect(await targets({ changed: 'admin' })).toEqual([]);
      expect(await targets({ search: 'ADDED' })).toEqual(['catalogue/streams/abc']);
      expect(await targets({ search: '100%_' })).toEqual(['bot:100%_x']);
      expect(await targets({ search: '2001:DB8' })).toEqual(['bot:100%_x']);
      expect(await targets({ search: '%' })).toEqual(['bot:100%_x']);
      expect(await targets({ sinceMs: 200, untilMs: 300 })).toEqual(['catalogue/streams/abc']);
      expect(await audit.list({ limit: 5, actor: 'nobody' })).toEqual([]);
    });

    it('[AU3] takes the updates of a document once, whoever reads them', async () => {
      const document = `wall:${own}`;
      const read = { document, after: 0, upTo: 5, entries: [mine({ target: document })], tallies: [] };
      expect(await audit.take(read)).toBe(true);
      expect(await audit.take(read)).toBe(false);
      expect(await audit.take({ ...read, after: 4, upTo: 6 })).toBe(false);
      expect((await audit.progress()).get(document)).toBe(5);
      expect(await audit.take({ ...read, after: 5, upTo: 6, entries: [] })).toBe(true);
      expect((await find()).length).toBe(1);
    });

    it('[AU2] knows where an edit came from by where its author connected from before it', async () => {
      const at = (via: NewAuditEntry['via'], atMs: number, from?: string) =>
        mine({ via, atMs, from, target: via });
      await audit.append([at('socket', 10, '192.0.2.7'), at('socket', 30, '192.0.2.8')], []);
      const entries = [at('document', 20), at('document', 40), at('document', 5)];
      await audit.take({ document: `wall:${own}`, after: 0, upTo: 3, entries, tallies: [] });
      const found = await find({ via: 'document' });
      expect(found.map(({ atMs, from }) => `${String(atMs)} ${from ?? '?'}`)).toEqual([
        '5 ?',
        '40 192.0.2.8',
        '20 192.0.2.7',
      ]);
    });

    it('[AU2] knows where an edit came from by the request that it answers to, or by where its author came in', async () => {
      const at = (via: NewAuditEntry['via'], atMs: number, from?: string) =>
        mine({ via, atMs, from, target: via });
      const document = `wall:${own}`;
      await audit.append([at('account', 10, '192.0.2.1'), at('http', 9_030, '192.0.2.2')], []);
      const entries = [at('document', 20), at('document', 9_000), at('document', 50_000)];
      await audit.take({ document, after: 0, upTo: 3, entries, tallies: [] });
      expect((await find({ via: 'document' })).map(({ from }) => from)).toEqual([
        ...['192.0.2.2', '192.0.2.2', '192.0.2.1'],
      ]);
      const bot = `${own}-bot`;
      const request = tally({ actor: bot, via: 'http', action: 'PATCH', from: '192.0.2.9' });
      await audit.append([], [request]);
      const edits = [tally({ actor: bot, windowMs: 0 }), tally({ actor: 'nobody', windowMs: 0 })];
      await audit.take({ document, after: 3, upTo: 5, entries: [], tallies: edits });
      const open = (await audit.tallies(1_000)).filter(({ via }) => via === 'document');
      expect(open.find(({ actor }) => actor === bot)?.from).toBe('192.0.2.9');
    });

    it('[AU4] a bot’s thousand deeds become one entry when their time is over', async () => {
      const deeds = Array.from({ length: 1_000 }, (_, index) =>
        tally({ actor: own, atMs: index, sinceMs: index, samples: [`s${String(index)}`] }),
      );
      await audit.append([], deeds.slice(0, 400));
      await audit.take({
        document: `wall:${own}`,
        after: 0,
        upTo: 1,
        entries: [],
        tallies: deeds.slice(400),
      });
      await audit.append(
        [],
        [tally({ actor: own, windowMs: WINDOW_MS, atMs: WINDOW_MS, sinceMs: WINDOW_MS })],
      );
      expect(await find()).toEqual([]);
      const open = (await audit.tallies(1_000)).filter(({ actor }) => actor === own);
      expect(open.map(({ count }) => count)).toEqual([1, 1_000]);
      await audit.closeTallies(WINDOW_MS);
      const [summary, ...more] = await find();
      expect(more).toEqual([]);
      expect(summary).toMatchObject({ count: 1_000, sinceMs: 0, atMs: 999, action: 'changed status' });
      expect(summary?.after).toEqual({ 'for instance': expect.any(Array) as unknown });
      await audit.closeTallies(Number.MAX_SAFE_INTEGER);
      expect((await find()).map(({ count }) => count)).toEqual([1, 1_000]);
    });

    it('[AU4] sums up what has nothing to show for instance', async () => {
      const deed = tally({ actor: own, samples: [] });
      await audit.append([], [deed]);
      await audit.take({ document: `wall:${own}`, after: 0, upTo: 1, entries: [], tallies: [deed] });
      const open = (await audit.tallies(1_000)).filter(({ actor }) => actor === own);
      expect(open).toMatchObject([{ count: 2, samples: [] }]);
      await audit.closeTallies(WINDOW_MS);
      expect(await find()).toMatchObject([{ count: 2, after: null }]);
    });

    it('[AU6] counts deeds of a kind over time', async () => {
      const action = `added by ${own}`;
      await audit.append(
        [
          mine({ action, atMs: 1_200 }),
          mine({ action, atMs: 1_900 }),
          mine({ action, atMs: 5_000, target: 'x' }),
        ],
        [
          tally({ actor: own, action, target: 'user:9', atMs: 3_100, count: 7 }),
          tally({ actor: own, atMs: 3_100 }),
        ],
      );
      const counts = await audit.counts({ action, target: 'user:', sinceMs: 0, stretchMs: 1_000 });
      expect([...counts].toSorted(([a], [b]) => a - b)).toEqual([
        [1_000, 2],
        [3_000, 7],
      ]);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { unknownYet, type Memory } from './belief.ts';
import { createCheckBook, type Checked } from './check-book.ts';
import type { Routes } from './create-routes.ts';
import { intervalOf } from './due-times.ts';
import { hostAnswered, hostStarted, hostTroubled, isResting, mayStart, newHost } from './host-state.ts';
import { judgeReading } from './judge-reading.ts';
import { defaultPolicy } from './policy.ts';
import { GONE_AFTER_MS, presentCheckers, seeCheckers } from './present-checkers.ts';
import { answer, noAnswer, type Reading } from './reading.ts';
import { ownerOf } from './share-streams.ts';
import { sameForAll, type StatusRoute } from './status-route.ts';
import { subjectOf } from './test-fake-web.ts';

const NOW = Date.UTC(2026, 7, 1, 12);
const SECOND = 1000;
const MINUTE = 60_000;
const live = answer('live', 'It is live.', '');
const offline = answer('offline', 'It is over.', '');
const gone = answer('gone', 'It is gone.', '');
const down = noAnswer('down', 'They are down.', '');
const fresh: Memory = { belief: unknownYet, details: {}, silences: 0, isFinal: false };

function play(steps: readonly (readonly [seconds: number, reading: Reading])[], from: Memory = fresh) {
  let memory = from;
  const shown: string[] = [];
  for (const [seconds, reading] of steps) {
    memory = judgeReading(memory, reading, 'twitch', NOW + seconds * SECOND, defaultPolicy);
    shown.push(memory.belief.isMaybeEnded ? 'maybe ended' : memory.belief.status);
  }
  return { memory, shown };
}

describe('what is believed', () => {
  it('[LS5] a live stream is offline after the platform’s flap time and two reads that agree; until then it may have ended', () => {
    expect(
      play([
        [0, live],
        [60, offline],
        [100, offline],
        [136, offline],
      ]).shown,
    ).toEqual(['live', 'maybe ended', 'maybe ended', 'offline']);
    expect(
      play([
        [0, live],
        [60, offline],
        [600, offline],
      ]).shown,
    ).toEqual(['live', 'maybe ended', 'offline']);
  });

  it('[LS5] one read that was wrong, or a platform that flaps, changes nothing for long', () => {
    expect(
      play([
        [0, live],
        [30, offline],
        [75, live],
        [120, live],
      ]).shown,
    ).toEqual(['live', 'maybe ended', 'live', 'live']);
    expect(
      play([
        [0, live],
        [60, offline],
        [100, live],
        [160, offline],
      ]).shown.at(-1),
    ).toBe('maybe ended');
  });

  it('[LS5] what goes live is live at once', () => {
    expect(
      play([
        [0, offline],
        [60, live],
      ]).shown,
    ).toEqual(['offline', 'live']);
    expect(
      play([
        [0, gone],
        [120, gone],
        [200, live],
      ]).shown,
    ).toEqual(['unknown', 'gone', 'live']);
  });

  it('[LS5] “gone” takes two reads as well, whatever was believed', () => {
    expect(
      play([
        [0, offline],
        [60, gone],
        [70, gone],
        [140, gone],
      ]).shown,
    ).toEqual(['offline', 'offline', 'offline', 'gone']);
    expect(
      play([
        [0, live],
        [60, offline],
        [140, gone],
        [220, gone],
      ]).shown,
    ).toEqual(['live', 'maybe ended', 'maybe ended', 'gone']);
  });

  it('[LS6] silence keeps what is known for a while, then says since when and why nothing is', () => {
    const { shown, memory } = play([
      [0, live],
      [120, down],
      [500, down],
      [601, down],
      [700, live],
    ]);
    expect(shown).toEqual(['live', 'live', 'live', 'unknown', 'live']);
    expect(memory.silences).toBe(0);
    expect(
      play([
        [0, offline],
        [3600, down],
        [21_601, down],
      ]).shown,
    ).toEqual(['offline', 'offline', 'unknown']);
    expect(play([[0, down]]).memory.belief).toMatchObject({
      status: 'unknown',
      reason: 'They are down.',
      cause: 'down',
    });
  });

  it('[LS7] the words stay while the status does, so that nothing that only ticks is news', () => {
    const first = play([[0, live]]).memory;
    const later = play([[60, answer('live', 'Other words.', '')]], first).memory;
    expect(later.belief).toBe(first.belief);
    const still = play([
      [0, down],
      [60, noAnswer('down', 'They are down (502).', '')],
    ]).memory;
    expect(still.belief.reason).toBe('They are down.');
    const gone2 = play([
      [0, down],
      [60, noAnswer('login', 'They want a login.', '')],
    ]).memory;
    expect(gone2.belief.reason).toBe('They want a login.');
  });
});

describe('when a stream is asked about', () => {
  const interval = (memory: Partial<Memory>, more: object = {}) =>
    intervalOf(
      { ...fresh, ...memory },
      { platform: 'tiktok', isBatched: false, ...more },
      NOW,
      defaultPolicy,
    );
  const idle = (ms: number): Partial<Memory> => ({
    belief: { ...unknownYet, status: 'offline' },
    lastLiveAt: NOW - ms,
  });

  it('[LS8] live ones soonest, what ended a moment ago nearly as often, the dead rarely, what is over for good hardly ever', () => {
    const order = [
      interval({ belief: { ...unknownYet, status: 'live' } }),
      interval(idle(5 * MINUTE)),
      interval(idle(8 * 3_600_000)),
      interval(idle(3 * 86_400_000)),
      interval(idle(60 * 86_400_000)),
      interval({ ...idle(0), isFinal: true }),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(6);
  });

  it('[LS8] a scheduled one shortly before it is to begin, and often when it is late', () => {
    const upcoming = (startsAt: number) =>
      interval({ belief: { ...unknownYet, status: 'upcoming' }, details: { startsAt } });
    expect(upcoming(NOW + 8 * 3_600_000)).toBe(defaultPolicy.single.quiet);
    expect(upcoming(NOW + 36 * MINUTE)).toBe(20 * MINUTE);
    expect(upcoming(NOW + 11 * MINUTE)).toBe(defaultPolicy.single.expected);
    expect(upcoming(NOW - MINUTE)).toBe(defaultPolicy.single.expected);
    expect(upcoming(NOW - 48 * 3_600_000)).toBe(defaultPolicy.single.quiet);
  });

  it('[LS8] who begins at this time of day, or comes and goes, is expected', () => {
    const hour = 3_600_000;
    const yesterday = (hoursAgo: number) =>
      interval({ ...idle(20 * hour), lastStartedAt: NOW - hoursAgo * hour });
    expect(yesterday(24.5)).toBe(defaultPolicy.single.expected);
    expect(yesterday(23.5)).toBe(defaultPolicy.single.expected);
    expect(yesterday(30)).toBe(defaultPolicy.single.recent);
    const often = { lastStartedAt: NOW - 2.5 * hour, earlierStartedAt: NOW - 4 * hour };
    expect(interval({ ...idle(hour), ...often })).toBe(defaultPolicy.single.expected);
    expect(interval({ ...idle(hour), lastStartedAt: NOW - 2.5 * hour })).toBe(defaultPolicy.single.recent);
  });

  it('[LS8] what has been live for long is looked at less, up to a bound', () => {
    const live = (minutes: number) =>
      interval({ belief: { ...unknownYet, status: 'live' }, lastStartedAt: NOW - minutes * MINUTE });
    expect([live(1), live(75), live(10_000)]).toEqual([
      3.5 * MINUTE,
      3.75 * MINUTE,
      defaultPolicy.single.longLive,
    ]);
  });

  it('[LS8] a doubt is settled after the flap time, silence is asked less and less', () => {
    expect(interval({ doubt: { status: 'offline', sinceMs: NOW, reads: 1 } })).toBe(
      defaultPolicy.defaultFlapMs,
    );
    const silent = [1, 2, 3, 9, 99].map((silences) => interval({ silences }));
    expect(silent).toEqual([3.5, 7, 14, 120, 120].map((minutes) => minutes * MINUTE));
  });

  it('[LS8] a priority asks more often, never more rarely', () => {
    expect(interval(idle(60 * 86_400_000), { priority: 100 })).toBeLessThan(2 * MINUTE);
    expect(interval(idle(60 * 86_400_000), { priority: 50 })).toBeLessThan(10 * MINUTE);
    expect(interval(idle(5 * MINUTE), { priority: 0 })).toBe(interval(idle(5 * MINUTE)));
  });
});

describe('a host', () => {
  it('[LS9] is left alone for as long as it asks, then tried with one request', () => {
    const told = hostTroubled(
      hostStarted(newHost, 100, NOW),
      { cause: 'rate-limited', reason: '', retryAfterMs: 120_000 },
      NOW,
      0,
    );
    expect(isResting(told, NOW + 119_999)).toBe(true);
    expect(mayStart(told, 5, NOW + 120_000)).toBe(true);
    const trying = hostStarted(told, 0, NOW + 120_000);
    expect(mayStart(trying, 5, NOW + 121_000)).toBe(false);
    expect(mayStart(hostAnswered(trying), 5, NOW + 121_000)).toBe(true);
  });

  it('[LS9] that is in trouble three times in a row is left alone, longer every time', () => {
    let host = newHost;
    const rests: number[] = [];
    let now = NOW;
    for (let n = 0; n < 10; n += 1) {
      host = hostTroubled(hostStarted(host, 0, now), { cause: 'down', reason: '' }, now, 0.5);
      rests.push(Math.max(0, host.restsUntil - now));
      now = Math.max(now, host.restsUntil);
    }
    expect(rests.slice(0, 5)).toEqual([0, 0, 60_000, 120_000, 120_000]);
    expect(rests.at(-1)).toBe(120_000);
  });

  it('[LS9] is asked by no more than so many at once, and not faster than its spacing', () => {
    let host = newHost;
    let started = 0;
    for (let ms = 0; ms < 10_000; ms += 100) {
      if (!mayStart(host, 2, NOW + ms)) continue;
      host = hostAnswered(hostStarted(host, 1000, NOW + ms));
      started += 1;
    }
    expect(started).toBeLessThanOrEqual(13);
    const two = hostStarted(hostStarted(newHost, 0, NOW), 0, NOW);
    expect(mayStart(two, 2, NOW + 5000)).toBe(false);
  });
});

/** Two routes for one platform; what was asked of which is written down. */
function bookOf(batchSize: number, spacingMs = 0) {
  const route = (name: string): StatusRoute => ({
    name,
    hostOf: () => name,
    canRead: () => true,
    batchSize,
    concurrency: 2,
    spacingMs,
    read: () => Promise.reject(new Error('nothing is sent in these tests')),
  });
  const routes = { twitch: [route('key'), route('web')] } as unknown as Routes;
  return createCheckBook(routes, defaultPolicy, () => 0.5);
}

const streams: readonly Checked[] = Array.from({ length: 250 }, (_, n) => ({
  subject: subjectOf(`https://www.twitch.tv/channel_${n}`),
  memory: fresh,
}));

describe('the book of checks', () => {
  it('[LS10] asks for many in one request, and fills it with those that are due soon', () => {
    const book = bookOf(100);
    book.setStreams(streams, NOW);
    const first = book.take(NOW);
    expect(first.map(({ subjects }) => subjects.length)).toEqual([100, 100]);
    expect(book.take(NOW)).toEqual([]);
    for (const round of first) book.settle(round, sameForAll(round.subjects, live), NOW);
    expect(book.take(NOW)).toEqual([]);
    expect(book.take(NOW + defaultPolicy.gatherNewMs - 1)).toEqual([]);
    const [rest] = book.take(NOW + defaultPolicy.gatherNewMs);
    expect(rest?.subjects.length).toBe(50);
  });

  it('[LS9] three checkers together ask a host no faster than one alone, each one request at a time', () => {
    const askedBy = (checkers: number) => {
      const book = bookOf(1, SECOND);
      book.shareHosts(checkers);
      book.setStreams(streams, NOW);
      const rounds = [];
      let atOnce = 0;
      for (let ms = 0; ms < 90 * SECOND; ms += 100) {
        const now = book.take(NOW + ms);
        for (const round of now) book.settle(round, sameForAll(round.subjects, offline), NOW + ms);
        rounds.push(...now);
        atOnce = Math.max(atOnce, now.length);
      }
      return { atOnce, asked: rounds.length };
    };
    const [alone, ofThree] = [askedBy(1), askedBy(3)];
    expect(alone.asked).toBeGreaterThan(80);
    expect(3 * ofThree.asked).toBeLessThanOrEqual(alone.asked + 3);
    expect(ofThree.atOnce).toBe(1);
  });

  it('[LS10] waits a little for others where one that was asked about before is due', () => {
    const book = bookOf(100);
    book.setStreams(streams.slice(0, 10), NOW);
    const [round] = book.take(NOW + defaultPolicy.gatherNewMs);
    if (round !== undefined) book.settle(round, sameForAll(round.subjects, live), NOW);
    const due = NOW + defaultPolicy.batched.live;
    expect(book.take(due + defaultPolicy.gatherMs - 1)).toEqual([]);
    expect(book.take(due + defaultPolicy.gatherMs).map(({ subjects }) => subjects.length)).toEqual([10]);
  });

  it('[LS10] takes the next way when the first is in trouble, and goes back when that is well', () => {
    const book = bookOf(100);
    book.setStreams(streams.slice(0, 1), NOW);
    const settle = (now: number, reading: Reading) => {
      const [round] = book.take(now);
      if (round !== undefined) book.settle(round, sameForAll(round.subjects, reading), now);
      return round?.route.name;
    };
    expect(settle(NOW + defaultPolicy.gatherMs, noAnswer('key', 'Refused.', ''))).toBe('key');
    expect(settle(NOW + 5 * MINUTE, live)).toBe('web');
    expect(settle(NOW + 20 * MINUTE, live)).toBe('key');
    expect(book.hosts().get('key')?.trouble).toBeUndefined();
  });

  it('[LS10] asks at once for what a person wants to know now, and about nothing that was taken off', () => {
    const book = bookOf(1);
    book.setStreams(streams.slice(0, 3), NOW);
    for (const round of book.take(NOW)) book.settle(round, sameForAll(round.subjects, offline), NOW);
    for (const round of book.take(NOW)) book.settle(round, sameForAll(round.subjects, offline), NOW);
    expect(book.take(NOW + SECOND)).toEqual([]);
    const wanted = streams[1]!.subject;
    book.checkNow([wanted.id], NOW + SECOND);
    const [round] = book.take(NOW + SECOND);
    expect(round?.subjects).toEqual([wanted]);
    book.setStreams(streams.slice(0, 1), NOW + SECOND);
    expect(book.settle(round!, sameForAll([wanted], live), NOW + SECOND)).toEqual([]);
    expect(book.memoryOf(wanted.id)).toBeUndefined();
  });
});

describe('several checkers', () => {
  const names = ['alpha', 'beta', 'gamma'];
  const ids = Array.from({ length: 3000 }, (_, n) => `stream-${n}`);

  it('[LS11] divide the streams evenly, and agree without a word', () => {
    const owners = ids.map((id) => ownerOf(id, names));
    for (const name of names)
      expect(owners.filter((owner) => owner === name).length / ids.length).toBeCloseTo(1 / 3, 1);
    expect(ids.map((id) => ownerOf(id, ['gamma', 'alpha', 'beta']))).toEqual(owners);
    expect(ownerOf('x', [])).toBeUndefined();
  });

  it('[LS11] when one dies only its streams move, well within 15 s; one that comes back gets its own again', () => {
    let seen = seeCheckers(
      new Map(),
      names.map((name) => ({ name, beat: 1 })),
      NOW,
    );
    const before = ids.map((id) => ownerOf(id, presentCheckers(seen, 'alpha', NOW)));
    for (let ms = 4000; ms <= 12_000; ms += 4000)
      seen = seeCheckers(
        seen,
        [
          { name: 'alpha', beat: ms },
          { name: 'beta', beat: 1 },
          { name: 'gamma', beat: ms },
        ],
        NOW + ms,
      );
    const present = presentCheckers(seen, 'alpha', NOW + 12_000);
    expect(present).toEqual(['alpha', 'gamma']);
    expect(GONE_AFTER_MS).toBeLessThan(15_000);
    const after = ids.map((id) => ownerOf(id, present));
    expect(after.filter((owner, n) => before[n] !== 'beta' && owner !== before[n])).toEqual([]);
    seen = seeCheckers(seen, [{ name: 'beta', beat: 2 }], NOW + 12_000);
    expect(ids.map((id) => ownerOf(id, presentCheckers(seen, 'alpha', NOW + 12_000)))).toEqual(before);
  });

  it('[LS11] do not believe names that nobody has, nor any number of them', () => {
    const crowd = Array.from({ length: 5000 }, (_, n) => ({ name: `c${n}`, beat: 1 }));
    const seen = seeCheckers(
      new Map(),
      [{ name: 'a b', beat: 1 }, { name: 'x'.repeat(999), beat: 1 }, ...crowd],
      NOW,
    );
    expect(seen.size).toBe(64);
    expect(presentCheckers(new Map(), 'me', NOW)).toEqual(['me']);
  });
});

import { createHosts, type SimulatedHosts } from './hosts.ts';
import { createRandom } from './random.ts';
import { createRecord, type DayRecord } from './record.ts';
import { DAY_MS, isLive, isOriginals, isWithin, type SimulatedStream, type World } from './world.ts';

const MINUTE = 60_000;
const pages: Readonly<Record<string, string>> = {
  twitch: 'www.twitch.tv',
  youtube: 'www.youtube.com',
  tiktok: 'www.tiktok.com',
};

export type Played = Readonly<{ record: DayRecord; hosts: SimulatedHosts }>;

/**
 * The original livesheet updater on this day: all rows again and again, those that are due (2 minutes after a live one was
 * checked, 7 after any other) one after another by page, no time limit, results written when the cycle is through, then
 * 10 to 20 s of sleep. A failure is recorded nowhere. Only Twitch, YouTube and TikTok; what else is in the list stays.
 */
export function playOriginal(world: World, seed: number): Played {
  const random = createRandom(seed);
  const record = createRecord(world);
  const hosts = createHosts(world);
  const rows = world.streams.filter(isOriginals);
  const checkedAt = new Map(rows.map(({ subject }) => [subject.id, -random() * 7 * MINUTE]));
  const lastLiveAt = new Map(rows.map(({ subject, lastLive }) => [subject.id, lastLive]));
  let at = 0;
  while (at < DAY_MS) {
    const isDue = ({ subject: { id } }: SimulatedStream) =>
      at - (checkedAt.get(id) ?? 0) > (record.shownAt(id) === 'live' ? 2 : 7) * MINUTE;
    const rank = ({ subject: { id } }: SimulatedStream) =>
      record.shownAt(id) === 'live' ? 2 : at - (lastLiveAt.get(id) ?? 0) < 20 * MINUTE ? 1 : 0;
    const due = rows.filter(isDue).sort((a, b) => rank(b) - rank(a));
    const results: { readonly stream: SimulatedStream; readonly live: boolean }[] = [];
    for (const stream of due) {
      const meeting = hosts.meet(pages[stream.subject.platform] ?? '', at);
      // A system's own limit ends a connection that hangs.
      at += meeting === 'hang' ? 20_000 : 200 + random() * 600;
      if (meeting === 'answer') results.push({ stream, live: readMarkers(stream, at, random) });
      if (at >= DAY_MS) break;
    }
    for (const { stream, live } of results) {
      record.show(stream.subject.id, live ? 'live' : 'offline', at);
      checkedAt.set(stream.subject.id, at);
      if (live) lastLiveAt.set(stream.subject.id, at);
    }
    at += 10_000 + random() * 10_000;
  }
  return { record, hosts };
}

/** Its markers are looked for anywhere on a page: now and then a recommended video is live. */
function readMarkers(stream: SimulatedStream, at: number, random: () => number): boolean {
  if (isLive(stream, at)) return !isWithin(stream.blips, at) && random() > MISSED;
  return stream.subject.platform === 'youtube' && random() < 0.005;
}

/** How often a platform leaves a live stream out of an answer. */
export const MISSED = 0.001;

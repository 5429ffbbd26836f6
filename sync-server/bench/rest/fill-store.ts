import { createStampClock, stampMs } from '#shared/kernel/stamp.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { Link } from '#shared/model/stream.ts';
import { streamIdOf } from '#shared/model/stream-url.ts';
import type { ServerArchive } from '../../archive/server-archive.ts';

const PLATFORMS = ['twitch', 'youtube', 'kick', 'tiktok', 'facebook'] as const;
const CITIES = ['Austin', 'Portland', 'Chicago', 'Minneapolis', 'Berlin', 'Oakland', 'Seattle', 'Denver'];
export const WORDS = [
  'march',
  'river',
  'bridge',
  'night',
  'square',
  'copter',
  'downtown',
  'parade',
  'harbor',
  'signal',
];
const AT_ONCE = 1_000;

/** Puts streams as they are after years into the archive; there, a hundred thousand are usual. */
export async function fillArchive(archive: ServerArchive, count: number): Promise<void> {
  const stamps = createStampClock(systemClock, 'bench000');
  for (let from = 0; from < count; from += AT_ONCE) {
    const records = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => {
      const n = from + i;
      const birth = stamps.next();
      const platform = PLATFORMS[n % PLATFORMS.length] ?? 'twitch';
      const link = Link.parse(`https://${platform}.example/${String(n)}`);
      const fields = {
        ...{
          link,
          platform,
          code: `c${n.toString(36)}`,
          title: titleOf(n),
          source: `person ${String(n % 4_000)}`,
        },
        ...{ city: CITIES[n % CITIES.length] ?? '', region: 'TX', notes: `seen near ${titleOf(n * 7)}` },
        ...{ status: { s: 'offline', at: stampMs(birth), by: 'service:bench' }, addedBy: 'service:bench' },
      };
      const stored = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, { value, stamp: birth }]),
      );
      return {
        id: `streams/${streamIdOf(link)}`,
        atMs: stampMs(birth),
        record: { births: [birth], fields: stored },
      };
    });
    const put = await archive.put(records);
    if (!put.ok) throw new Error(put.error.words);
  }
}

const titleOf = (n: number): string =>
  `${WORDS[n % WORDS.length] ?? ''} ${WORDS[Math.floor(n / 10) % WORDS.length] ?? ''} ${n.toString(36)}x`;

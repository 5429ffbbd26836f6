import type { Platform } from '#shared/model/stream.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import type { Subject } from '../status-route.ts';
import { createRandom } from './random.ts';

/**
 * A made-up day of 5,000 streams, the same for everybody who checks it. Broadcasts begin and end; some flap in their first
 * minute; now and then a platform leaves a live stream out of an answer; hosts are down, hang, or ask for patience.
 * Times are in ms since the day began, unless they say otherwise.
 */
export const DAY_MS = 24 * 60 * 60_000;
export const START_AT = Date.UTC(2026, 7, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export type Span = Readonly<{ from: number; to: number }>;

export type SimulatedStream = Readonly<{
  subject: Subject;
  /** When it is live, as the platform itself would say it; in order, apart. */
  live: readonly Span[];
  /** It is off for a moment though it is live: within the first 75 s. */
  blips: readonly Span[];
  /** When it was live last before this day began, as a time before zero. */
  lastLive: number;
  /** When that broadcast began. */
  lastStart: number;
  /** It is a broadcast with an address of its own. */
  isVideo: boolean;
}>;

export type HostTrouble = Span & Readonly<{ kind: 'down' | 'hang' | 'blocked' }>;

export type World = Readonly<{
  streams: readonly SimulatedStream[];
  troubles: ReadonlyMap<string, readonly HostTrouble[]>;
}>;

const shares: readonly (readonly [Platform, number])[] = [
  ['twitch', 0.32],
  ['youtube', 0.28],
  ['tiktok', 0.12],
  ['kick', 0.1],
  ['rumble', 0.04],
  ['x', 0.04],
  ['facebook', 0.04],
  ['instagram', 0.03],
  ['dlive', 0.01],
  ['direct', 0.01],
  ['other', 0.01],
];

/** Whoever is asked in this day, and how many requests a minute it takes from one address. */
export const hostLimits: ReadonlyMap<string, number> = new Map([
  ['api.twitch.tv', 800],
  ['www.twitch.tv', 600],
  ['www.googleapis.com', 600],
  // Guests are said to get about five; far more, so that nobody is beaten by this alone.
  ['www.youtube.com', 120],
  ['www.tiktok.com', 300],
  ['api.kick.com', 300],
  ['rumble.com', 120],
  ['api.x.com', 120],
  ['graphigo.prd.dlive.tv', 120],
  ['media.example.com', 600],
]);

export function createWorld(count: number, seed: number): World {
  const random = createRandom(seed);
  const streams = Array.from({ length: count }, (_, n) =>
    makeStream(platformAt((n + 0.5) / count), n, random),
  );
  const troubles = new Map([...hostLimits.keys()].map((host) => [host, makeTroubles(random)]));
  return { streams, troubles };
}

function platformAt(share: number): Platform {
  let sum = 0;
  return shares.find(([, part]) => (sum += part) >= share)?.[0] ?? 'other';
}

function makeStream(platform: Platform, n: number, random: () => number): SimulatedStream {
  const isVideo = (platform === 'youtube' && random() < 0.9) || platform === 'x' || platform === 'rumble';
  const { live, lastLive, lastStart } = isVideo ? oneBroadcast(random) : broadcasts(random);
  const blips = live.flatMap(({ from, to }) => (random() < 0.05 ? blipOf(from, to, random) : []));
  return { subject: subjectOf(platform, n, isVideo), live, blips, lastLive, lastStart, isVideo };
}

type Past = Pick<SimulatedStream, 'live' | 'lastLive' | 'lastStart'>;

/** A video: three in four are over, the others begin, run or end today. */
function oneBroadcast(random: () => number): Past {
  const before = -random() * 30 * DAY_MS;
  if (random() < 0.75) return { live: [], lastLive: before, lastStart: before - 2 * HOUR };
  const from = Math.floor(random() * 1.2 * DAY_MS - 0.2 * DAY_MS);
  return {
    live: within([{ from, to: from + duration(random) }]),
    lastLive: Math.min(from, -1),
    lastStart: Math.min(from, -1),
  };
}

/** A channel: dead, quiet, daily, or one that comes and goes all day. */
function broadcasts(random: () => number): Past {
  const kind = random();
  if (kind < 0.4) return past(-(15 + random() * 300) * DAY_MS, random() < 0.01 ? [anyTime(random)] : []);
  if (kind < 0.6) return past(-(2 + random() * 12) * DAY_MS, random() < 0.12 ? [anyTime(random)] : []);
  if (kind < 0.92) return daily(random);
  const bursts: Span[] = [];
  let at = random() * 6 * HOUR;
  while (at < DAY_MS) {
    const to = at + (10 + random() * 50) * MINUTE;
    bursts.push({ from: at, to });
    at = to + (6 + random() * 120) * MINUTE;
  }
  return past(-random() * 6 * HOUR, bursts);
}

/** Yesterday at some time; today, most of them, at about the same. Three in ten begin when they please, some twice. */
function daily(random: () => number): Past {
  const yesterday = -random() * DAY_MS;
  const lasted = duration(random);
  if (random() < 0.15) return past(yesterday + lasted, []);
  const habit = (random() + random() + random() - 1.5) * HOUR;
  const first = random() < 0.7 ? { from: yesterday + DAY_MS + habit, to: 0 } : anyTime(random);
  const today = [{ from: first.from, to: first.from + duration(random) }];
  if (random() < 0.3) today.push(anyTime(random));
  const running = yesterday + lasted > 0 ? [{ from: 0, to: yesterday + lasted }] : [];
  return { ...past(Math.min(-1, yesterday + lasted), [...running, ...today]), lastStart: yesterday };
}

const anyTime = (random: () => number): Span => {
  const from = random() * DAY_MS;
  return { from, to: from + duration(random) };
};

const past = (lastLive: number, live: readonly Span[]): Past => ({
  live: apart(live),
  lastLive,
  lastStart: lastLive - 2 * HOUR,
});

/** In order, and ten minutes apart; what would run into another is left out. */
function apart(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from))
    if (span.from > (kept.at(-1)?.to ?? -DAY_MS) + 6 * MINUTE) kept.push(span);
  return within(kept);
}

/** Half an hour to eight hours, mostly about two. */
const duration = (random: () => number) => Math.floor((0.5 + 7.5 * random() * random()) * HOUR);

const within = (spans: readonly Span[]): readonly Span[] =>
  spans
    .map(({ from, to }) => ({ from: Math.max(0, Math.floor(from)), to: Math.min(DAY_MS, Math.floor(to)) }))
    .filter(({ from, to }) => to > from);

function blipOf(from: number, to: number, random: () => number): readonly Span[] {
  const start = from + 15_000 + random() * 20_000;
  return [{ from: start, to: Math.min(to, start + 10_000 + random() * 30_000) }];
}

/** One or two bad times a day, of five to thirty minutes, for every host. */
function makeTroubles(random: () => number): readonly HostTrouble[] {
  const kinds = ['down', 'hang', 'blocked'] as const;
  return Array.from({ length: random() < 0.5 ? 1 : 2 }, () => {
    const from = random() * DAY_MS;
    return { from, to: from + (5 + random() * 25) * MINUTE, kind: kinds[Math.floor(random() * 3)] ?? 'down' };
  });
}

const links: Readonly<Record<Platform, (n: number, isVideo: boolean) => string>> = {
  twitch: (n) => `https://www.twitch.tv/channel_${n}`,
  youtube: (n, isVideo) =>
    isVideo
      ? `https://www.youtube.com/watch?v=v${String(n).padStart(10, '0')}`
      : `https://www.youtube.com/channel/UC${String(n).padStart(22, '0')}/live`,
  kick: (n) => `https://kick.com/channel-${n}`,
  tiktok: (n) => `https://www.tiktok.com/@person${n}/live`,
  facebook: (n) => `https://www.facebook.com/watch/?v=${1_000_000 + n}`,
  instagram: (n) => `https://www.instagram.com/person${n}/live`,
  rumble: (n) => `https://rumble.com/embed/v${n.toString(36)}x`,
  dlive: (n) => `https://dlive.tv/Person${n}`,
  x: (n) => `https://x.com/i/broadcasts/1Owx${String(n).padStart(9, '0')}`,
  direct: (n) => `https://media.example.com/${n}.m3u8`,
  other: (n) => `https://page.example.com/${n}`,
};

function subjectOf(platform: Platform, n: number, isVideo: boolean): Subject {
  const read = readStreamUrl(links[platform](n, isVideo));
  if (!read.ok) throw new Error(`${platform}: ${read.error.message}`);
  return { id: streamIdOf(read.value.url), platform, url: read.value };
}

export const isWithin = (spans: readonly Span[], at: number) =>
  spans.some(({ from, to }) => at >= from && at < to);

export const isLive = (stream: SimulatedStream, at: number) => isWithin(stream.live, at);

/** Platforms that tell an outsider at all. */
export const telling = new Set<Platform>([
  'twitch',
  'youtube',
  'kick',
  'tiktok',
  'rumble',
  'x',
  'dlive',
  'direct',
]);

/** Platforms whose links the original checks. */
const originals = new Set<Platform>(['twitch', 'youtube', 'tiktok']);

/** It takes no channels of YouTube. */
export const isOriginals = ({ subject, isVideo }: SimulatedStream) =>
  originals.has(subject.platform) && (subject.platform !== 'youtube' || isVideo);

export const isTelling = ({ subject }: SimulatedStream) => telling.has(subject.platform);

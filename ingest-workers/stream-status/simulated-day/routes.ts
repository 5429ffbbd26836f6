import type { Platform } from '#shared/model/stream.ts';
import { createRoutes, type Routes } from '../create-routes.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';
import type { StatusRoute, Subject } from '../status-route.ts';
import type { Meeting } from './hosts.ts';
import { MISSED } from './original.ts';
import { isLive, isWithin, START_AT, telling, type SimulatedStream } from './world.ts';

/** The real ways to ask, with keys, so that the day is lived with their batches and their pace. Nothing is sent. */
export function simulatedRoutes(): Routes {
  const key = { clientId: 'none', clientSecret: 'none' };
  const fetch = () => Promise.reject(new Error('nothing is sent in a simulated day'));
  return createRoutes(
    { fetch, clock: { nowMs: () => START_AT } },
    { twitch: key, kick: key, youtube: 'none' },
  );
}

/** The way that is taken when all is well. */
export const bestRoute = (routes: Routes, subject: Subject): StatusRoute | undefined =>
  routes[subject.platform].find((route) => route.canRead(subject));

/** What the platform says of a stream at this moment. */
export function tell(stream: SimulatedStream, at: number, random: () => number): Reading {
  const { platform } = stream.subject;
  if (!telling.has(platform)) return silentOf(platform);
  if (isLive(stream, at) && !isWithin(stream.blips, at) && random() > MISSED)
    return answer('live', 'It is live.', '');
  const hasBegun = stream.live.some(({ from }) => from <= at) || stream.live.length === 0;
  if (stream.isVideo && !hasBegun) {
    const startsAt = START_AT + (stream.live[0]?.from ?? 0);
    // People begin when they please, up to a quarter of an hour from when they said.
    return answer('upcoming', 'It is scheduled.', '', {
      startsAt: startsAt + (random() - 0.5) * 30 * 60_000,
    });
  }
  const isOver = stream.isVideo && stream.live.every(({ to }) => to <= at);
  return answer('offline', 'It is over.', '', { isFinal: isOver });
}

const silentOf = (platform: Platform) =>
  platform === 'other'
    ? noAnswer('no-way', 'It does not say.', '')
    : noAnswer('login', 'It wants a login.', '');

export function troubleOf(meeting: Exclude<Meeting, 'answer'>): Reading {
  switch (meeting) {
    case 'limited':
      return noAnswer('rate-limited', 'Slower.', '', 60_000);
    case 'hang':
      return noAnswer('unreachable', 'It did not answer in time.', '');
    case 'blocked':
      return noAnswer('blocked', 'It turned us away.', '');
    case 'down':
      return noAnswer('down', 'It is in trouble.', '');
  }
}

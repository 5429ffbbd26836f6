import type { StreamView } from '#shared/document/view.ts';
import type { Platform } from '#shared/model/stream.ts';
import type { StatusTone } from '../ui/StatusMark.tsx';
import { messages as statusMessages } from '../status/messages.ts';
import { messages } from './messages.ts';
import { agoWords, spanWords } from './time-words.ts';
import { locale } from './language.ts';

/** How a stream is spoken of, wherever it is shown. */

/** What a person calls it: its label, else title, else source, else its address. Never empty. */
export function streamName(stream: StreamView): string {
  return stream.label?.trim() || stream.title?.trim() || stream.source?.trim() || shortLink(stream.link);
}

/** A second thing to know it by, if there is one that the name does not say: its source, else its address. */
export function streamOrigin(stream: StreamView): string {
  const source = stream.source?.trim();
  return source !== undefined && source !== '' && source !== streamName(stream)
    ? source
    : shortLink(stream.link);
}

/** "Albuquerque, NM"; empty where no place is known. A country only stands where there is no region. */
export function streamPlace(stream: StreamView): string {
  const parts = [stream.city?.trim(), stream.region?.trim() || stream.country?.trim()];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** An address without what all addresses have. */
export function shortLink(link: string): string {
  return link.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
}

/** How a checker begins the reason of a live stream whose end is not certain yet. */
const MAYBE_ENDED = /^Maybe ended: /;

export function isMaybeEnded({ status, statusReason }: StreamView): boolean {
  return status === 'live' && statusReason !== undefined && MAYBE_ENDED.test(statusReason);
}

/** Why it is thought to be so, and whether a person said it; empty where nobody knows. */
export function streamStateReason(stream: StreamView, nowMs: number): string {
  const { statusReason = '', manualUntil, noCheck } = stream;
  return [
    statusReason,
    ...(manualUntil !== undefined && manualUntil > nowMs
      ? [statusMessages.setByHand(new Date(manualUntil).toLocaleString(locale))]
      : []),
    ...(noCheck === true ? [`${statusMessages.dontCheck}.`] : []),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** How a stream is doing and since when: "live 2 h 14 min", "ended 3 h ago". */
export function streamStateWords(stream: StreamView, nowMs: number): string {
  switch (stream.status) {
    case 'live':
      if (isMaybeEnded(stream)) return statusMessages.maybeEnded;
      return stream.startedAt !== undefined && stream.startedAt <= nowMs
        ? messages.liveFor(spanWords(nowMs - stream.startedAt))
        : messages.live;
    case 'upcoming':
      return stream.startedAt !== undefined && stream.startedAt > nowMs
        ? messages.startsIn(spanWords(stream.startedAt - nowMs))
        : messages.upcoming;
    case 'offline': {
      const lastMs = stream.endedAt ?? stream.lastLiveAt;
      return lastMs === undefined ? messages.offline : messages.ended(agoWords(lastMs, nowMs));
    }
    case 'gone':
      return messages.gone;
    case 'unknown':
      return stream.statusAt === undefined ? messages.notChecked : messages.unknown;
  }
}

const viewersFormat = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

/** "1.2K watching". */
export function viewersWords(viewers: number): string {
  return messages.watching(viewersFormat.format(viewers));
}

export function streamTone(stream: StreamView): StatusTone {
  return stream.status === 'gone' ? 'offline' : stream.status;
}

export const platformNames: Readonly<Record<Platform, string>> = {
  twitch: 'Twitch',
  youtube: 'YouTube',
  kick: 'Kick',
  tiktok: 'TikTok',
  facebook: 'Facebook',
  instagram: 'Instagram',
  rumble: 'Rumble',
  dlive: 'DLive',
  x: 'X',
  direct: messages.directMedia,
  other: messages.webPage,
};

import type { StreamId } from '#shared/model/ids.ts';
import { readSighting, type SightedStream, type Sighting } from '#shared/model/read-sighting.ts';
import { createAuthorLimiter } from './author-limit.ts';
import type { ChatMessage } from './chat-message.ts';
import type { CollectorParts } from './collector-parts.ts';
import { decideMessage, type ChannelRule } from './decide-message.ts';
import type { NewMessage, ReceivedEntry } from './inbox.ts';
import { createPlaceBook, type PlaceBook } from './place-book.ts';
import type { Verdict } from './verdict.ts';

/** Reads messages against the catalogue of the moment, and remembers what was decided and is not in it yet. */
export type Decider = {
  /** Undefined when a message holds no stream, or nothing new. */
  readonly read: (message: ChatMessage) => NewMessage | undefined;
  /** Decides about a message that had to wait, its short links resolved as far as they can be. */
  readonly decideLater: (entry: ReceivedEntry) => Promise<Decision>;
  /** What was decided is in the catalogue now, or will never be. */
  readonly release: (verdicts: readonly Verdict[]) => void;
  /** After a start: what was decided before and is not applied yet. */
  readonly claim: (verdicts: readonly Verdict[]) => void;
};

export type Decision = { readonly row: number; readonly verdicts: readonly Verdict[] };

/** A channel that is not in the configuration any more; what was taken from it is still brought to its end. */
const FORMER_CHANNEL: ChannelRule = { moderated: true, directMedia: false };

export function createDecider(parts: CollectorParts): Decider {
  const { inbox, replica, tally, users } = parts;
  const limiter = createAuthorLimiter(parts.authorLimit);
  const underWay = new Map<StreamId, number>();
  const placesOf = rememberPlaces(parts);

  const claim = (verdicts: readonly Verdict[]) => {
    for (const verdict of verdicts)
      if (verdict.kind === 'add') underWay.set(verdict.id, (underWay.get(verdict.id) ?? 0) + 1);
  };
  const release = (verdicts: readonly Verdict[]) => {
    for (const verdict of verdicts) {
      if (verdict.kind !== 'add') continue;
      const others = (underWay.get(verdict.id) ?? 0) - 1;
      if (others > 0) underWay.set(verdict.id, others);
      else underWay.delete(verdict.id);
    }
  };
  const decide = (message: ChatMessage, sighting: Sighting): readonly Verdict[] => {
    const verdicts = decideMessage(message, sighting, parts.ruleOf(message.channel) ?? FORMER_CHANNEL, {
      catalogue: replica.catalogue(),
      places: placesOf(),
      underWay: (id) => underWay.has(id),
      users,
      waitsForSheet: parts.waitsForSheet,
      isOff: parts.isOff ?? (() => false),
      admit: () => limiter.admit(message.authorId, message.atMs),
    });
    claim(verdicts);
    return verdicts;
  };
  const readText = (message: ChatMessage) => {
    const directMedia = (parts.ruleOf(message.channel) ?? FORMER_CHANNEL).directMedia;
    return readSighting(message.text, placesOf().cities, { directMedia });
  };

  return {
    claim,
    release,
    read(message) {
      const sighting = readText(message);
      for (const { reason } of sighting.refused) tally.refused(reason);
      if (sighting.streams.length === 0) return undefined;
      const before = inbox.linksOf(message.channel, message.id, message.version);
      if (before === 'taken') return undefined;
      const streams = sighting.streams.filter(({ url }) => !before.includes(url));
      tally.found(streams.length);
      if (streams.length === 0) return undefined;
      const links = streams.map(({ url }) => url);
      if (!parts.isReady() || streams.some(({ short }) => short)) return { message, links };
      return { message, links, verdicts: decide(message, { ...sighting, streams }) };
    },
    async decideLater({ row, message, links }) {
      const sighting = readText(message);
      const own = sighting.streams.filter(({ url }) => links.includes(url));
      const streams = onePerLink(await Promise.all(own.map((stream) => resolve(parts, stream))));
      return { row, verdicts: decide(message, { ...sighting, streams }) };
    },
  };
}

async function resolve(
  { resolveShort, logger }: CollectorParts,
  stream: SightedStream,
): Promise<SightedStream> {
  if (stream.short !== true) return stream;
  const { city, region, text } = stream;
  const resolved = await resolveShort(stream);
  if (resolved.ok) return { ...resolved.value, city, region, text };
  logger.info('a short link is kept as it is', { link: stream.url, why: resolved.error.words });
  return stream;
}

function onePerLink(streams: readonly SightedStream[]): readonly SightedStream[] {
  const first = new Map<string, SightedStream>();
  for (const stream of streams) if (!first.has(stream.url)) first.set(stream.url, stream);
  return [...first.values()];
}

/** The known places, made anew only when they have changed. */
function rememberPlaces({ replica }: CollectorParts): () => PlaceBook {
  let { locations } = replica.catalogue();
  let places = createPlaceBook({ locations });
  return () => {
    const now = replica.catalogue().locations;
    if (now !== locations) {
      locations = now;
      places = createPlaceBook({ locations });
    }
    return places;
  };
}

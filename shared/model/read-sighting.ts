import type { CityIndex, Place } from './city-index.ts';
import { findLinks, type FindLinksOptions, type RefusedLink } from './find-links.ts';
import { readPlaces } from './read-place.ts';
import type { StreamUrl } from './stream-url.ts';

/** A stream that somebody posted, and where it is as far as the message says. */
export type SightedStream = StreamUrl &
  Place & {
    /** The link as it was written. */
    readonly text: string;
  };

/** What a message says about streams. Nothing in it has been asked of the network. */
export type Sighting = {
  /** In message order, one for each canonical URL. */
  readonly streams: readonly SightedStream[];
  /** The place of the message; of several, that of the first stream. */
  readonly city: string | null;
  readonly region: string | null;
  /** Links that were seen and not taken, in message order, with the reason for a person. */
  readonly refused: readonly RefusedLink[];
};

/** Reads one message, of any text: pure, total, and linear in its length. */
export function readSighting(text: string, knownCities: CityIndex, options: FindLinksOptions = {}): Sighting {
  const { links, refused, addresses } = findLinks(text, options);
  const { place, perLink } = readPlaces(text, knownCities, links, addresses);
  const streams = links.map((link, index) => ({
    ...link.stream,
    text: link.text,
    city: perLink[index]?.city ?? null,
    region: perLink[index]?.region ?? null,
  }));
  return { streams, ...place, refused };
}

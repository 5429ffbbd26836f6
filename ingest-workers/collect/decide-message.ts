import { ignoreIdOf, ignoreValue } from '#shared/document/ignore-rule.ts';
import type { IgnoreList } from '#shared/document/catalogue-fields.ts';
import type { CatalogueView, StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { SightedStream, Sighting } from '#shared/model/read-sighting.ts';
import { streamIdOf } from '#shared/model/stream-url.ts';
import { isHeldForSheet, WAITS_FOR_SHEET } from '#shared/model/waits-for-sheet.ts';
import type { ChatMessage } from './chat-message.ts';
import type { PlaceBook } from './place-book.ts';
import type { SightedFields, Verdict } from './verdict.ts';

/** What one channel's links get along with them, and how they are treated. */
export type ChannelRule = Readonly<{
  /** Where streams are whose message says no place. */
  city?: string | undefined;
  region?: string | undefined;
  tags?: readonly string[] | undefined;
  /** New links wait for an operator's yes. */
  moderated: boolean;
  /** Also take media files and playlists on other public hosts. */
  directMedia: boolean;
}>;

/** What deciding sees of the world. */
export type Surroundings = Readonly<{
  catalogue: CatalogueView;
  places: PlaceBook;
  /** Streams that are decided to be added, and are not in the view yet. */
  underWay: (id: StreamId) => boolean;
  /** Which list of ignored users the channel's posters are on. */
  users: Extract<IgnoreList, 'twitch_user' | 'discord_user'>;
  /** New links wait until the team's sheet has them. */
  waitsForSheet: boolean;
  /** Whether an admin has switched a platform off, so that nothing new of it is taken. */
  isOff: (platform: SightedStream['platform']) => boolean;
  /** Counts this message against its author's limit. Asked at most once, and only when a link is new. */
  admit: () => boolean;
}>;

/** Decides what becomes of each link of a message. Does nothing about it. */
export function decideMessage(
  message: ChatMessage,
  sighting: Sighting,
  rule: ChannelRule,
  surroundings: Surroundings,
): readonly Verdict[] {
  const { catalogue } = surroundings;
  if (isIgnoredUser(catalogue, surroundings.users, message))
    return sighting.streams.map(({ url }) => ({ kind: 'ignored', link: url }));
  let admitted: boolean | undefined;
  const isAdmitted = () => (admitted ??= surroundings.admit());
  const own = new Set<StreamId>();
  return sighting.streams.map((stream): Verdict => {
    const id = streamIdOf(stream.url);
    if (isIgnoredLink(catalogue, stream.url)) return { kind: 'ignored', link: stream.url };
    const fields = fieldsOf(stream, message, rule, surroundings.places);
    const shown = catalogue.streams.get(catalogue.resolve(id));
    if (shown !== undefined) return verdictOnKnown(shown, id, stream, fields);
    if (own.has(id) || surroundings.underWay(id)) return { kind: 'known', id, link: stream.url, fields: {} };
    if (surroundings.isOff(stream.platform)) return { kind: 'ignored', link: stream.url };
    if (!isAdmitted()) return { kind: 'limited', link: stream.url };
    own.add(id);
    return { kind: 'add', id, link: stream.url, fields: held(fields, rule, surroundings) };
  });
}

/** What waits for a person goes to the sheet after the yes. */
function held(
  fields: SightedFields,
  { moderated }: ChannelRule,
  { waitsForSheet }: Surroundings,
): SightedFields {
  if (moderated) return { ...fields, moderation: 'waiting' };
  if (!waitsForSheet) return fields;
  return { ...fields, moderation: 'waiting', tags: [...(fields.tags ?? []), WAITS_FOR_SHEET] };
}

function verdictOnKnown(
  shown: StreamView,
  id: StreamId,
  { url: link }: SightedStream,
  fields: SightedFields,
): Verdict {
  if (shown.moderation === 'refused') return { kind: 'ignored', link };
  if (shown.moderation === 'waiting' && !isHeldForSheet(shown)) return { kind: 'waiting', id, link };
  const isPlaced = shown.city !== undefined || shown.region !== undefined;
  const { postedBy: _poster, tags: _tags, source: _source, ...place } = fields;
  return { kind: 'known', id, link, fields: isPlaced ? {} : place };
}

function fieldsOf(
  stream: SightedStream,
  message: ChatMessage,
  rule: ChannelRule,
  places: PlaceBook,
): SightedFields {
  const said = stream.city !== null || stream.region !== null;
  const place = said ? stream : { city: rule.city ?? null, region: rule.region ?? null };
  const poster = nameToShow(message.author);
  return {
    ...(stream.username === undefined ? {} : { source: stream.username.slice(0, 255) }),
    ...(poster === '' ? {} : { postedBy: poster }),
    ...(rule.tags === undefined || rule.tags.length === 0 ? {} : { tags: [...rule.tags] }),
    ...places.fieldsOf(place),
  };
}

/** Names that people choose turn the direction of lists, break their lines and hide in them. */
const nameToShow = (name: string): string => name.replaceAll(/\p{C}/gu, '').trim();

function isIgnoredUser(
  { ignore }: CatalogueView,
  list: Surroundings['users'],
  { author, authorId }: ChatMessage,
): boolean {
  if (ignore.size === 0) return false;
  return [author, authorId].some((name) => ignore.has(ignoreIdOf(list, ignoreValue(list, name))));
}

function isIgnoredLink({ ignore }: CatalogueView, link: string): boolean {
  if (ignore.size === 0) return false;
  const labels = new URL(link).hostname.split('.').slice(-10);
  const domains = labels.map((_, index) => labels.slice(index).join('.'));
  return (
    ignore.has(ignoreIdOf('url', ignoreValue('url', link))) ||
    domains.some((domain) => ignore.has(ignoreIdOf('domain', ignoreValue('domain', domain))))
  );
}

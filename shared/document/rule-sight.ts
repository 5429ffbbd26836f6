import type { RuleMatch } from '../model/arrangement.ts';
import { ActorId, type StreamId } from '../model/ids.ts';
import type { WallCommand } from './command.ts';
import type { RuleView, StreamView, WallView } from './view.ts';

/** What a rule does, to be sent in the name of the rule, with the rights of whoever switched it on. */
export type RuleDeed = Readonly<{ rule: RuleView; command: WallCommand }>;

/** What rules decide by. */
export type RuleSight = Readonly<{
  wall: WallView;
  streams: Iterable<StreamView>;
  /** Which streams turned out to be one. */
  resolve: (id: StreamId) => StreamId;
}>;

/** As whom a rule acts: `rule:` and its name, as far as that can be written so. */
export function actorOfRule({ name, id }: Pick<RuleView, 'name' | 'id'>): ActorId {
  const written = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return ActorId.parse(`rule:${written === '' ? id : written.slice(0, 60)}`);
}

/** When its broadcast began, ms since 1970, as far as anybody knows. */
export function sinceMs({ startedAt, statusAt, addedAt }: StreamView): number {
  return startedAt ?? statusAt ?? addedAt;
}

/** Whether a rule may show it at all. */
export function mayPlace({ status, moderation, archived, kind }: StreamView): boolean {
  return (
    status === 'live' &&
    archived !== true &&
    moderation !== 'waiting' &&
    moderation !== 'refused' &&
    kind !== 'background' &&
    kind !== 'overlay'
  );
}

/** Whether a person took a stream off the wall since its broadcast began. */
export function isTakenOffBy({ wall, resolve }: Pick<RuleSight, 'wall' | 'resolve'>) {
  const times = new Map<StreamId, number>();
  for (const [id, at] of Object.entries(wall.takenOff)) {
    const shown = resolve(id as StreamId);
    times.set(shown, Math.max(at, times.get(shown) ?? 0));
  }
  return (stream: StreamView): boolean => (times.get(stream.id) ?? -1) >= sinceMs(stream);
}

/** A rule that names nothing means the pinned streams, not all there are. */
export function matches({ tag, city, platform }: Readonly<RuleMatch>, stream: StreamView): boolean {
  if (tag === undefined && city === undefined && platform === undefined) return stream.pinned === true;
  const same = (wanted: string | undefined, has: string | undefined) =>
    wanted === undefined || wanted.toLowerCase() === has?.toLowerCase();
  const hasTag = tag === undefined || stream.tags?.some((each) => same(tag, each)) === true;
  return hasTag && same(city, stream.city) && same(platform, stream.platform);
}

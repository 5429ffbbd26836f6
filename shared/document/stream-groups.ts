import type { Stamp } from '../kernel/stamp.ts';
import type { StreamId } from '../model/ids.ts';

/** Streams that turned out to be one. Only groups of two and more are listed. */
export type StreamGroups = {
  /** The id that a member is shown by: that of the first one added. Members that lead are in here too. */
  readonly leaderOf: ReadonlyMap<StreamId, StreamId>;
  /** By leader, the first added first. */
  readonly membersOf: ReadonlyMap<StreamId, readonly StreamId[]>;
};

export const NO_GROUPS: StreamGroups = { leaderOf: new Map(), membersOf: new Map() };

/**
 * Takes every "continues" whose both ends are there, in whatever order and direction, and says which streams are one.
 * Said twice, or in a circle, it comes to the same. `birthOf` is nothing for a stream that is not there.
 */
export function groupStreams(
  continues: Iterable<readonly [StreamId, StreamId]>,
  birthOf: (id: StreamId) => Stamp | undefined,
): StreamGroups {
  const parents = new Map<StreamId, StreamId>();
  const find = (id: StreamId): StreamId => {
    let root = id;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    for (let at = id; at !== root;) {
      const up = parents.get(at) ?? root;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  for (const [newer, older] of continues) {
    if (newer === older || birthOf(newer) === undefined || birthOf(older) === undefined) continue;
    for (const id of [newer, older]) if (!parents.has(id)) parents.set(id, id);
    parents.set(find(newer), find(older));
  }
  if (parents.size === 0) return NO_GROUPS;
  return listGroups([...parents.keys()], find, (id) => `${birthOf(id)} ${id}`);
}

function listGroups(
  ids: readonly StreamId[],
  find: (id: StreamId) => StreamId,
  orderOf: (id: StreamId) => string,
): StreamGroups {
  const byRoot = new Map<StreamId, StreamId[]>();
  for (const id of ids) {
    const root = find(id);
    const members = byRoot.get(root);
    if (members === undefined) byRoot.set(root, [id]);
    else members.push(id);
  }
  const leaderOf = new Map<StreamId, StreamId>();
  const membersOf = new Map<StreamId, readonly StreamId[]>();
  for (const members of byRoot.values()) {
    const sorted = members.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const [leader] = sorted;
    if (leader === undefined) continue;
    membersOf.set(leader, sorted);
    for (const member of sorted) leaderOf.set(member, leader);
  }
  return { leaderOf, membersOf };
}

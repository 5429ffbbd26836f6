import { Command } from '../command.ts';
import type { RetiredRecord } from '../retire.ts';
import { FUZZ_WALL, type FuzzReplica } from './fuzz-replica.ts';
import type { Random } from './random.ts';

/** Few links, so that desks often mean the same one. */
const LINKS = [
  'https://www.twitch.tv/anna',
  'https://twitch.tv/Anna?ref=x',
  'https://www.twitch.tv/bert',
  'https://kick.com/carla',
  'https://www.youtube.com/watch?v=jfKfPfyJRdk',
  'https://youtu.be/jfKfPfyJRdk',
  'https://www.tiktok.com/@dora/live',
  'https://example.com/camera.m3u8',
];
const CODES = ['aa', 'aa1', 'bb', 'c'];
const WORDS = ['march', 'bridge', 'night', 'fire', 'loud'];

/** The field that only this replica ever writes: its last word must be what is there in the end. */
export function ownField(replica: FuzzReplica): string {
  return (
    ['label', 'source', 'city', 'region', 'country', 'location', 'streamer', 'title'][replica.index] ??
    'title'
  );
}

/** Something that somebody at this replica might want now. Not all of it is possible. */
export function randomCommand(
  replica: FuzzReplica,
  archive: ReadonlyMap<string, RetiredRecord>,
  random: Random,
): Command {
  const command = random.chance(0.55)
    ? { document: 'catalogue', command: catalogueCommand(replica, archive, random) }
    : { document: 'wall', wall: FUZZ_WALL, command: wallCommand(replica, random) };
  return Command.parse(command);
}

function catalogueCommand(
  replica: FuzzReplica,
  archive: ReadonlyMap<string, RetiredRecord>,
  random: Random,
): Record<string, unknown> {
  const ids = shownIds(replica);
  const add = () => ({ type: 'add-stream', link: random.pick(LINKS), fields: addedFields(random) });
  if (ids.length === 0 || random.chance(ids.length < 4 ? 0.25 : 0.08)) return add();
  const id = random.pick(ids);
  const n = random.whole(0, 1e6);
  const choices: readonly (() => Record<string, unknown>)[] = [
    () => ({ type: 'edit-stream', id, changes: { [ownField(replica)]: `${replica.index}-${n}` } }),
    () => ({ type: 'edit-stream', id, changes: { [ownField(replica)]: `${replica.index}-${n}` } }),
    () => ({ type: 'edit-stream', id, changes: sharedChanges(random) }),
    () => ({ type: 'set-stream-status', id, ...randomStatus(replica, random) }),
    () => ({ type: 'set-stream-status', id, ...randomStatus(replica, random) }),
    () => (random.chance(0.4) ? { type: 'remove-stream', id } : add()),
    () => ({ type: 'continue-stream', id, continues: random.pick(ids) }),
    () => restoreCommand(archive, random) ?? add(),
    () => ({ type: 'link-event', id: 'event', stream: id, offsetSeconds: n }),
    () => entryCommand(replica, random),
  ];
  return random.pick(choices)();
}

function shownIds({ catalogue }: FuzzReplica): string[] {
  return [...catalogue.view().streams.values()].map(({ id }) => id);
}

function addedFields(random: Random): Record<string, unknown> {
  return {
    ...(random.chance(0.5) ? { code: random.pick(CODES) } : {}),
    ...(random.chance(0.5) ? { notes: random.pick(WORDS) } : {}),
    ...(random.chance(0.3) ? { tags: [random.pick(WORDS)] } : {}),
    ...(random.chance(0.3) ? { status: 'live' } : {}),
  };
}

function sharedChanges(random: Random): Record<string, unknown> {
  return random.pick([
    { notes: `${random.pick(WORDS)} ${random.pick(WORDS)}` },
    { notes: null },
    { tags: [random.pick(WORDS), random.pick(WORDS)] },
    { pinned: random.chance(0.5) },
    { code: random.pick(CODES) },
    { archived: random.chance(0.5) },
    { postedBy: random.pick(WORDS), latitude: random.whole(-90, 90) },
  ]);
}

function randomStatus(replica: FuzzReplica, random: Random): Record<string, unknown> {
  const status = random.pick(['live', 'offline', 'unknown', 'upcoming', 'gone']);
  if (!random.chance(0.2)) return { status };
  return {
    status,
    reason: random.pick(WORDS),
    manualUntil: replica.context().nowMs + random.whole(0, 3_600_000),
  };
}

function restoreCommand(
  archive: ReadonlyMap<string, RetiredRecord>,
  random: Random,
): Record<string, unknown> | undefined {
  const retired = [...archive.values()].filter(({ root }) => root === 'streams');
  if (retired.length === 0) return undefined;
  const { id, record } = random.pick(retired);
  return { type: 'restore-stream', id, record };
}

function entryCommand(replica: FuzzReplica, random: Random): Record<string, unknown> {
  const accounts = Array.from({ length: random.whole(0, 2) }, () => ({
    platform: 'twitch',
    username: random.pick(random.chance(0.5) ? WORDS : ['Bridge', 'NIGHT']),
    active: random.chance(0.8),
  }));
  return random.pick([
    { type: 'put-streamer', id: 'ben', fields: { name: `Ben ${replica.index}`, accounts } },
    { type: 'put-streamer', id: 'ann', fields: { name: `Ann ${replica.index}`, accounts } },
    { type: 'remove-streamer', id: 'ann' },
    { type: 'put-location', id: 'oslo', fields: { city: 'Oslo', known: random.chance(0.5) } },
    {
      type: 'add-ignore',
      list: 'domain',
      value: random.pick(['bad.example', 'WWW.bad.example']),
      notes: random.pick(WORDS),
    },
    { type: 'put-event', id: 'event', title: `A ${random.pick(WORDS)}`, at: replica.context().nowMs },
    { type: 'put-event', id: 'event', title: `A ${random.pick(WORDS)}`, at: replica.context().nowMs },
    { type: 'remove-event', id: 'event' },
    { type: 'create-wall', id: 'main', name: random.pick(WORDS) },
    { type: 'rename-wall', id: 'main', name: random.pick(WORDS) },
  ]);
}

function wallCommand(replica: FuzzReplica, random: Random): Record<string, unknown> {
  const { tiles, bench, scenes, grid } = replica.wall.view();
  const all = [...tiles, ...bench].map(({ id }) => id);
  const stream = random.pick([...shownIds(replica), 'some-stream']);
  const w = random.whole(1, Math.min(3, grid.cols));
  const h = random.whole(1, Math.min(3, grid.rows));
  const at = { x: random.whole(0, grid.cols - w), y: random.whole(0, grid.rows - h), w, h };
  const place = () => ({
    type: 'place-stream',
    tile: `t${replica.index}-${random.whole(0, 1e9)}`,
    stream,
    ...(random.chance(0.7) ? { at } : {}),
  });
  if (all.length === 0 || random.chance(all.length < 5 ? 0.25 : 0.05)) return place();
  const tile = random.pick(all);
  const scene = scenes.length > 0 && random.chance(0.7) ? random.pick(scenes).id : `s${random.whole(0, 3)}`;
  const on = random.chance(0.5);
  return random.pick<() => Record<string, unknown>>([
    () => ({ type: 'place-tile', tile, at }),
    () => ({ type: 'place-tile', tile, at }),
    () => ({ type: 'place-tile', tile }),
    () => ({ type: 'swap-tiles', tile, with: random.pick(all) }),
    () => ({ type: 'swap-tiles', tile, with: random.pick(all) }),
    () => ({ type: 'promote-tile', tile }),
    () => ({ type: 'bench-tile', tile }),
    () => ({ type: 'remove-tile', tile }),
    () => ({ type: 'put-stream', tile, stream }),
    () => ({ type: 'set-grid', grid: { cols: random.whole(1, 5), rows: random.whole(1, 5) } }),
    () => ({ type: 'listen', tile: on ? tile : null }),
    () => ({ type: 'set-background', tile, on }),
    () => ({ type: 'set-volume', tile, volume: random.whole(0, 10) / 10 }),
    () => ({ type: 'mute-all' }),
    () => ({ type: 'blur', tile, on }),
    () => ({ type: 'blur-all', on }),
    () => ({ type: 'censor', on }),
    () => ({ type: 'rotate-tile', tile, rotation: 90 }),
    () => ({ type: 'save-scene', scene, name: `scene ${scene}` }),
    () => ({ type: 'apply-scene', scene }),
    () => ({ type: 'delete-scene', scene }),
  ])();
}

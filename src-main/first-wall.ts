import type { CatalogueCommand, Command, WallCommand } from '#shared/document/command.ts';
import { TileId, type WallId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { demoChannels, linkOf, type DemoChannel } from './demo-channels/channels.ts';

/** The grid of a first wall, and so how many of the demo channels are on it. */
const SIDE = 3;

/**
 * What makes an empty replica into a wall that plays: the demo channels as streams, the first nine of them on a wall of
 * three by three, the first one heard. Ordinary commands, that a person could have given.
 * @param origin where the demo channels are served; without them the wall is empty
 */
export function planFirstWall(wall: WallId, origin: string | undefined): readonly Command[] {
  const catalogue = (command: CatalogueCommand): Command => ({ document: 'catalogue', command });
  const onWall = (command: WallCommand): Command => ({ document: 'wall', wall, command });
  const create = [
    catalogue({ type: 'create-wall', id: wall, name: 'My wall' }),
    onWall({ type: 'set-name', name: 'My wall' }),
  ];
  return origin === undefined ? create : [...create, ...planDemoChannels(origin, wall)];
}

/** The demo channels as streams; with a wall, the first nine of them on it. */
export function planDemoChannels(origin: string, wall: WallId | undefined): readonly Command[] {
  const catalogue = (command: CatalogueCommand): Command => ({ document: 'catalogue', command });
  const streams = demoChannels.map((channel) => catalogue(addDemoStream(channel, origin)));
  if (wall === undefined) return streams;
  const onWall = (command: WallCommand): Command => ({ document: 'wall', wall, command });
  const tiles = demoChannels.slice(0, SIDE * SIDE).map((channel, index) => ({
    tile: TileId.parse(`demo-${channel.name}`),
    stream: streamOf(channel, origin),
    at: { x: index % SIDE, y: Math.floor(index / SIDE), w: 1, h: 1 },
  }));
  const [first] = tiles;
  return [
    ...streams,
    ...tiles.map((tile) => onWall({ type: 'place-stream', ...tile })),
    ...(first === undefined ? [] : [onWall({ type: 'listen', tile: first.tile })]),
  ];
}

/** The port at which a link says that demo channels are served; undefined for every other link. */
export function demoPortOf(link: string): number | undefined {
  const port = /^http:\/\/127\.0\.0\.1:(\d+)\//.exec(link)?.[1];
  if (port === undefined) return undefined;
  const origin = `http://127.0.0.1:${port}`;
  return demoChannels.some((channel) => linkOf(channel, origin) === link) ? Number(port) : undefined;
}

function addDemoStream(channel: DemoChannel, origin: string): CatalogueCommand {
  const { label, city, region, kind } = channel;
  return {
    type: 'add-stream',
    link: Link.parse(linkOf(channel, origin)),
    fields: { label, city, region, kind, source: 'Demo channels', status: 'live' },
  };
}

function streamOf(channel: DemoChannel, origin: string) {
  const read = readStreamUrl(linkOf(channel, origin));
  if (!read.ok)
    throw new Error(`The link of the demo channel ${channel.name} cannot be read: ${read.error.message}`);
  return streamIdOf(read.value.url);
}

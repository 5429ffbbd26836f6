import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { WallCommand } from '#shared/document/command.ts';
import type { TileView, WallEntryView } from '#shared/document/view.ts';
import { StreamId, WallId } from '#shared/model/ids.ts';
import { WallName } from '#shared/model/wall.ts';
import { decideAccess, type Account } from '../../accounts/access.ts';
import { refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { recordRow } from './record-shape.ts';
import { isoTime, metaOf, Page, PageMeta, Time } from './rest-fields.ts';
import { findRecord, type RestParts } from './rest-parts.ts';
import { orRefuse } from './translate-failure.ts';

const WallShape = z
  .object({
    id: z.int(),
    wallKey: WallId,
    name: z.string(),
    is_archived: z.boolean(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'Wall' });
const TileShape = z
  .object({
    tileKey: z.string(),
    stream_id: z.int().nullable(),
    streamKey: StreamId,
    /** Cells, from the upper left; none while it is on the bench. */
    place: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }).nullable(),
    fit: z.string(),
    rotation: z.int(),
    volume: z.number(),
    background: z.boolean(),
    heard: z.boolean(),
    blurred: z.boolean(),
  })
  .meta({ id: 'Tile' });
const WholeWall = z.object({
  wall: WallShape.extend({
    grid: z.object({ columns: z.int(), rows: z.int() }),
    censored: z.boolean(),
    tiles: z.array(TileShape),
    bench: z.array(TileShape),
    scenes: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});
const WallRow = recordRow<WallEntryView>();
const WallInput = z.object({ name: WallName });
const WallChanges = z.object({ name: WallName.optional(), is_archived: z.boolean().optional() });
const core = { tag: 'walls' } as const;

export function wallEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ ...core, method: 'get', path: '/walls', summary: 'List walls', isKept: true },
      ...{ query: Page, answers: { 200: z.object({ walls: z.array(WallShape), meta: PageMeta }) } },
      handle: async ({ query }) => {
        const { page, per_page } = query;
        const part = { limit: per_page, offset: (page - 1) * per_page };
        const { rows, total } = await parts.records.page({
          kind: 'walls',
          order: 'r.added_at_ms, r.id',
          ...part,
        });
        return { body: { walls: rows.map(shapeEntry), meta: metaOf(total, query) } };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/walls/{id}', summary: 'A wall with its tiles, as it is now' },
      answers: { 200: WholeWall },
      handle: async ({ params, signedIn }) => showWall(parts, params['id'], signedIn.account),
    }),
    ...writeEndpoints(parts),
  ];
}

function writeEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ ...core, method: 'post', path: '/walls', summary: 'Make a wall', writes: 'walls' },
      ...{ wrapped: 'wall', body: WallInput, answers: { 201: WholeWall } },
      handle: async ({ body: { name }, signedIn: { account } }) => {
        const id = WallId.parse(randomUUID().replaceAll('-', '').slice(0, 24));
        await parts.desk.write(account, (pen) =>
          orRefuse(pen.act({ type: 'create-wall', id, name }), 'name'),
        );
        orRefuse(await parts.walls.act(id, account, { type: 'set-name', name }, same), 'name');
        return { status: 201, ...(await showWall(parts, id, account)) };
      },
    }),
    endpoint({
      ...{
        ...core,
        method: 'patch',
        path: '/walls/{id}',
        summary: 'Rename a wall, or put it away',
        writes: 'walls',
      },
      ...{ wrapped: 'wall', body: WallChanges, answers: { 200: WholeWall } },
      handle: async ({ params, body: { name, is_archived }, signedIn: { account } }) => {
        const id = await findWall(parts, params['id']);
        await parts.desk.write(account, (pen) => {
          if (name !== undefined) orRefuse(pen.act({ type: 'rename-wall', id, name }), 'name');
          if (is_archived !== undefined)
            orRefuse(pen.act({ type: 'archive-wall', id, archived: is_archived }));
        });
        if (name !== undefined)
          orRefuse(await parts.walls.act(id, account, { type: 'set-name', name }, same), 'name');
        return showWall(parts, id, account);
      },
    }),
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/walls/{id}/commands',
        summary: 'Do on a wall what an operator can',
      },
      ...{ writesWall: true, body: WallCommand, answers: { 200: WholeWall } },
      handle: async ({ params, body, signedIn: { account } }) => {
        const id = await findWall(parts, params['id']);
        const resolve = await parts.desk.write(account, (pen) => pen.catalogue.view().resolve);
        orRefuse(await parts.walls.act(id, account, body, resolve));
        return showWall(parts, id, account);
      },
    }),
  ];
}

const same = (id: StreamId): StreamId => id;

async function findWall(parts: RestParts, id: string | undefined): Promise<WallId> {
  return WallId.parse((await findRecord(parts, 'walls', id)).key);
}

async function showWall(parts: RestParts, id: string | undefined, account: Account) {
  const row = await findRecord(parts, 'walls', id);
  const wallId = WallId.parse(row.key);
  if (!decideAccess(account, { name: `wall:${wallId}`, kind: 'wall' }).mayRead) throw refusals.forbidden();
  const { grid, censored, tiles, bench, scenes } = await parts.walls.read(wallId);
  const ids = await parts.records.idsOf('streams', [
    ...new Set([...tiles, ...bench].map(({ stream }) => stream)),
  ]);
  const shape = (tile: TileView): z.infer<typeof TileShape> => ({
    ...{
      tileKey: tile.id,
      stream_id: ids.get(tile.stream) ?? null,
      streamKey: tile.stream,
      place: placeOf(tile),
    },
    ...{ fit: tile.fit, rotation: tile.rotation, volume: tile.volume, background: tile.background },
    ...{ heard: tile.heard, blurred: tile.blurred },
  });
  const wall = {
    ...shapeEntry(row),
    ...{ grid: { columns: grid.cols, rows: grid.rows }, censored },
    ...{
      tiles: tiles.map(shape),
      bench: bench.map(shape),
      scenes: scenes.map(({ id: key, name }) => ({ id: key, name })),
    },
  };
  return { body: { wall } };
}

function placeOf({ place }: TileView) {
  return place === null ? null : { x: place.x, y: place.y, w: place.w, h: place.h };
}

function shapeEntry(raw: unknown): z.infer<typeof WallShape> {
  const { id, body, updated_at_ms } = WallRow.parse(raw);
  return {
    ...{ id, wallKey: body.id, name: body.name, is_archived: body.archived },
    ...{ created_at: isoTime(body.addedAt) ?? '', updated_at: isoTime(updated_at_ms) ?? '' },
  };
}

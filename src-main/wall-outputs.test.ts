import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Logger } from '#shared/kernel/logger.ts';
import { TileId, WallId } from '#shared/model/ids.ts';
import {
  USUAL_PLACEMENT,
  type DisplayView,
  type WallDress,
  type WallPlacement,
} from '#shared/protocol/wall-output.ts';
import { must, openTestReplica, WALL } from '#shared/replica/test-replica.ts';
import { WallOutputs, type OpenWallOutput } from './wall-outputs.ts';
import type { RunningWall } from './wall/running-wall.ts';
import { beamer, both, desk } from './windows/test-displays.ts';
import { createWallOutputsFile } from './windows/wall-outputs-file.ts';

const SECOND = WallId.parse('second');
const warned: string[] = [];
const log: Logger = { info: () => undefined, warn: (words) => warned.push(words), error: () => undefined };

let folder: string;
let ends: (() => unknown)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-outputs-'));
  ends = [() => rmSync(folder, { recursive: true, force: true })];
  warned.length = 0;
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

/** A window that stands nowhere: remembers where it was put, and is moved by hand. */
type FakeWindow = {
  readonly opened: WallPlacement;
  readonly placed: WallPlacement[];
  readonly dressed: WallDress[];
  readonly moveByHand: (placement: WallPlacement) => void;
  readonly closeByHand: () => void;
};

async function openMachine() {
  const replica = await openTestReplica(undefined, { role: 'admin' });
  for (const id of [WALL, SECOND])
    must(await replica.send({ document: 'catalogue', command: { type: 'create-wall', id, name: id } }));
  let displays: readonly DisplayView[] = both;
  const windows: FakeWindow[] = [];
  const open: OpenWallOutput = async ({ placement, onPlaced, onClosed }) => {
    const placed: WallPlacement[] = [];
    const dressed: WallDress[] = [];
    windows.push({ opened: placement, placed, dressed, moveByHand: onPlaced, closeByHand: onClosed });
    return Promise.resolve(fakeWall(placed, dressed, onClosed));
  };
  const start = (): WallOutputs =>
    new WallOutputs({
      replica,
      firstWall: WALL,
      open,
      file: createWallOutputsFile(join(folder, 'screens.json'), log),
      displays: { now: () => displays, onChange: () => () => undefined },
    });
  ends.push(async () => replica.close());
  return {
    start,
    windows,
    unplug: () => {
      displays = [desk];
    },
  };
}

function fakeWall(placed: WallPlacement[], dressed: WallDress[], onClosed: () => void): RunningWall {
  const nothing = (): (() => void) => () => undefined;
  return {
    show: () => undefined,
    signal: async () => Promise.resolve({ type: 'done' }),
    place: (placement) => placed.push(placement),
    dress: (dress) => dressed.push(dress),
    at: () => ({ x: 0, y: 0, width: 1280, height: 720 }),
    reports: () => [],
    onReports: nothing,
    stills: () => [],
    onStills: nothing,
    onLevels: nothing,
    capture: async () => Promise.resolve(Buffer.alloc(0)),
    whenAllPlay: async () => Promise.resolve(true),
    close: async () => {
      onClosed();
      return Promise.resolve();
    },
  };
}

const onBeamer: WallPlacement = {
  display: { id: '2', name: 'beamer' },
  rect: { x: 0, y: 0, width: 1280, height: 720 },
  fullScreen: false,
  frameless: false,
};

describe('the walls on the screens of a machine', () => {
  it('are the first one at first; another comes beside it, and both are there after a restart where they were', async () => {
    const { start, windows } = await openMachine();
    const first = start();
    expect(await first.showAtStart()).toHaveLength(1);
    expect(await first.place({ wall: SECOND, placement: onBeamer })).toEqual({ ok: true, value: {} });
    expect(await first.putOnScreen(SECOND)).toEqual({ ok: true, value: {} });
    expect(first.shown()).toEqual([WALL, SECOND]);
    await first.close();
    const second = start();
    expect(await second.showAtStart()).toHaveLength(2);
    expect(windows.map(({ opened }) => opened)).toEqual([
      USUAL_PLACEMENT,
      onBeamer,
      USUAL_PLACEMENT,
      onBeamer,
    ]);
  });

  it('stay off the screen when a person has taken them off, and come back when only their window was closed', async () => {
    const { start, windows } = await openMachine();
    const first = start();
    await first.showAtStart();
    windows[0]?.closeByHand();
    expect(first.state().outputs).toMatchObject([
      { wall: WALL, isOpen: false, opensAtStart: true, at: null },
    ]);
    expect(await start().showAtStart()).toHaveLength(1);
    const second = start();
    await second.takeOffScreen(WALL);
    expect(await start().showAtStart()).toEqual([]);
  });

  it('move at once, are opened anew when they lose their frame, and are remembered where a hand has moved them', async () => {
    const { start, windows } = await openMachine();
    const outputs = start();
    await outputs.showAtStart();
    await outputs.place({ wall: WALL, placement: onBeamer });
    expect(windows[0]?.placed).toEqual([onBeamer]);
    const frameless = { ...onBeamer, frameless: true };
    await outputs.place({ wall: WALL, placement: frameless });
    expect(windows).toHaveLength(2);
    expect(windows[1]?.opened).toEqual(frameless);
    const byHand = { ...frameless, rect: { x: 5, y: 6, width: 700, height: 400 } };
    windows[1]?.moveByHand(byHand);
    await outputs.close();
    await start().showAtStart();
    expect(windows.at(-1)?.opened).toEqual(byHand);
  });

  it('play one tile alone while they stand here, and nothing of that is kept', async () => {
    const { start, windows } = await openMachine();
    const outputs = start();
    const alone = { wall: WALL, tile: TileId.parse('a') };
    expect(outputs.soloTile(alone)).toMatchObject({ ok: false, error: { reason: 'not-found' } });
    await outputs.showAtStart();
    expect(outputs.soloTile(alone)).toEqual({ ok: true, value: {} });
    outputs.dress({ wall: WALL, sound: { output: null, levelled: false, headphones: 'Ears' } });
    expect(windows[0]?.dressed.map(({ solo }) => solo)).toEqual(['a', 'a']);
    expect(outputs.state().outputs).toMatchObject([{ solo: 'a', sound: { headphones: 'Ears' } }]);
    windows[0]?.closeByHand();
    await outputs.show(WALL);
    expect(outputs.state().outputs).toMatchObject([{ solo: null }]);
  });

  it('keep their place while their display is away, and say so', async () => {
    const { start, unplug } = await openMachine();
    const outputs = start();
    await outputs.place({ wall: WALL, placement: onBeamer });
    expect(outputs.state().outputs).toMatchObject([{ isAway: false }]);
    unplug();
    expect(outputs.state()).toMatchObject({
      displays: [{ name: 'desk' }],
      outputs: [{ isAway: true, placement: { display: { name: beamer.name } } }],
    });
  });

  it('are none that is not in the list of walls', async () => {
    const { start } = await openMachine();
    const outputs = start();
    expect(await outputs.putOnScreen(WallId.parse('never'))).toMatchObject({
      ok: false,
      error: { reason: 'not-found' },
    });
    expect(outputs.state().outputs).toHaveLength(1);
  });

  it('stand where they do at first when what was kept cannot be read, and that is said', async () => {
    const { start, windows } = await openMachine();
    for (const text of ['', '{"outputs":[{"wall":"second","opensAtStart":true,"placement":7}]}', '[[[']) {
      writeFileSync(join(folder, 'screens.json'), text);
      await start().showAtStart();
      expect(windows.at(-1)?.opened).toEqual(USUAL_PLACEMENT);
    }
    expect(warned).toHaveLength(3);
    await start().place({ wall: WALL, placement: onBeamer });
    expect(JSON.parse(readFileSync(join(folder, 'screens.json'), 'utf8'))).toMatchObject({
      outputs: [{ wall: WALL }],
    });
  });
});

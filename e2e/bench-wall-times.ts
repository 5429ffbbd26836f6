import { FAULTS, suffer } from './wall-proof/faults.ts';
import { KINDS, measureFirstFrame } from './wall-proof/measure-first-frame.ts';
import { proofTiles } from './wall-proof/proof-tiles.ts';
import { quantile, row, seconds } from './wall-proof/statistics.ts';
import { openZooDesk, type ZooDesk } from './zoo/zoo-desk.ts';

/**
 * The second part of `npm run bench:wall`: how long it takes from "put this stream here" to its first frame, for each
 * kind, and from the return of a source, or the loss of a page, until the tile plays again. Needs a built app and a
 * display. The argument says how often each is measured. The last line is JSON.
 */
const TIMES = Number(process.argv[2] ?? 5);
const PATIENCE_MS = 40_000;

const env = { STREAMWALL_LOCAL_HOSTS: 'a.localhost,b.localhost' };

async function firstFrames(): Promise<Readonly<Record<string, readonly (number | null)[]>>> {
  const wall = await openZooDesk(() => [], { env });
  const found: Record<string, (number | null)[]> = {};
  try {
    for (const name of ['neighbour-hls', 'neighbour-page']) await wall.until(name, /playing/, 60_000);
    await wall.command({ type: 'set-grid', grid: { cols: 2, rows: 2 } });
    for (let n = 0; n < TIMES; n++)
      for (const kind of Object.keys(KINDS))
        (found[kind] ??= []).push(await measureFirstFrame(wall, kind, n));
  } finally {
    await wall.close();
  }
  return found;
}

async function recoveries(): Promise<Readonly<Record<string, readonly (number | null)[]>>> {
  const found: Record<string, (number | null)[]> = {};
  let tiles: ReturnType<typeof proofTiles> = [];
  const wall: ZooDesk = await openZooDesk(
    (origins) => {
      tiles = proofTiles(origins).filter(({ kind }, index) => index % 3 === 0 || kind === 'page');
      return tiles;
    },
    { env },
  );
  try {
    for (const { name } of tiles) await wall.until(name, /playing/, 60_000);
    for (let n = 0; n < TIMES; n++) {
      for (const fault of FAULTS) {
        const victims = tiles.filter(({ kind }) => kind === fault.strikes);
        const tile = victims[n % victims.length];
        if (tile === undefined) continue;
        (found[fault.name] ??= []).push(await suffer(wall, fault, tile, PATIENCE_MS));
        for (const { name } of tiles) await wall.until(name, /playing/, PATIENCE_MS);
      }
    }
  } finally {
    await wall.close();
  }
  return found;
}

function table(
  title: string,
  found: Readonly<Record<string, readonly (number | null)[]>>,
): readonly string[] {
  const lines = Object.entries(found).map(([name, all]) => {
    const known = all.filter((ms): ms is number => ms !== null);
    const [median, late] = [quantile(known, 0.5), quantile(known, 0.95)].map(seconds);
    return row(name, all.length, median ?? '', late ?? '', all.length - known.length);
  });
  return [
    '',
    row(title, 'Times', 'Median s', 'p95 s', 'Never'),
    row('---', '--:', '--:', '--:', '--:'),
    ...lines,
  ];
}

const frames = await firstFrames();
console.log(table('From “put this stream here” to its first frame', frames).join('\n'));
const recovered = await recoveries();
console.log(table('From the return of the source until the tile plays', recovered).join('\n'));
console.log(JSON.stringify({ firstFrameMs: frames, recoveryMs: recovered }));

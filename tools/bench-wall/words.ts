import { allPlayed, framesOfTiles, hostNames, toFigures, type Measurement } from './sum-up.ts';

const HEAD = [
  'tiles',
  'shown by',
  'first frame',
  'last frame',
  'CPU',
  'memory',
  'frames/s per tile',
  'dropped',
];

/** All walls as a table, one a line. */
export function toTable(measurements: readonly Measurement[]): readonly string[] {
  const rows = [HEAD, ...measurements.map(toRow)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

function toRow({ host, wall }: Measurement): string[] {
  const figures = toFigures(wall);
  const rates = framesOfTiles(wall).map(({ shown }) => shown / wall.seconds);
  const inSeconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);
  return [
    String(wall.tiles),
    hostNames[host],
    inSeconds(figures.firstFrameMs),
    allPlayed(wall) ? inSeconds(figures.lastFrameMs) : `${wall.firstFramesMs.length} of ${wall.tiles} played`,
    `${figures.cpuPct.toFixed(0)} %`,
    `${figures.pssMb.toFixed(0)} MB`,
    rates.length === 0 ? '–' : `${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)}`,
    figures.dropPct === null ? '–' : `${figures.dropPct.toFixed(1)} %`,
  ];
}

/** Frames shown by each tile of a wall, and in brackets those dropped, in the order of the tiles. */
export function toFrameLine({ host, wall }: Measurement): string {
  const counts = framesOfTiles(wall).map(({ shown, dropped }) => `${shown} (${dropped})`);
  return `${wall.tiles} tiles, ${hostNames[host]}: ${counts.join('  ') || 'none'}`;
}

/** What sharing saves, for each number of tiles that was shown both ways. */
export function compare(measurements: readonly Measurement[]): readonly string[] {
  return measurements.flatMap(({ host, wall }) => {
    const other = measurements.find((each) => each.host === 'views' && each.wall.tiles === wall.tiles);
    if (host !== 'player' || other === undefined) return [];
    const [shared, apart] = [toFigures(wall), toFigures(other.wall)];
    const cpu = Math.round((shared.cpuPct / apart.cpuPct) * 100);
    const memory = Math.round((shared.pssMb / apart.pssMb) * 100);
    return [
      `${wall.tiles} tiles: shared player pages take ${cpu} % of the CPU and ${memory} % of the memory.`,
    ];
  });
}

/** Tiles that show less than half of what is usual on their wall: an average would hide them. */
export function fallingBehind(measurements: readonly Measurement[]): readonly string[] {
  return measurements.flatMap(({ host, wall }) => {
    const shown = framesOfTiles(wall).map((each) => each.shown);
    const usual = shown.toSorted((a, b) => a - b)[Math.floor(shown.length / 2)] ?? 0;
    return shown.flatMap((frames, index) =>
      frames < usual / 2
        ? [
            `${wall.tiles} tiles, ${hostNames[host]}: tile ${index + 1} shows ${frames} frames where others show ${usual}.`,
          ]
        : [],
    );
  });
}

/** What a reader must know who compares these figures with others. */
export function footnotes(measurements: readonly Measurement[]): readonly string[] {
  const hidden = Math.max(0, ...measurements.map(({ wall }) => wall.memory.withoutShare));
  return [
    'CPU in % of one core and memory (PSS) of the app’s whole process tree; the X server and the demo channels are not in it.',
    ...(hidden === 0
      ? []
      : [
          `Up to ${hidden} processes hide what they share with others; of those only their own memory is counted.`,
        ]),
  ];
}

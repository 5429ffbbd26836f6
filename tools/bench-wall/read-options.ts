import { fail, ok, type Result } from '../../shared/kernel/result.ts';

/** Who shows the tiles: a page that several share, or a view for each. */
export const hosts = ['views', 'player'] as const;
export type Host = (typeof hosts)[number];

export type BenchOptions = {
  readonly help: boolean;
  /** How many tiles the walls have, one wall after another. */
  readonly tiles: readonly number[];
  readonly hosts: readonly Host[];
  /** How long each wall is watched once all its tiles play. */
  readonly seconds: number;
  /** How often each first frame and each recovery is measured; 0 leaves that out. */
  readonly times: number;
};

export const usage = `npm run bench:wall -- [options]
  --tiles 4,9,16     how many tiles the walls have
  --host views       measures only one way to show tiles: views or player
  --seconds 10       how long each wall is watched once all its tiles play
  --times 5          how often each first frame and each recovery is measured; 0 leaves that out`;

/** A wall is at most twelve by twelve. */
const MOST_TILES = 144;
const MOST_SECONDS = 3600;
const MOST_TIMES = 1000;

/** @param args what follows `npm run bench:wall --` */
export function readOptions(args: readonly string[]): Result<BenchOptions, string> {
  let options: BenchOptions = { help: false, tiles: [4, 9, 16], hosts, seconds: 10, times: 5 };
  for (let at = 0; at < args.length; at++) {
    const name = args[at];
    if (name === '--help') options = { ...options, help: true };
    else if (name === '--tiles') {
      const tiles = (args[++at] ?? '').split(',').map(Number);
      if (!tiles.every((each) => Number.isInteger(each) && each >= 1 && each <= MOST_TILES))
        return fail(`--tiles needs numbers from 1 to ${MOST_TILES}, for example --tiles 4,9`);
      options = { ...options, tiles };
    } else if (name === '--host') {
      const host = hosts.find((each) => each === args[at + 1]);
      at++;
      if (host === undefined) return fail(`--host is one of ${hosts.join(' and ')}`);
      options = { ...options, hosts: [host] };
    } else if (name === '--seconds') {
      const seconds = Number(args[++at]);
      if (!(seconds >= 1 && seconds <= MOST_SECONDS))
        return fail(`--seconds needs a number from 1 to ${MOST_SECONDS}, for example --seconds 30`);
      options = { ...options, seconds };
    } else if (name === '--times') {
      const times = Number(args[++at]);
      if (!Number.isInteger(times) || times < 0 || times > MOST_TIMES)
        return fail(`--times needs a number from 0 to ${MOST_TIMES}, for example --times 5`);
      options = { ...options, times };
    } else return fail(`${name} is not an option.\n\n${usage}`);
  }
  return ok(options);
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { indexCities, type CityIndex } from '#shared/model/city-index.ts';
import { describeSighting } from './describe-sighting.ts';
import { readCities } from './read-cities.ts';
import { splitLines } from './split-lines.ts';

const USAGE = `npm run -s sighting -- [--cities FILE] [--explain] [--direct-media]

Reads one message a line from standard input, as a JSON string, and writes what the bots would take from it, one JSON
object a line: {"streams":[{"platform","url","username"?,"videoId"?}],"city","region"}.

  --cities FILE    the known cities: a JSON list of [city, region], or of {"city", "region"}
  --explain        also why each link was taken or refused, and each stream's own place
  --direct-media   also take media files and playlists on other public hosts
`;

/** No chat holds a message of this length; a line that is longer is answered with an error. In characters. */
const MAX_LINE = 16 * 1024 * 1024;

export type Streams = {
  readonly input: AsyncIterable<string>;
  readonly output: NodeJS.WritableStream;
  readonly say: (words: string) => void;
};

type Settings = { readonly cities: CityIndex; readonly explain: boolean; readonly directMedia: boolean };

/**
 * The command line behind `npm run sighting`. One line comes out for each that goes in.
 * @returns the exit code: 0, 1 when a line was no JSON string, 2 when the arguments cannot be read
 */
export async function runSighting(args: readonly string[], streams: Streams): Promise<0 | 1 | 2> {
  if (args.includes('--help') || args.includes('-h')) {
    streams.say(USAGE);
    return 0;
  }
  const settings = await readSettings(args);
  if (!settings.ok) {
    streams.say(`${settings.error}\n\n${USAGE}`);
    return 2;
  }
  let code: 0 | 1 = 0;
  for await (const line of splitLines(streams.input, MAX_LINE)) {
    const answer = answerLine(line, settings.value);
    if ('error' in answer) code = 1;
    if (!streams.output.write(`${JSON.stringify(answer)}\n`)) await once(streams.output, 'drain');
  }
  return code;
}

function answerLine(line: string | undefined, settings: Settings) {
  const text = line === undefined ? fail('The line is too long.') : readText(line);
  if (text.ok) return describeSighting(text.value, settings.cities, settings);
  return { streams: [], city: null, region: null, error: text.error };
}

function readText(line: string): Result<string, string> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? ok(value) : fail('The line is JSON, but not a string.');
  } catch {
    return fail('The line is not a JSON string.');
  }
}

async function readSettings(args: readonly string[]): Promise<Result<Settings, string>> {
  const options = readOptions(args);
  if (!options.ok) return options;
  const { cities: file, explain = false, 'direct-media': directMedia = false } = options.value;
  if (file === undefined) return ok({ cities: indexCities([]), explain, directMedia });
  const text = await readFile(file, 'utf8').then(ok, (error: unknown) =>
    fail(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`),
  );
  if (!text.ok) return text;
  const cities = readCities(text.value);
  if (!cities.ok) return fail(`${file} does not hold known cities: ${cities.error}.`);
  return ok({ cities: indexCities(cities.value), explain, directMedia });
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cities: { type: 'string' },
        explain: { type: 'boolean' },
        'direct-media': { type: 'boolean' },
      },
    });
    return ok(values);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

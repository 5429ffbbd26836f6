import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSighting } from './run-sighting.ts';
import { splitLines } from './split-lines.ts';

const fixtures = new URL('../../shared/model/fixtures/', import.meta.url);
const citiesFile = fileURLToPath(new URL('known-cities.json', fixtures));

type Case = {
  readonly text: string;
  readonly expect: readonly object[];
  readonly city?: string | null;
  readonly region?: string | null;
};

type Answer = {
  readonly streams: readonly { readonly url: string; readonly why?: string }[];
  readonly city: string | null;
  readonly refused?: readonly { readonly reason: string; readonly written: string }[];
  readonly error?: string;
};

const cases = readFileSync(new URL('sightings.jsonl', fixtures), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

async function ask(args: readonly string[], lines: readonly string[]) {
  const output = new PassThrough();
  const said: string[] = [];
  async function* input() {
    for (const line of lines) yield await Promise.resolve(`${line}\n`);
  }
  const written = text(output);
  const code = await runSighting(args, { input: input(), output, say: (words) => said.push(words) });
  output.end();
  const answers = (await written).split('\n').filter(Boolean);
  return { code, said: said.join(''), answers: answers.map((line) => JSON.parse(line) as Answer) };
}

describe('the command that tells what a bot would take', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sighting-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('[I1] answers every message of the cases as they say', async () => {
    const { code, answers } = await ask(
      ['--cities', citiesFile],
      cases.map(({ text: message }) => JSON.stringify(message)),
    );
    expect(code).toBe(0);
    expect(answers).toHaveLength(cases.length);
    for (const [index, example] of cases.entries()) {
      const answer = answers[index]!;
      expect(answer.streams, example.text).toMatchObject(example.expect);
      expect(answer.streams).toHaveLength(example.expect.length);
      if (example.city !== undefined) expect(answer).toMatchObject({ city: example.city });
      if (example.region !== undefined) expect(answer).toMatchObject({ region: example.region });
    }
  });

  it('[I1] answers a line that is no JSON string with an error, and goes on', async () => {
    const { code, answers } = await ask([], ['{"text":1}', 'kick.com/a', '"kick.com/abc"']);
    expect(code).toBe(1);
    expect(answers.map(({ error, streams }) => [error !== undefined, streams.length])).toEqual([
      [true, 0],
      [true, 0],
      [false, 1],
    ]);
  });

  it('[I2] explains what was taken and what was refused', async () => {
    const { answers } = await ask(
      ['--explain'],
      [JSON.stringify('Tulsa kick.com/abc https://evil.example/x https://www.twitch.tv/videos/1')],
    );
    expect(answers[0]?.streams).toMatchObject([
      { url: 'https://kick.com/abc', written: 'kick.com/abc', why: 'The kick channel abc.' },
    ]);
    expect(answers[0]?.refused).toMatchObject([
      { reason: 'host', written: 'https://evil.example/x' },
      { reason: 'recording', written: 'https://www.twitch.tv/videos/1' },
    ]);
  });

  it('says what it cannot read: an unknown option, a file that is not there, a file of something else', async () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, '[["Tulsa","OK"],["",1]]');
    for (const [args, words] of [
      [['--city', 'x'], /--city/],
      [['--cities', join(folder, 'none.json')], /cannot be read/],
      [['--cities', other], /entry 2/],
    ] as const) {
      const { code, said, answers } = await ask(args, ['"kick.com/abc"']);
      expect(code).toBe(2);
      expect(said).toMatch(words);
      expect(answers).toEqual([]);
    }
  });

  it('reads known cities as objects too', async () => {
    const file = join(folder, 'objects.json');
    writeFileSync(file, JSON.stringify([{ city: 'Tulsa', state: 'Oklahoma' }, { city: 'Bergen' }]));
    const { answers } = await ask(
      ['--cities', file],
      [JSON.stringify('Tulsa kick.com/abc'), JSON.stringify('Bergen: kick.com/abc')],
    );
    expect(answers).toMatchObject([
      { city: 'Tulsa', region: 'OK' },
      { city: 'Bergen', region: null },
    ]);
  });

  it('[I1] ends with that code as a program, too', () => {
    const entry = fileURLToPath(new URL('index.ts', import.meta.url));
    const run = spawnSync(process.execPath, [entry], { input: '"kick.com/abc"\n7\n', encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(1);
    expect(run.stdout.trim().split('\n')).toHaveLength(2);
  });
});

describe('lines of a stream', () => {
  const lines = async (chunks: readonly string[], max = 10) => {
    async function* source() {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    }
    const found: (string | undefined)[] = [];
    for await (const line of splitLines(source(), max)) found.push(line);
    return found;
  };

  it('come whole, however the stream was cut, with either end of line', async () => {
    expect(await lines(['a', 'b\r', '\n\nc', 'd'])).toEqual(['ab', '', 'cd']);
  });

  it('that are too long are told as such, also at the end', async () => {
    expect(await lines(['01234567', '89x\nb\n', '0123456789x'])).toEqual([undefined, 'b', undefined]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { ActorId } from '#shared/model/ids.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica } from '#shared/replica/replica.ts';
import type { Timers } from '../timers.ts';
import { createAgreedFile } from './agreed-file.ts';
import { createSheetSync, type SheetSync } from './create-sheet-sync.ts';
import { createGoogleSheets } from './googleapis-sheets.ts';
import type { SheetPolicy } from './sheet-columns.ts';
import { usualTabs } from './sheet-parts.ts';
import { fakeKey, SPREADSHEET, startFakeSheet, type FakeSheet, type FakeTab } from './test-fake-sheet.ts';

const START = Date.UTC(2026, 7, 1, 12);
export const header =
  'Source,City,State,Platform,Status,Link,Notes,Title,Added Date,Last Checked (PST),Last Live (PST),Embed Link,Posted By,Orientation'.split(
    ',',
  );
const stops: (() => unknown)[] = [];
/** Ends what a test has begun. */
export async function endAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

/** A row by column name. */
export const row = (cells: Readonly<Record<string, string>>): string[] =>
  header.map((name) => cells[name] ?? '');
export const linkOf = (name: string) => `https://www.twitch.tv/${name}`;
export const idOf = (link: string) => {
  const read = readStreamUrl(link);
  if (!read.ok) throw new Error(read.error.message);
  return streamIdOf(read.value.url);
};

export async function setUp(
  livesheet: FakeTab,
  policy: SheetPolicy = { mode: 'sheet-first' },
  others: Readonly<Record<string, FakeTab>> = {},
  paused: () => string | undefined = () => undefined,
) {
  const fake = await startFakeSheet({ Livesheet: livesheet, ...others });
  stops.push(fake.close);
  const folder = await mkdtemp(join(tmpdir(), 'sheet-'));
  stops.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'agreed.json');
  let nowMs = START;
  const opened = await openReplica({
    store: createInMemoryReplicaStore(createMemoryDisk()),
    actor: ActorId.parse('service:sheet'),
    role: 'admin',
    clock: { nowMs: () => nowMs },
  });
  if (!opened.ok) throw new Error(opened.error.words);
  const replica = opened.value;
  const send = async (command: CatalogueCommand) => {
    const done = await replica.send({ document: 'catalogue', command });
    if (!done.ok && done.error.reason !== 'unchanged') throw new Error(done.error.message);
  };
  const warnings: string[] = [];
  const begin = (timers: Timers) =>
    createSheetSync({
      api: createGoogleSheets({ spreadsheetId: SPREADSHEET, key: fakeKey, rootUrl: fake.rootUrl }),
      tabs: usualTabs,
      policy,
      catalogue: replica,
      paused,
      agreed: createAgreedFile(file),
      clock: { nowMs: () => nowMs },
      timers,
      logger: {
        info: () => undefined,
        warn: (text) => void warnings.push(text),
        error: (text) => void warnings.push(text),
      },
      intervalMs: 15_000,
    });
  const newMinute = () => {
    nowMs += 60_000;
    fake.newMinute();
  };
  /** Compares once, as a program that was started anew. */
  const compare = async () => {
    newMinute();
    const sync = begin({ after: () => () => undefined });
    await sync.stop();
    return { ...sync.state(), pause: sync.state().nextAt - nowMs };
  };
  /** Runs on, and has compared once; `next` compares again. */
  const open = () => runOn(begin, newMinute);
  const view = (link: string) => replica.catalogue().streams.get(idOf(link));
  return { fake, file, replica, send, compare, open, view, ...lookAt(fake), warnings };
}

async function runOn(begin: (timers: Timers) => SheetSync, newMinute: () => void) {
  let work = (): void => undefined;
  let compared = 0;
  const sync = begin({
    after(_ms, next) {
      work = next;
      compared += 1;
      return () => undefined;
    },
  });
  stops.push(sync.stop);
  const until = (count: number) => vi.waitFor(() => expect(compared).toBeGreaterThanOrEqual(count));
  await until(1);
  const next = async () => {
    newMinute();
    const ended = compared + 1;
    work();
    await until(ended);
  };
  return { sync, next };
}

/** The sheet as a person sees it, and types into it. */
function lookAt(fake: FakeSheet) {
  const tab = () => fake.tabs.get('Livesheet') ?? [];
  /** A cell of the row that has this link. */
  const cell = (link: string, name: string) =>
    tab().find((cells) => cells[header.indexOf('Link')] === link)?.[header.indexOf(name)] ?? '';
  const type = (link: string, name: string, text: string) => {
    const cells = tab().find((each) => each[header.indexOf('Link')] === link);
    if (cells === undefined) throw new Error('no such row');
    cells[header.indexOf(name)] = text;
  };
  return { tab, cell, type };
}

export const writes = (fake: FakeSheet) => fake.requests.filter(({ kind }) => kind === 'write');

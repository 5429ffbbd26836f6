import * as Y from 'yjs';
import { createStampClock } from '../kernel/stamp.ts';
import { ActorId, ReplicaId, type StreamId } from '../model/ids.ts';
import { Link, type StreamStatus } from '../model/stream.ts';
import { streamIdOf } from '../model/stream-url.ts';
import { applyCatalogueCommand } from './apply-catalogue-command.ts';
import type { CatalogueCommand } from './command.ts';
import { compactDocument } from './compact-document.ts';
import type { CommandContext } from './op.ts';
import { type CatalogueProjection, openCatalogue } from './project-catalogue.ts';
import { planRetirement, retireGenerations } from './retire.ts';
import { retireRules } from './retire-rules.ts';

/**
 * What a catalogue costs after a year, and at 5,000 streams. `npm run bench:documents`; the last line is JSON.
 * The year is lived with the real commands and the real retirement, in one Y.Doc whose client id changes with the writer:
 * the bytes are those of five desks that meet after every edit, without the time that meeting takes.
 */
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);
const DAYS = Number(process.argv[2] ?? 365);
const STREAMS_A_DAY = 300;
const FLIPS = 10;
const LIFE_DAYS = 8;
const WRITERS = 5;
const SERVER = WRITERS;
const CITIES = ['Minneapolis', 'Portland', 'Los Angeles', 'Oslo', 'New York'];

type Team = {
  readonly doc: Y.Doc;
  readonly projection: CatalogueProjection;
  nowMs: number;
  /** `writer` counts from 0; WRITERS is the server. */
  readonly as: (writer: number) => CommandContext;
};

function createTeam(): Team {
  const doc = new Y.Doc();
  const team: Team = {
    doc,
    projection: openCatalogue(doc),
    nowMs: START_MS,
    as(writer) {
      doc.clientID = 1_000_003 * (writer + 1);
      const context = contexts[writer];
      if (context === undefined) throw new Error('no such writer');
      return { ...context, nowMs: team.nowMs };
    },
  };
  const contexts = Array.from({ length: WRITERS + 1 }, (_, writer) => ({
    actor: ActorId.parse(`service:writer${writer}`),
    replica: ReplicaId.parse(`writer0${writer}`),
    stamps: createStampClock({ nowMs: () => team.nowMs }, `writer0${writer}`),
  }));
  return team;
}

function command(team: Team, writer: number, wanted: CatalogueCommand): void {
  const result = applyCatalogueCommand(team.doc, team.projection, wanted, team.as(writer));
  if (!result.ok) throw new Error(`${wanted.type}: ${result.error.message}`);
}

/** Twelve fields are stored of it: link, platform, code, addedBy, status and these. */
function addStream(team: Team, name: string, writer: number, more: object = {}): StreamId {
  const link = Link.parse(`https://www.twitch.tv/${name}`);
  const fields = {
    title: `${name} live from the march downtown`,
    source: `${name} on the street`,
    city: CITIES[Number(name.at(-1)) % CITIES.length] ?? 'Oslo',
    region: 'MN',
    country: 'USA',
    postedBy: `poster of ${name}`,
    tags: ['march', 'downtown'],
    status: 'unknown' as const,
    ...more,
  };
  command(team, writer, { type: 'add-stream', link, fields });
  return streamIdOf(link);
}

/** A day: what is due for a flip of status is flipped, new streams are added, and what is over is retired. */
function liveDay(team: Team, day: number, flips: Map<number, StreamId[]>): void {
  for (const [i, id] of (flips.get(day) ?? []).entries()) {
    team.nowMs += 500;
    const isLive = team.projection.view().streams.get(id)?.status === 'live';
    const status: StreamStatus = isLive ? 'offline' : 'live';
    command(team, i % WRITERS, { type: 'set-stream-status', id, status });
  }
  flips.delete(day);
  for (let i = 0; i < STREAMS_A_DAY; i++) {
    team.nowMs += 500;
    const id = addStream(team, `street_cam_${day}_${i}`, i % WRITERS);
    for (let flip = 0; flip < FLIPS; flip++) {
      const due = day + 1 + Math.floor((flip * (LIFE_DAYS - 1)) / FLIPS);
      const ids = flips.get(due);
      if (ids === undefined) flips.set(due, [id]);
      else ids.push(id);
    }
  }
  team.nowMs = START_MS + (day + 1) * DAY_MS;
  const rules = { ...retireRules(team.nowMs), streamMs: 0 };
  const retirement = planRetirement(team.doc, team.projection, rules);
  retireGenerations(team.doc, team.projection, retirement, team.as(SERVER));
}

function measureYear(): { encodedToJson: number; loadMs: number } {
  const team = createTeam();
  const flips = new Map<number, StreamId[]>();
  const began = performance.now();
  for (let day = 0; day < DAYS; day++) liveDay(team, day, flips);
  const uncompacted = Y.encodeStateAsUpdateV2(team.doc);
  const stored = compactDocument(uncompacted);
  const json = JSON.stringify(storedValues(team)).length;
  const loadMs = quickest(9, () => openCatalogue(loaded(stored)).view());
  console.log(
    `year: ${DAYS} days lived in ${seconds(began)} s; ${team.projection.view().streams.size} streams there; ` +
      `stored ${kb(stored.length)} kB (before compaction ${kb(uncompacted.length)} kB), their JSON ${kb(json)} kB; ` +
      `loads in ${loadMs.toFixed(0)} ms`,
  );
  return { encodedToJson: round(stored.length / json), loadMs: round(loadMs) };
}

/** The records as plain values, with the names they are stored under and without any stamps. */
function storedValues({ projection }: Team): unknown[] {
  return [...projection.view().streams.values()].map(({ id }) => {
    const fields = Object.entries(projection.stored('streams', id)?.fields ?? {});
    return { id, ...Object.fromEntries(fields.map(([name, field]) => [name, field.value])) };
  });
}

function measureFive(): { loadMs: number; editUs: number; projectUs: number } {
  const team = createTeam();
  const ids = Array.from({ length: 5_000 }, (_, i) =>
    addStream(team, `street_cam_${i}`, i % WRITERS, {
      notes: `note ${i}`,
      latitude: i / 100,
      longitude: -i / 50,
    }),
  );
  const stored = Y.encodeStateAsUpdateV2(team.doc);
  const loadMs = quickest(9, () => openCatalogue(loaded(stored)).view());
  const decodeMs = quickest(9, () => loaded(stored));
  let i = 0;
  const edit = () => {
    const id = ids[(i++ * 7919) % ids.length];
    if (id === undefined) throw new Error('no stream');
    command(team, i % WRITERS, { type: 'edit-stream', id, changes: { title: `edited ${i}` } });
    return team.projection.view();
  };
  for (let warm = 0; warm < 3_000; warm++) edit();
  const editUs = 1000 * median(5_001, edit);
  console.log(
    `5,000 streams x 15 fields: load ${loadMs.toFixed(0)} ms (of which decoding ${decodeMs.toFixed(0)}), ` +
      `one edit with its view ${editUs.toFixed(1)} µs`,
  );
  return { loadMs: round(loadMs), editUs: round(editUs), projectUs: round(measureProjection(team, ids)) };
}

/** How long a view takes to follow one field that came in from elsewhere. */
function measureProjection(team: Team, ids: readonly StreamId[]): number {
  const other = loaded(Y.encodeStateAsUpdateV2(team.doc));
  const projection = openCatalogue(other);
  const updates: Uint8Array[] = [];
  team.doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [i, id] of ids.slice(0, 2_000).entries())
    command(team, 0, { type: 'edit-stream', id, changes: { title: `from elsewhere ${i}` } });
  const times = updates.map((update) => {
    Y.applyUpdate(other, update);
    const began = performance.now();
    projection.view();
    return performance.now() - began;
  });
  return 1000 * middle(times);
}

function loaded(bytes: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdateV2(doc, bytes);
  return doc;
}

/** The quickest of several loads: what the machine does besides is not ours. */
function quickest(times: number, run: () => unknown): number {
  return Math.min(...measured(times, run));
}

function median(times: number, run: () => unknown): number {
  return middle(measured(times, run));
}

function measured(times: number, run: () => unknown): readonly number[] {
  return Array.from({ length: times }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const round = (value: number) => Math.round(value * 100) / 100;
const kb = (bytes: number) => Math.round(bytes / 1000);
const seconds = (began: number) => Math.round((performance.now() - began) / 1000);

const five = measureFive();
const year = measureYear();
console.log(JSON.stringify({ year, ...five }));

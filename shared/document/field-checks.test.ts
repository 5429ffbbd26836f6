import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ActorId } from '../model/ids.ts';
import { Link, StreamFields, Time } from '../model/stream.ts';
import { WallName } from '../model/wall.ts';
import {
  EventFields,
  EventOffset,
  IgnoreFields,
  LocationFields,
  StreamerAccount,
  StreamerFields,
} from './catalogue-fields.ts';
import { type FieldCheck, isNumber } from './field-checks.ts';
import {
  EVENT_CHECKS,
  IGNORE_CHECKS,
  LOCATION_CHECKS,
  type RecordChecks,
  STREAMER_CHECKS,
  WALL_CHECKS,
} from './read-catalogue-record.ts';
import { STREAM_CHECKS } from './read-stream.ts';

/** Values of every kind, and those near where a check changes its mind. */
const anything = fc.oneof(
  fc.anything(),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(...edges()),
  fc
    .constantFrom(0, 1, 120, 121, 200, 255, 256, 500, 501, 2048, 2049, 10_000, 10_001)
    .map((n) => 'x'.repeat(n)),
  fc.constantFrom(50, 51).map((n) => Array.from({ length: n }, () => 'tag')),
  fc.webUrl(),
  fc.double(),
  fc.integer(),
);

function edges(): unknown[] {
  return [
    '',
    ' ',
    ' x',
    'x ',
    '\u00a0x',
    'x\ufeff',
    -1,
    -0,
    0,
    90,
    -90,
    180,
    181,
    270,
    100,
    101,
    8.64e15,
    8.64e15 + 2,
    1.5,
    Number.NaN,
    Infinity,
    'live',
    'offline',
    'video',
    'audio',
    'twitch',
    'other',
    'hidden',
    'vertical',
    'waiting',
    'url',
    'user:a',
    'user a',
    'ab1',
    'AB',
    'http://x',
    'HTTPS://x.org/a b',
    'javascript:alert(1)//http://x',
    'https://',
    ['a', 'b'],
    ['a', 7],
    ['x'.repeat(61)],
    [],
    true,
    false,
    null,
    undefined,
    '__proto__',
    'constructor',
  ];
}

function agree(check: FieldCheck, schema: z.ZodType): void {
  fc.assert(
    fc.property(anything, (value) => {
      expect(check(value)).toBe(schema.safeParse(value).success);
    }),
    { numRuns: 400 },
  );
}

/** Names are stored trimmed, as commands leave them; so what a schema would still trim is not accepted. */
function agreeOnTrimmed(check: FieldCheck, schema: z.ZodType): void {
  fc.assert(
    fc.property(anything, (value) => {
      const parsed = schema.safeParse(value);
      expect(check(value)).toBe(parsed.success && Object.is(parsed.data, value));
    }),
    { numRuns: 400 },
  );
}

describe('[C5] the hand-written checks say what the schemas say', () => {
  for (const [name, check] of STREAM_CHECKS)
    it(`of a stream: ${name}`, () =>
      agree(check, StreamFields.shape[name as keyof typeof StreamFields.shape]));

  it('knows every field of a stream', () => {
    const status = ['status', 'statusReason', 'statusAt', 'statusBy', 'manualUntil'];
    expect([...STREAM_CHECKS.keys(), ...status].sort()).toEqual(Object.keys(StreamFields.shape).sort());
  });

  const records: [string, RecordChecks, Record<string, z.ZodType>][] = [
    ['streamer', STREAMER_CHECKS, StreamerFields.omit({ accounts: true }).shape],
    ['location', LOCATION_CHECKS, LocationFields.shape],
    ['ignore rule', IGNORE_CHECKS, IgnoreFields.omit({ notes: true }).shape],
    ['event', EVENT_CHECKS, EventFields.shape],
    ['wall', WALL_CHECKS, { name: WallName }],
  ];
  for (const [what, { fields }, shape] of records)
    for (const [name, schema] of Object.entries(shape))
      it(`of a ${what}: ${name}`, () => {
        const check = fields[name];
        if (check === undefined) throw new Error(`no check of ${name}`);
        agreeOnTrimmed((value) => value === undefined || check(value), schema.optional());
      });

  it('of times, actors, links and offsets', () => {
    const { addedBy, addedAt } = WALL_CHECKS.fields;
    agree(addedBy!, ActorId);
    agree(addedAt!, Time);
    agree(STREAM_CHECKS.get('link')!, Link);
    agree(isNumber(0, 1e7), EventOffset);
    expect(StreamerAccount.safeParse({ platform: 'twitch', username: 'x', active: true }).success).toBe(true);
  });
});

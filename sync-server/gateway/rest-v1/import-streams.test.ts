import { describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { EditHeld } from '../../projection/rest-peer.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { writeCsv } from './csv.ts';
import { readImportCells } from './import-cells.ts';
import { addMany } from './ignore-bulk-endpoints.ts';
import { importStreams } from './import-streams.ts';
import { createFailingParts } from './test-failing-parts.ts';

const account = { actor: ActorId.parse('user:ana'), role: 'operator', grants: [] } as const;
const linkOf = (i: number): string => `https://www.twitch.tv/somebody${String(i)}`;

const input = (count: number) => ({
  ...({ mode: 'upsert', dry_run: false } as const),
  streams: Array.from({ length: count }, (_, i) => ({ link: i === 3 ? 'nowhere' : linkOf(i) })),
});

describe('an import', () => {
  it('that is broken off says of every row that was taken what became of it, and where to go on', async () => {
    const refusal = await importStreams(createFailingParts(3), account, input(1_700)).catch(
      (error: unknown) => error,
    );
    if (!(refusal instanceof HttpRefusal)) throw new Error('was not refused');
    expect([refusal.status, refusal.code, refusal.retryAfterMs]).toEqual([503, 'unavailable', 2_000]);
    const report = refusal.report as Awaited<ReturnType<typeof importStreams>>;
    expect(report).toMatchObject({ imported: 399, total: 1_700, next_index: 400 });
    expect(report.rows.map(({ index }) => index)).toEqual(Array.from({ length: 400 }, (_, i) => i));
    expect(report.errors.map(({ index }) => index)).toEqual([3]);
    expect(report.rows[399]).toMatchObject({ result: 'created', id: 399 });
  });

  it('that is broken off at once has taken nothing, and one that is not looked at every row', async () => {
    const refusal = await importStreams(createFailingParts(1), account, input(2)).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ report: { imported: 0, total: 2, rows: [], next_index: 0 } });
    const report = await importStreams(createFailingParts(9), account, input(600));
    expect(report).toMatchObject({ imported: 599, total: 600, next_index: null });
  });

  it('that a maintenance breaks off is told so, not that the database is away', async () => {
    const parts = createFailingParts(2, [], new EditHeld('maintenance'));
    await expect(importStreams(parts, account, input(300))).rejects.toMatchObject({
      ...{ status: 503, code: 'maintenance', retryAfterMs: 30_000 },
      report: { imported: 199, next_index: 200 },
    });
  });

  it('calls new what nobody else had added by the time that it was stored', async () => {
    const { rows } = await importStreams(createFailingParts(9, [linkOf(1)]), account, input(3));
    expect(rows.map(({ result }) => result)).toEqual(['created', 'updated', 'created']);
  });
});

it('rules that are broken off say where to go on, also when they cannot be read any more', async () => {
  const parts = createFailingParts(3);
  const entries = Array.from({ length: 500 }, (_, i) =>
    i === 7 ? {} : { list_type: 'twitch_user', value: `somebody${String(i)}` },
  );
  const refusal = await addMany(parts, account, entries).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    status: 503,
    report: { created: [], errors: [{ value: {} }], next_index: 400 },
  });
  expect(parts.rules()).toBe(399);
});

describe('a sheet', () => {
  it('with more rows than may come at once is refused, not cut short', () => {
    const csv = `link\n${[1, 2, 3].map(linkOf).join('\n')}\n`;
    expect(readImportCells(csv, 3)).toHaveLength(3);
    expect(() => readImportCells(csv, 2)).toThrow('csv has more than 2 rows');
  });

  it('that was exported is read as it was, without the marks against formulas', () => {
    const csv = `link,notes,label\n${linkOf(1)},'=1+1,'quoted\n`;
    expect(writeCsv(undefined, [[linkOf(1), '=1+1', '@ana', -5, null]])).toBe(
      `${linkOf(1)},'=1+1,'@ana,-5,\r\n`,
    );
    expect(readImportCells(csv, 9)).toEqual([{ link: linkOf(1), notes: '=1+1', label: "'quoted" }]);
  });
});

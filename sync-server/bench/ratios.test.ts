import { describe, expect, it } from 'vitest';
import {
  lostOf,
  lowestOf,
  ratiosOf,
  toJson,
  type Figures,
  type Measurement,
  type Setting,
} from './ratios.ts';

const measured = (
  server: string,
  scenario: string,
  figures: Figures,
  setting: Setting = 'embedded',
): Measurement => ({ scenario, server, setting, isOurs: server === 'ours', figures });

describe('the ratio of a figure', () => {
  it('is above 1 where ours is better, whether less or more is better', () => {
    const measurements = [
      measured('ours', 'a', { median: 2 }),
      measured('peer', 'a', { median: 3 }),
      measured('ours', 'b', { seenPerSecond: 300, cpuPerEdit: 100 }),
      measured('peer', 'b', { seenPerSecond: 200, cpuPerEdit: 50 }),
    ];
    expect(ratiosOf(measurements, 'embedded')).toEqual({ a: 1.5, b: 1.5, bCpu: 0.5 });
  });

  it('is taken to the better peer of each figure', () => {
    const measurements = [
      measured('ours', 'b', { seenPerSecond: 100, cpuPerEdit: 10 }),
      measured('quick peer', 'b', { seenPerSecond: 200, cpuPerEdit: 40 }),
      measured('frugal peer', 'b', { seenPerSecond: 50, cpuPerEdit: 5 }),
    ];
    expect(ratiosOf(measurements, 'embedded')).toEqual({ b: 0.5, bCpu: 0.5 });
  });

  it('is of the medians of all passes, and a pass that failed does not count', () => {
    const measurements = [
      ...[1, 2, 90].map((median) => measured('ours', 'a', { median })),
      measured('ours', 'a', {}),
      ...[4, 5, 6].map((median) => measured('peer', 'a', { median })),
    ];
    expect(ratiosOf(measurements, 'embedded')).toEqual({ a: 2.5 });
  });

  it('does not mix settings, and is missing where nobody can be compared', () => {
    const measurements = [
      measured('ours', 'd', { fiftyCold: 10 }),
      measured('peer', 'd', { one: 10 }),
      measured('ours', 'd', { fiftyCold: 10 }, 'postgres'),
      measured('peer', 'd', { fiftyCold: 30 }, 'postgres'),
    ];
    expect(ratiosOf(measurements, 'embedded')).toEqual({});
    expect(ratiosOf(measurements, 'postgres')).toEqual({ d50cold: 3 });
  });
});

describe('the last line', () => {
  it('holds of each ratio the lowest of all settings', () => {
    expect(lowestOf([{ a: 1.2, c: 0.9 }, { a: 0.8 }, {}])).toEqual({ a: 0.8, c: 0.9 });
  });

  it('counts what ours lost in every pass and setting, and never what peers lost', () => {
    const measurements = [
      measured('ours', 'h', { seen: 100, seenAndLost: 1, saved: 90, savedAndLost: 0 }),
      measured('ours', 'h', { seen: 100, seenAndLost: 2 }, 'postgres'),
      measured('peer', 'h', { seen: 100, seenAndLost: 100 }),
    ];
    expect(lostOf(measurements)).toEqual({ saved: 0, seen: 3 });
  });

  it('says null for what was not measured', () => {
    const line: unknown = JSON.parse(toJson([], ['embedded']));
    expect(line).toMatchObject({ ratios: { a: null, gNew: null }, lost: { saved: null, seen: null } });
  });
});

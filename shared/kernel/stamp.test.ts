import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createStampClock,
  isStamp,
  MAX_DRIFT_MS,
  OLDEST_STAMP,
  readStamp,
  type Stamp,
  stampMs,
} from './stamp.ts';

const NOW = Date.UTC(2026, 5, 1);
const at = (ms: number, replica = 'aaaaaaaa') => createStampClock({ nowMs: () => ms }, replica).next();

describe('stamps', () => {
  it('are unique and rise, though the clock of the machine stands still or goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: NOW - 5000, max: NOW + 5000 }), { minLength: 2 }), (times) => {
        let now = 0;
        const clock = createStampClock({ nowMs: () => now }, 'aaaaaaaa');
        const stamps = times.map((time) => ((now = time), clock.next()));
        expect(stamps).toEqual([...stamps].sort());
        expect(new Set(stamps).size).toBe(stamps.length);
        expect(stamps.every(isStamp)).toBe(true);
      }),
    );
  });

  it('sort by time first, whatever the replica is called', () => {
    expect(at(NOW, 'zzzzzzzz') < at(NOW + 1, 'aaaaaaaa')).toBe(true);
    expect(stampMs(at(NOW))).toBe(NOW);
  });

  it('bump the millisecond when 1,296 are made within one', () => {
    const clock = createStampClock({ nowMs: () => NOW }, 'aaaaaaaa');
    const made = Array.from({ length: 3000 }, () => clock.next());
    expect(new Set(made).size).toBe(3000);
    expect(made.toSorted()).toEqual(made);
    expect(stampMs(made.at(-1)!)).toBe(NOW + 2);
  });

  it('follow the value that they replace, however far ahead it is, without being pulled along', () => {
    const clock = createStampClock({ nowMs: () => NOW }, 'aaaaaaaa');
    const forged = at(NOW + 10 * 365 * 86_400_000, 'bbbbbbbb');
    const first = clock.next(forged);
    const second = clock.next(forged);
    expect(first > forged && second > first).toBe(true);
    expect(stampMs(clock.next())).toBe(NOW);
  });

  it('are pulled ahead by what was received, but never beyond the drift', () => {
    const clock = createStampClock({ nowMs: () => NOW }, 'aaaaaaaa');
    const near = at(NOW + MAX_DRIFT_MS, 'bbbbbbbb');
    clock.observe(near);
    expect(clock.next() > near).toBe(true);
    clock.observe(at(NOW + MAX_DRIFT_MS * 2, 'bbbbbbbb'));
    expect(stampMs(clock.next())).toBe(NOW + MAX_DRIFT_MS);
  });

  it('stay unique when the clock comes to a time that was used to follow a value ahead', () => {
    let now = NOW;
    const clock = createStampClock({ nowMs: () => now }, 'aaaaaaaa');
    const ahead = at(NOW + MAX_DRIFT_MS * 3, 'bbbbbbbb');
    const made = [clock.next(ahead), clock.next(ahead)];
    now = NOW + MAX_DRIFT_MS * 3;
    made.push(clock.next(), clock.next(), clock.next());
    expect(new Set(made).size).toBe(5);
  });

  it('that are malformed or absurd count as the oldest and are never thrown on', () => {
    const clock = createStampClock({ nowMs: () => NOW }, 'aaaaaaaa');
    for (const junk of [
      undefined,
      null,
      7,
      {},
      '',
      'z'.repeat(18),
      'A'.repeat(18),
      'é'.repeat(18),
      '0'.repeat(1e6),
    ]) {
      expect(readStamp(junk)).toBe(OLDEST_STAMP);
      clock.observe(junk as Stamp);
      expect(isStamp(clock.next(junk as Stamp))).toBe(true);
    }
    expect(stampMs(clock.next())).toBe(NOW);
  });

  it('can still be made beside one at the end of time, and on a machine whose clock is nonsense', () => {
    const last = (Date.UTC(2050, 0, 1).toString(36) + 'zzbbbbbbbb') as Stamp;
    expect(isStamp(last)).toBe(true);
    expect(isStamp(createStampClock({ nowMs: () => NOW }, 'aaaaaaaa').next(last))).toBe(true);
    for (const now of [Number.NaN, -1, 1e300, Infinity])
      expect(isStamp(createStampClock({ nowMs: () => now }, 'aaaaaaaa').next())).toBe(true);
  });
});

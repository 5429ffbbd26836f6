import { describe, expect, it } from 'vitest';
import { gainFactor, levelSound, NOT_LEVELLED, type LevelledSound } from './level-sound.ts';

const meanSquareOf = (db: number): number => 10 ** (db / 10);

/** What becomes of a sound that is so loud, heard every 200 ms. */
function after(seconds: number, db: number, from: LevelledSound = NOT_LEVELLED): LevelledSound {
  let now = from;
  for (let ms = 0; ms < seconds * 1000; ms += 200) now = levelSound(now, meanSquareOf(db), 200);
  return now;
}

describe('levelling', () => {
  it('brings loud and quiet streams to the same loudness', () => {
    for (const db of [-8, -14, -23, -30]) {
      expect(db + after(20, db).gainDb).toBeCloseTo(-23, 1);
    }
  });

  it('makes quieter at once and louder slowly', () => {
    expect(after(1, -8).gainDb).toBeLessThan(-14);
    expect(after(1, -32).gainDb).toBeLessThanOrEqual(3.1);
    const settled = after(20, -30);
    expect(after(1, -8, settled).gainDb).toBeLessThan(settled.gainDb - 10);
  });

  it('raises by no more than 9 dB and lowers by no more than 18', () => {
    expect(after(60, -50).gainDb).toBeCloseTo(9, 5);
    expect(after(60, 0).gainDb).toBeCloseTo(-18, 5);
  });

  it('leaves silence, and what is no number, as they are', () => {
    const settled = after(10, -14);
    expect(after(60, -70, settled)).toEqual(settled);
    expect(levelSound(settled, Number.NaN, 200)).toEqual(settled);
    expect(levelSound(settled, 0, 200)).toEqual(settled);
  });

  it('is told as a factor', () => {
    expect(gainFactor({ loudnessDb: null, gainDb: 0 })).toBe(1);
    expect(gainFactor({ loudnessDb: null, gainDb: -20 })).toBeCloseTo(0.1, 10);
  });
});

import { describe, expect, it } from 'vitest';
import { StreamId } from '#shared/model/ids.ts';
import { createReadPages } from './read-pages.ts';
import { answer } from './reading.ts';

const NOW = Date.UTC(2026, 7, 1, 12);
const idOf = (n: number) => StreamId.parse(`stream${n}`);
const live = answer('live', 'It is live.', '', {
  viewers: 5,
  thumbnail: `https://static.example/${'x'.repeat(200)}.jpg`,
});
const offline = answer('offline', 'It is over.', '');

describe('what is shown of many streams', () => {
  it('[LS20] is a small part at a time, new before old, and what is live comes round again', () => {
    const pages = createReadPages();
    for (let n = 0; n < 300; n += 1) pages.note(idOf(n), n < 100 ? live : offline, NOW + n);
    const shown: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const page = pages.next();
      expect(JSON.stringify(page).length).toBeLessThan(7200);
      shown.push(...page.map(({ id }) => id));
    }
    expect(new Set(shown).size).toBe(300);
    expect(shown.slice(0, 3)).toEqual(['stream0', 'stream1', 'stream2']);
    expect(shown.filter((id) => id === 'stream0').length).toBeGreaterThan(1);
    expect(shown.filter((id) => id === 'stream200').length).toBe(1);
    pages.note(idOf(100), live, NOW + 900);
    expect(pages.next()[0]?.id).toBe('stream100');
  });

  it('[LS20] leaves out a picture that is none, and not the rest', () => {
    const pages = createReadPages();
    pages.note(idOf(1), answer('live', '', '', { viewers: 3, thumbnail: 'javascript:alert(1)' }), NOW);
    expect(pages.next()).toEqual([{ id: 'stream1', at: NOW, viewers: 3, thumbnail: undefined }]);
  });
});

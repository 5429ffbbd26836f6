import { expect, it } from 'vitest';
import { isHealthy, writeReport, type Row } from './report.ts';

const there: Row = { title: 'GTK 3', state: 'there', detail: '/lib/libgtk-3.so.0' };
const optional: Row = {
  title: 'Redis',
  state: 'absent',
  detail: 'not here',
  remedy: 'apt-get install redis-server',
};
const missing: Row = {
  title: 'NSS',
  state: 'missing',
  detail: 'not here',
  remedy: 'apt-get install libnss3',
};

it('tells line by line what is there and what is not, each with its remedy', () => {
  const lines = writeReport([there, optional, missing], false);
  expect(lines[0]).toMatch(/^ok +GTK 3 +\/lib/);
  expect(lines[1]).toMatch(/^- +Redis/);
  expect(lines[2]).toContain('→ apt-get install redis-server');
  expect(lines[3]).toMatch(/^MISSING +NSS/);
  expect(lines.at(-1)).toBe('Missing: NSS.');
  expect(writeReport([missing], true).at(-1)).toContain('npm start');
});

it('is content with a machine that lacks only what Streamwall can do without', () => {
  expect(isHealthy([there, optional])).toBe(true);
  expect(writeReport([there, optional], true).at(-1)).toBe('Everything that is required is here.');
  expect(isHealthy([there, optional, missing])).toBe(false);
});

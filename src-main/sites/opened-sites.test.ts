import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOpenedSites } from './opened-sites.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-opened-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const fileOf = (): string => join(folder, 'log-ins.json');

it('what was opened to log in is remembered beyond the next start, each origin once, for the owner of the machine alone', () => {
  const opened = createOpenedSites(fileOf());
  for (const path of ['https://a.example/log-in?next=/', 'http://b.example:8080/', 'https://a.example/home'])
    opened.note(path);
  expect(createOpenedSites(fileOf()).origins()).toEqual(['http://b.example:8080', 'https://a.example']);
  expect(statSync(fileOf()).mode & 0o777).toBe(0o600);
});

it('a site is forgotten with the hosts beneath it', () => {
  const opened = createOpenedSites(fileOf());
  for (const url of ['https://id.a.example/', 'https://a.example/', 'https://nota.example/'])
    opened.note(url);
  opened.forget('a.example');
  expect(opened.origins()).toEqual(['https://nota.example']);
});

it('what is no page of the web is not remembered, nor more than anybody logs in to', () => {
  const opened = createOpenedSites(fileOf());
  for (const url of ['about:blank', 'file:///etc/passwd', 'no address', '']) opened.note(url);
  expect(opened.origins()).toEqual([]);
  for (let n = 0; n < 400; n++) opened.note(`https://${String(n)}.example/`);
  expect(opened.origins()).toHaveLength(300);
  expect(opened.origins().at(-1)).toBe('https://399.example');
});

it.each(['{', '["file:///x"]', '["https://a.example/path"]'])('a file with %s in it is nothing', (text) => {
  writeFileSync(fileOf(), text);
  expect(createOpenedSites(fileOf()).origins()).toEqual([]);
});

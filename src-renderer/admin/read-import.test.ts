import { describe, expect, it } from 'vitest';
import { readImport } from './read-import.ts';

describe('reading a file to import', () => {
  it('takes CSV and JSON, with or without a head around it, and counts what has no link', () => {
    expect(readImport('\uFEFFLink,Title\r\nhttps://a.example/1,One\r\n,No link\r\n')).toEqual({
      ok: true,
      value: { kind: 'streams', rows: [{ link: 'https://a.example/1', title: 'One' }], leftOut: 1 },
    });
    const list = [{ link: 'https://a.example/1' }, { title: 'none' }];
    for (const text of [JSON.stringify(list), JSON.stringify({ streams: list })])
      expect(readImport(text)).toMatchObject({ value: { rows: [list[0]], leftOut: 1 } });
  });

  it('knows ignore lists by their column', () => {
    expect(readImport('list_type,value,notes\ndomain,spam.example,\n')).toMatchObject({
      value: { kind: 'ignore', rows: [{ list_type: 'domain', value: 'spam.example' }] },
    });
  });

  it('says what cannot be read, and drops nothing of a file that is too long', () => {
    for (const text of ['', '{', '[1]', 'just words', '{"streams":3}', 'link\n'])
      expect(readImport(text)).toMatchObject({ ok: false, error: expect.stringContaining('neither') });
    const long = `link\n${'https://a.example/1\n'.repeat(100_001)}`;
    expect(readImport(long)).toMatchObject({ ok: false, error: expect.stringContaining('Split it') });
  });
});

import { describe, expect, it } from 'vitest';
import { MAX_LINK_LENGTH } from '#shared/model/stream.ts';
import { judgeLink } from './judge-link.ts';

describe('a link that was typed', () => {
  it('is good when it is http or https, spaces around it or not', () => {
    expect(judgeLink(' https://example.com/live.m3u8?token=x ')).toMatchObject({
      kind: 'good',
      link: 'https://example.com/live.m3u8?token=x',
    });
    expect(judgeLink('http://127.0.0.1:8080/demo.m3u8').kind).toBe('good');
  });

  it('has one id however it is written', () => {
    const ids = ['https://www.twitch.tv/Woke', 'http://twitch.tv/woke/'].map((text) => {
      const verdict = judgeLink(text);
      return verdict.kind === 'good' ? verdict.id : verdict;
    });
    expect(ids[0]).toBe(ids[1]);
    expect(typeof ids[0]).toBe('string');
  });

  it.each([
    'ftp://example.com/a',
    'javascript:alert(1)',
    'rtsp://camera.example/1',
    'not a link',
    'hello',
    'http://',
  ])('%s is refused in a sentence', (text) => {
    const verdict = judgeLink(text);
    expect(verdict.kind).toBe('refused');
    expect(verdict.kind === 'refused' && /^[A-Z].*\.$/s.test(verdict.words)).toBe(true);
  });

  it('may be as long as is allowed and no longer', () => {
    const link = (length: number) => 'https://example.com/'.padEnd(length, 'a');
    expect(judgeLink(link(MAX_LINK_LENGTH)).kind).toBe('good');
    expect(judgeLink(link(MAX_LINK_LENGTH + 1))).toMatchObject({ kind: 'refused', isFinal: true });
  });

  it('that only lacks its beginning is offered with it', () => {
    expect(judgeLink('example.com/live')).toMatchObject({ fix: 'https://example.com/live', isFinal: false });
    expect(judgeLink('hello')).toMatchObject({ fix: null });
    expect(judgeLink('two words.com')).toMatchObject({ fix: null });
  });
});

describe('while somebody still types', () => {
  it.each(['h', 'http', 'https:', 'https://', 'localhost:', 'exam'])(
    '%s is not worth a complaint yet',
    (text) => {
      expect(judgeLink(text)).not.toMatchObject({ isFinal: true });
    },
  );

  it('another scheme is worth one at once', () => {
    expect(judgeLink('rtsp://c')).toMatchObject({ isFinal: true });
  });

  it('nothing is neither good nor bad', () => {
    expect(judgeLink('  ')).toEqual({ kind: 'empty' });
  });
});

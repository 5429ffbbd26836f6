import { describe, expect, it } from 'vitest';
import { ShownChecker } from '#shared/protocol/worker-presence.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { isMaybeEnded, streamStateReason, streamStateWords } from '../words/stream-words.ts';
import { messages } from './messages.ts';
import { statusWords } from './status-words.ts';

const checker = (more: object) =>
  ShownChecker.parse({
    name: 'desk:a',
    beat: 1,
    streams: 3,
    asked: 5,
    checked: 4,
    changed: 1,
    troubles: [],
    ...more,
  });

describe('how this machine checks who is live', () => {
  it('is told with what it looks after', () => {
    expect(statusWords({ type: 'running', checker: checker({}) }, 0)).toMatchObject({
      tone: 'quiet',
      words: messages.running(3),
    });
  });

  it('names each platform that gives no answer, and a key that is refused, with the reason', () => {
    const troubles = [{ host: 'kick.com', cause: 'status', reason: 'It answers 503.', until: 0 }];
    const push = [{ platform: 'twitch', state: 'refused', channels: 0, words: 'The token was taken back.' }];
    const shown = statusWords({ type: 'running', checker: checker({ troubles, push }) }, 0);
    expect(shown).toMatchObject({ tone: 'troubled', words: messages.troubled(2) });
    expect(shown.more.slice(0, 2)).toEqual([
      'kick.com: It answers 503.',
      'twitch: The token was taken back.',
    ]);
  });

  it('counts down to the next start when it broke', () => {
    const shown = statusWords({ type: 'failed', words: 'It ended.', againAtMs: 9_000 }, 4_000);
    expect(shown.more).toEqual(['It ended.', messages.again(5)]);
  });
});

describe('a status', () => {
  const live = {
    ...streamOf('a'),
    status: 'live' as const,
    statusReason: 'Maybe ended: the page says offline.',
  };

  it('that may be over is shown at once, with the reason', () => {
    expect(isMaybeEnded(live)).toBe(true);
    expect(isMaybeEnded({ ...live, status: 'offline' })).toBe(false);
    expect(streamStateWords(live, 0)).toBe(messages.maybeEnded);
    expect(streamStateReason(live, 0)).toBe(live.statusReason);
  });

  it('that a person set says until when it holds, as long as it does; one that is not checked says so', () => {
    const set = { ...live, statusReason: 'I see it.', manualUntil: 1_000 };
    expect(streamStateReason(set, 0)).toMatch(/^I see it\. Set by hand; holds until /);
    expect(streamStateReason(set, 2_000)).toBe('I see it.');
    expect(streamStateReason({ ...set, noCheck: true }, 2_000)).toContain(messages.dontCheck);
  });
});

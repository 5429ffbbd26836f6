import type { StatusState } from '#shared/protocol/status-state.ts';
import { secondsUntil } from '../words/time-words.ts';
import { inOwnWords } from '../words/told-words.ts';
import { messages as words } from './messages.ts';

/** How this machine's checks are spoken of: a few words, what more there is, and whether all is well. */
export type StatusWords = Readonly<{ tone: 'quiet' | 'troubled'; words: string; more: readonly string[] }>;

export function statusWords(status: StatusState, nowMs: number): StatusWords {
  switch (status.type) {
    case 'off':
      return { tone: 'quiet', words: words.off, more: [words.offMore] };
    case 'resting':
      return { tone: 'quiet', words: words.resting, more: [] };
    case 'starting':
      return { tone: 'quiet', words: words.starting, more: [] };
    case 'failed':
      return {
        tone: 'troubled',
        words: words.failed,
        more: [inOwnWords(status.words), words.again(secondsUntil(status.againAtMs, nowMs))],
      };
    case 'running': {
      const { streams, checked, changed, troubles, push } = status.checker;
      const refused = push.flatMap((one) =>
        one.state === 'refused' ? [words.trouble(one.platform, one.words ?? one.state)] : [],
      );
      const hosts = troubles.map(({ host, reason }) => words.trouble(host, reason));
      const isTroubled = hosts.length + refused.length > 0;
      return {
        tone: isTroubled ? 'troubled' : 'quiet',
        words: isTroubled ? words.troubled(hosts.length + refused.length) : words.running(streams),
        more: [...hosts, ...refused, words.runningMore(checked, changed)],
      };
    }
  }
}

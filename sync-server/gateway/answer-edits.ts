import type { ServerMessage } from '#shared/protocol/sync-messages.ts';
import type { EditAnswer } from '../documents/room-peer.ts';

/** Answers as they are sent: edits in a row that are saved are told by the number of the last. */
export function writeAnswers(answers: readonly EditAnswer[]): readonly ServerMessage[] {
  return answers.flatMap((answer, i): readonly ServerMessage[] => {
    if (answer.type === 'saved') return answers[i + 1]?.type === 'saved' ? [] : [answer];
    const { n, refusal } = answer;
    const told = { type: 'refused', n, reason: refusal.reason } as const;
    if ('platform' in refusal) return [{ ...told, root: refusal.platform }];
    return ['root' in refusal ? { ...told, root: refusal.root } : told];
  });
}

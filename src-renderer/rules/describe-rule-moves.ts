import type { WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { messages } from './messages.ts';
import type { RuleMove } from './rule-moves.ts';

/** What rules did, a sentence a rule and kind. */
export function describeRuleMoves(
  moves: readonly RuleMove[],
  { rules }: Pick<WallView, 'rules'>,
  codeOf: (id: StreamId) => string,
): readonly string[] {
  const sentences = new Map<string, string[]>();
  for (const { rule, stream, before } of moves) {
    const key = `${before === null ? 'placed' : 'rotated'} ${rule}`;
    sentences.set(key, [...(sentences.get(key) ?? []), codeOf(stream)]);
  }
  return [...sentences].map(([key, codes]) => {
    const [kind, id] = key.split(' ');
    const name = rules.find((rule) => rule.id === id)?.name ?? messages.aRule;
    return (kind === 'placed' ? messages.placed : messages.rotated)(name, codes.join(', '));
  });
}

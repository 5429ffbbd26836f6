import type { TeamChange } from '#shared/protocol/team-history.ts';
import { messages } from './messages.ts';

/** Who it was, by the name that people know: never an account's number. */
export function whoOfChange(
  { actor, name }: Pick<TeamChange, 'actor' | 'name'>,
  me: string | undefined,
): string {
  if (actor === me) return messages.me;
  if (name !== undefined && name !== '') return name;
  const [kind, rest = ''] = actor.split(/:(.*)/s);
  if (kind === 'user') return messages.gone;
  return kind === 'rule' ? messages.rule(rest) : rest || actor;
}

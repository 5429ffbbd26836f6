import { fail, type Result } from '../kernel/result.ts';
import type { Done } from '../protocol/ipc-contract.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { DismissRefused } from '../protocol/team-state.ts';
import { readIntent } from './intent.ts';
import type { Replica } from './replica.ts';

/**
 * Does an edit once more that the server refused: as a new one, with the rights that one has now, on what is there now.
 * @param dismiss what is done with the refused one once that is here; sent and answered it is as any edit
 */
export async function redoRefused(
  replica: Pick<Replica, 'refused' | 'send'>,
  which: DismissRefused,
  dismiss: (which: DismissRefused) => Promise<void>,
): Promise<Result<Done, Refusal>> {
  const refused = await replica.refused();
  if (!refused.ok) return fail({ reason: 'not-stored', message: refused.error.words, retryable: true });
  const edit = refused.value.find(({ document, n }) => document === which.document && n === which.n);
  const intent = readIntent(edit?.command);
  if (intent?.type !== 'command') return fail(NOT_BY_ITSELF);
  const done = await replica.send(intent.command);
  if (done.ok || done.error.reason === 'unchanged') await dismiss(which);
  return done;
}

const NOT_BY_ITSELF: Refusal = {
  reason: 'not-found',
  message: 'That edit cannot be done again by itself. Do it anew, where it belongs.',
  retryable: false,
};

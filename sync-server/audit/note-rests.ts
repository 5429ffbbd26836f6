import type { AuditRecorder } from './audit-recorder.ts';

/** So many are told one by one; more are summed up. */
const MAX_TOLD = 50;

/** Takes down what time alone did to streams. The document knows nothing of it, so that no history tells it. */
export const noteRests =
  (audit: Pick<AuditRecorder, 'note' | 'count'>) =>
  (what: 'archived' | 'brought-back', streams: readonly string[]): void => {
    const deed = { actor: 'rule:lifecycle', via: 'server', action: what, from: undefined } as const;
    const [before, after] = [{ is_archived: what !== 'archived' }, { is_archived: what === 'archived' }];
    for (const stream of streams)
      if (streams.length > MAX_TOLD) audit.count({ ...deed, target: 'catalogue/streams' }, stream);
      else audit.note({ ...deed, target: `catalogue/streams/${stream}`, before, after });
  };

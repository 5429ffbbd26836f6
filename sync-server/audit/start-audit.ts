import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Timers } from '../documents/timers.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { repeatInTurn } from '../repeat-in-turn.ts';
import { AuditRecorder } from './audit-recorder.ts';
import { DocumentAudit, type FollowParts } from './follow-documents.ts';

export type RunningAudit = {
  readonly recorder: AuditRecorder;
  /** Brings what waits into the audit, and ends. */
  readonly stop: () => Promise<void>;
};

const ROUND_MS = 1_000;

/** Takes down what is done here, and reads what is done in documents behind the server's back. */
export function startAudit(
  parts: Omit<FollowParts, 'pause' | 'holder'> & { readonly timers: Timers },
): RunningAudit {
  const recorder = new AuditRecorder(parts);
  const documents = new DocumentAudit({
    ...parts,
    holder: randomUUID(),
    pause: async () => setImmediate(undefined),
  });
  const stopReading = repeatInTurn(
    {
      ...{ name: 'reading into the audit', everyMs: ROUND_MS },
      perform: async () => documents.perform(),
      close: async () =>
        documents.close().catch((error: unknown) => {
          if (!(error instanceof LogUnavailable)) throw error;
        }),
    },
    parts,
  );
  const stopWriting = repeatInTurn(
    {
      ...{ name: 'writing the audit', everyMs: ROUND_MS },
      perform: async () => recorder.flush(),
      close: async () => recorder.flush(),
    },
    parts,
  );
  return {
    recorder,
    stop: async () => {
      await Promise.all([stopReading(), stopWriting()]);
    },
  };
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWholeFile } from '../write-whole-file.ts';

/** Where a desk remembers whether it may look who is live. */
export type StatusSettingsFile = {
  /** Where nothing was kept: yes. */
  readonly read: () => boolean;
  /** @returns whether it is on disk */
  readonly write: (isWanted: boolean) => boolean;
};

const Stored = z.strictObject({ checks: z.boolean() });

export function createStatusSettingsFile(file: string): StatusSettingsFile {
  return {
    read: () => {
      try {
        return Stored.parse(JSON.parse(readFileSync(file, 'utf8'))).checks;
      } catch {
        return true;
      }
    },
    write: (checks) => {
      try {
        writeWholeFile(file, JSON.stringify({ checks }));
        return true;
      } catch {
        return false;
      }
    },
  };
}

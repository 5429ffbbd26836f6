import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writeWholeFile } from '../write-whole-file.ts';
import { TeamSettings, type TeamSettingsStore } from './team-settings.ts';

/** Locks up a secret so that only this person's account on this machine can open it. */
export type Sealer = {
  readonly isAvailable: () => boolean;
  readonly seal: (text: string) => Uint8Array;
  /** @throws when it was locked up elsewhere */
  readonly open: (sealed: Uint8Array) => string;
};

const Stored = TeamSettings.omit({ key: true }).extend({
  key: z.union([z.strictObject({ sealed: z.string() }), z.strictObject({ plain: z.string() })]),
});

/** Keeps a team's settings in a file that only its owner may read. */
export function createTeamSettingsFile(file: string, sealer: Sealer): TeamSettingsStore {
  return {
    read: () => {
      try {
        const { key, ...rest } = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
        const opened = 'plain' in key ? key.plain : sealer.open(Buffer.from(key.sealed, 'base64'));
        return { ...rest, key: opened };
      } catch {
        return undefined;
      }
    },
    write: (settings) => {
      if (settings === undefined) {
        rmSync(file, { force: true });
        return;
      }
      const { key, ...rest } = settings;
      const kept = sealer.isAvailable()
        ? { sealed: Buffer.from(sealer.seal(key)).toString('base64') }
        : { plain: key };
      writeWholeFile(file, JSON.stringify({ ...rest, key: kept }));
    },
    isSealed: () => sealer.isAvailable(),
  };
}

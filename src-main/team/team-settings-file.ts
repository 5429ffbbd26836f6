import { readFileSync, rmSync } from 'node:fs';
import { KeptSecret, keepSecret, openSecret, type Sealer } from '../sealed-text.ts';
import { writeWholeFile } from '../write-whole-file.ts';
import { TeamSettings, type TeamSettingsStore } from './team-settings.ts';

const Stored = TeamSettings.extend({ key: KeptSecret });

/** Keeps a team's settings in a file that only its owner may read. */
export function createTeamSettingsFile(file: string, sealer: Sealer): TeamSettingsStore {
  return {
    read: () => {
      try {
        const { key, ...rest } = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
        return { ...rest, key: openSecret(key, sealer) };
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
      writeWholeFile(file, JSON.stringify({ ...rest, key: keepSecret(key, sealer) }));
    },
    isSealed: () => sealer.isAvailable(),
  };
}

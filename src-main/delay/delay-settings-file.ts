import { readFileSync, rmSync } from 'node:fs';
import { DelaySettings } from '#shared/protocol/delay-state.ts';
import { KeptSecret, keepSecret, openSecret, type Sealer } from '../sealed-text.ts';
import { writeWholeFile } from '../write-whole-file.ts';

/** Where a desk remembers its Streamdelay server. */
export type DelaySettingsFile = {
  /** Undefined where there is none, or what was kept cannot be opened any more. */
  readonly read: () => DelaySettings | undefined;
  /** Undefined forgets it. @returns whether it is on disk */
  readonly write: (settings: DelaySettings | undefined) => boolean;
};

const Stored = DelaySettings.extend({ key: KeptSecret });

export function createDelaySettingsFile(file: string, sealer: Sealer): DelaySettingsFile {
  return {
    read: () => {
      try {
        const { server, key } = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
        return DelaySettings.parse({ server, key: openSecret(key, sealer) });
      } catch {
        return undefined;
      }
    },
    write: (settings) => {
      try {
        if (settings === undefined) rmSync(file, { force: true });
        else writeWholeFile(file, JSON.stringify({ ...settings, key: keepSecret(settings.key, sealer) }));
        return true;
      } catch {
        return false;
      }
    },
  };
}

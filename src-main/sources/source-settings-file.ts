import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MAX_SOURCES, SourceId, SourceSettings } from '#shared/protocol/data-source.ts';
import { writeWholeFile } from '../write-whole-file.ts';

export type KeptSource = Readonly<{ id: string; settings: SourceSettings }>;

/** Where a desk remembers which lists it follows. */
export type SourceSettingsFile = {
  /** Empty where nothing was kept, or what was kept cannot be read. */
  readonly read: () => readonly KeptSource[];
  /** @returns whether it is on disk */
  readonly write: (sources: readonly KeptSource[]) => boolean;
};

const Stored = z.array(z.strictObject({ id: SourceId, settings: SourceSettings })).max(MAX_SOURCES);

export function createSourceSettingsFile(file: string): SourceSettingsFile {
  return {
    read: () => {
      try {
        return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return [];
      }
    },
    write: (sources) => {
      try {
        writeWholeFile(file, JSON.stringify(sources));
        return true;
      } catch {
        return false;
      }
    },
  };
}

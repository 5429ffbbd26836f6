import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Logger } from '#shared/kernel/logger.ts';
import { WallId } from '#shared/model/ids.ts';
import {
  USUAL_MARKS,
  USUAL_SOUND,
  WallMarks,
  WallPlacement,
  WallSound,
} from '#shared/protocol/wall-output.ts';
import { writeWholeFile } from '../write-whole-file.ts';

/** What this machine remembers of a wall that was on its screens. */
const KeptOutput = z.strictObject({
  placement: WallPlacement,
  opensAtStart: z.boolean(),
  sound: WallSound.default(USUAL_SOUND),
  marks: WallMarks.default(USUAL_MARKS),
});
export type KeptOutput = z.infer<typeof KeptOutput>;

/** So many walls are remembered; those beyond them were not seen for long. */
const MAX_OUTPUTS = 200;

const Stored = z.strictObject({
  outputs: z.array(KeptOutput.extend({ wall: WallId })).max(MAX_OUTPUTS),
});

/** Where this machine remembers which walls stand on its screens, and where. */
export type WallOutputsFile = {
  /** Empty where nothing was kept, or what was kept cannot be read. */
  readonly read: () => ReadonlyMap<WallId, KeptOutput>;
  /** @returns whether it is on disk */
  readonly write: (outputs: ReadonlyMap<WallId, KeptOutput>) => boolean;
};

export function createWallOutputsFile(file: string, log: Logger): WallOutputsFile {
  return {
    read: () => {
      const text = readText(file);
      if (text === undefined) return new Map();
      try {
        const { outputs } = Stored.parse(JSON.parse(text));
        return new Map(outputs.map(({ wall, ...kept }) => [wall, kept]));
      } catch (error) {
        log.warn('Where the walls stood cannot be read. They stand where they do at first.', {
          file,
          error: String(error),
        });
        return new Map();
      }
    },
    write: (outputs) => {
      const list = [...outputs].slice(-MAX_OUTPUTS).map(([wall, kept]) => ({ wall, ...kept }));
      try {
        writeWholeFile(file, JSON.stringify({ outputs: list }));
        return true;
      } catch (error) {
        log.warn('Where the walls stand could not be kept.', { file, error: String(error) });
        return false;
      }
    },
  };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

import { open, readFile, rename } from 'node:fs/promises';
import { Agreed, nothingAgreed } from './agreed.ts';

/** Where what was agreed on outlives the program. */
export type AgreedStore = {
  /** `words`: something is wrong with what was kept, and it is begun anew. */
  readonly load: () => Promise<{ readonly agreed: Agreed; readonly words?: string }>;
  readonly save: (agreed: Agreed) => Promise<void>;
};

/** A file that is replaced as a whole: after a crash it is the old one or the new one. Throws when the disk does not take it. */
export function createAgreedFile(path: string): AgreedStore {
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      if (text === undefined) return { agreed: nothingAgreed };
      const read = parse(text);
      if (read !== undefined) return { agreed: read };
      await rename(path, `${path}.unreadable`);
      return {
        agreed: nothingAgreed,
        words: `${path} could not be read; it was put aside, and the sheet is compared anew.`,
      };
    },
    async save(agreed) {
      const file = await open(`${path}.new`, 'w');
      try {
        await file.writeFile(JSON.stringify(agreed));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    },
  };
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function parse(text: string): Agreed | undefined {
  try {
    const read = Agreed.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

import type * as Y from 'yjs';
import type { WriteContext } from '#shared/document/op.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { ToldUpdate } from '../documents/fan-out.ts';
import { openStoredCopy, type CopyParts, type StoredCopy } from '../documents/stored-copy.ts';

/** What the server needs to write into documents on its own account. */
export type Keeping = {
  readonly open: (served: ServedDocument) => Promise<StoredCopy>;
  /** Writes, and tells everybody. @returns false when something else came first; then nothing was written */
  readonly store: (
    served: ServedDocument,
    copy: StoredCopy,
    change: (doc: Y.Doc) => void,
  ) => Promise<boolean>;
  readonly context: () => WriteContext;
};

export type TellStored = (document: string, from: number, updates: readonly ToldUpdate[]) => void;

export function createKeeping(
  parts: Omit<CopyParts, 'served' | 'actor'>,
  writer: Omit<WriteContext, 'nowMs'>,
  tell: TellStored,
): Keeping {
  return {
    open: async (served) => openStoredCopy({ ...parts, served, actor: writer.actor }),
    store: async (served, copy, change) => {
      const written = await copy.write(change);
      if (written.type === 'stored') tell(served.name, written.from, written.updates);
      return written.type !== 'overtaken';
    },
    context: () => ({ ...writer, nowMs: parts.clock.nowMs() }),
  };
}

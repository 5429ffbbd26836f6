import { useCallback, useEffect, useRef, useState } from 'react';
import type { ArchivedView, ReadArchive } from '#shared/protocol/archive-search.ts';
import { inOwnWords } from '../words/told-words.ts';
import { useActions } from '../stores/control-context.tsx';

export type ArchiveWish = Omit<ReadArchive, 'offset'>;

/**
 *     asking ──▶ found ──more──▶ asking (what is found stays) ──▶ found
 *        └─────▶ refused
 */
export type ArchiveShown = Readonly<{
  phase: 'asking' | 'found' | 'refused';
  found: readonly ArchivedView[];
  total: number;
  /** How many were answered, also those that cannot be read. */
  asked: number;
  isComplete: boolean;
  words: string;
}>;

const NOTHING: ArchiveShown = {
  phase: 'asking',
  found: [],
  total: 0,
  asked: 0,
  isComplete: true,
  words: '',
};

/** A person who types is asked for only once they pause. */
const PAUSE_MS = 200;
const PAGE = 50;

/** What the archive has for a wish, and how to see more of it. A late answer to an earlier wish is not shown. */
export function useArchive(wish: ArchiveWish): ArchiveShown & { readonly more: () => void } {
  const { readArchive } = useActions();
  const [shown, setShown] = useState(NOTHING);
  const { text, fromMs, untilMs } = wish;
  const ask = useCallback(
    async (offset: number, before: readonly ArchivedView[]): Promise<ArchiveShown> => {
      const read = await readArchive({ text: text.trim(), fromMs, untilMs, offset });
      if (!read.ok) return { ...NOTHING, phase: 'refused', words: inOwnWords(read.error.message) };
      const { found, total, isComplete } = read.value;
      const whole = [...before, ...found];
      return { phase: 'found', found: whole, total, asked: offset + PAGE, isComplete, words: '' };
    },
    [readArchive, text, fromMs, untilMs],
  );
  const wanted = useRef(ask);
  useEffect(() => {
    wanted.current = ask;
    const timer = window.setTimeout(() => {
      void ask(0, []).then((found) => {
        if (wanted.current === ask) setShown(found);
      });
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [ask]);
  const more = (): void => {
    setShown({ ...shown, phase: 'asking' });
    void ask(shown.asked, shown.found).then((found) => {
      if (wanted.current === ask) setShown(found);
    });
  };
  return { ...shown, more };
}

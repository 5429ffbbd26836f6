import { useEffect, useRef, useState } from 'react';
import type { ArchivedView, ReadArchive } from '#shared/protocol/archive-search.ts';
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
  const asking = useRef(0);
  const { text, fromMs, untilMs } = wish;
  const ask = async (offset: number, before: readonly ArchivedView[]): Promise<void> => {
    const mine = ++asking.current;
    const read = await readArchive({ text: text.trim(), fromMs, untilMs, offset });
    if (mine !== asking.current) return;
    if (!read.ok) return setShown({ ...NOTHING, phase: 'refused', words: read.error.message });
    const { found, total, isComplete } = read.value;
    const whole = [...before, ...found];
    setShown({ phase: 'found', found: whole, total, asked: offset + PAGE, isComplete, words: '' });
  };
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const timer = window.setTimeout(() => void latest.current(0, []), PAUSE_MS);
    return () => {
      asking.current++;
      window.clearTimeout(timer);
    };
  }, [text, fromMs, untilMs]);
  const more = (): void => {
    setShown({ ...shown, phase: 'asking' });
    void ask(shown.asked, shown.found);
  };
  return { ...shown, more };
}

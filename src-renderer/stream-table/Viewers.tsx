import type { StreamView } from '#shared/document/view.ts';
import { useMirror } from '../stores/control-context.tsx';
import { viewersWords } from '../words/stream-words.ts';

/** How many watch a stream that is live, if its platform said so lately; else what is given in its place. */
export function Viewers({ stream, children }: { readonly stream: StreamView; readonly children?: string }) {
  const viewers = useMirror((mirror) =>
    stream.status === 'live' ? mirror.viewers.get(stream.id) : undefined,
  );
  return viewers === undefined ? children : viewersWords(viewers);
}

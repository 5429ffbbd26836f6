import type { Control } from '../stores/control-context.tsx';
import type { LinkVerdict } from './judge-link.ts';

/** What became of a link that was added. `code` is null in the moment before the list has the stream. */
export type Added =
  | { readonly kind: 'added'; readonly code: string | null }
  /** It was in the list already. */
  | { readonly kind: 'known'; readonly code: string }
  | { readonly kind: 'refused'; readonly words: string };

/** Adds the stream of a good link to the list. */
export async function addStream(
  { link, id }: LinkVerdict & { readonly kind: 'good' },
  { actions, mirror }: Pick<Control, 'actions' | 'mirror'>,
): Promise<Added> {
  const known = mirror.getState().streams.get(id);
  const outcome = await actions.catalogue({ type: 'add-stream', link });
  if (!outcome.ok && outcome.error.reason !== 'unchanged') {
    return { kind: 'refused', words: outcome.error.message };
  }
  if (known !== undefined) return { kind: 'known', code: known.code };
  if (!mirror.getState().streams.has(id)) await new Promise((resolve) => setTimeout(resolve, 40));
  return { kind: 'added', code: mirror.getState().streams.get(id)?.code ?? null };
}

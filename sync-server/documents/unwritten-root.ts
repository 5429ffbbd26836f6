import type * as Y from 'yjs';
import type { UpdateLog, UpdateSpan } from './update-log.ts';

/** Of a document with more news than this, reading its snapshot costs less than looking through them. */
const MAX_SPAN = 100_000;
/** Looked through in one go. */
const DOCUMENTS_AT_ONCE = 200;

/**
 * Knows of which documents a root was never written to, without reading them: whoever writes to a root of which nothing was
 * ever written names it in the update. So what looks at one root of all documents, again and again, need not follow all
 * that is written to the others.
 */
export class UnwrittenRoot {
  /** Up to which number it is known that nothing wrote to the root, or that something once did. */
  private readonly known = new Map<string, number | 'written'>();
  private readonly root: string;
  private readonly log: Pick<UpdateLog, 'withoutWord'>;

  constructor(root: string, log: Pick<UpdateLog, 'withoutWord'>) {
    this.root = root;
    this.log = log;
  }

  /** A document was read up to a number. */
  note(document: string, known: number, doc: Y.Doc): void {
    // Yjs keeps the key of what was removed, too.
    const keys = doc.share.get(this.root)?._map.size ?? 0;
    this.known.set(document, keys === 0 ? known : 'written');
  }

  /** Of documents, as far as their last number, those of which the root was never written. @throws {LogUnavailable} */
  async among(
    documents: readonly { readonly document: string; readonly last: number }[],
  ): Promise<ReadonlySet<string>> {
    const unwritten = new Set<string>();
    const spans: UpdateSpan[] = [];
    for (const { document, last } of documents) {
      const after = this.known.get(document) ?? 0;
      if (after === 'written') continue;
      if (after >= last) unwritten.add(document);
      else if (last - after <= MAX_SPAN) spans.push({ document, after, upTo: last });
    }
    for (let from = 0; from < spans.length; from += DOCUMENTS_AT_ONCE) {
      const some = spans.slice(from, from + DOCUMENTS_AT_ONCE);
      const found = await this.log.withoutWord(some, this.root);
      for (const { document, upTo } of some) {
        if (!found.has(document)) continue;
        this.known.set(document, upTo);
        unwritten.add(document);
      }
    }
    return unwritten;
  }
}

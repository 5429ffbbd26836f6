import type { WallId } from '../model/ids.ts';
import { ownPresence, type Touch } from '../protocol/team-presence.ts';
import type { DocumentName } from './replica-store.ts';
import type { Presence } from './sync-presence.ts';

/** What others see of whoever is here. */
export type Own = Readonly<{ name?: string | undefined; touch: Touch | null; shown: readonly WallId[] }>;

/** Shows oneself at documents; where nothing is new, nothing is sent. */
export function createOwnPresence(presence: (document: DocumentName) => Pick<Presence, 'setOwn'>) {
  const sent = new Map<DocumentName, string>();
  return (documents: Iterable<DocumentName>, { name, touch, shown }: Own): void => {
    for (const document of documents) {
      const own = ownPresence(document, name, touch, shown);
      const text = JSON.stringify(own);
      if ((sent.get(document) ?? 'null') === text) continue;
      sent.set(document, text);
      presence(document).setOwn(own);
    }
  };
}

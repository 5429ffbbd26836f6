import type { WallId } from '../model/ids.ts';
import { ownPresence, type Touch } from '../protocol/team-presence.ts';
import type { ShownDelay } from '../protocol/delay-presence.ts';
import type { ShownTiles } from '../protocol/tile-presence.ts';
import type { WorkerPresence } from '../protocol/worker-presence.ts';
import type { DocumentName } from './replica-store.ts';
import type { Presence } from './sync-presence.ts';

/** What others see of whoever is here. */
export type Own = Readonly<{
  name?: string | undefined;
  touch: Touch | null;
  /** The walls on the screens of this machine. */
  shown: ReadonlyMap<WallId, ShownTiles>;
  /** The Streamdelay server of this machine; told at the walls on its screens alone. */
  delay?: ShownDelay | undefined;
  /** What one shows of checking streams, and asks for; at the catalogue alone. */
  work?: WorkerPresence | undefined;
}>;

/** Shows oneself at documents; where nothing is new, nothing is sent. */
export function createOwnPresence(presence: (document: DocumentName) => Pick<Presence, 'setOwn'>) {
  const sent = new Map<DocumentName, string>();
  return (documents: Iterable<DocumentName>, { name, touch, shown, delay, work }: Own): void => {
    for (const document of documents) {
      const person = ownPresence(document, name, touch, shown, delay);
      const own = document === 'catalogue' && work !== undefined ? { ...person, ...work } : person;
      const text = JSON.stringify(own);
      if ((sent.get(document) ?? 'null') === text) continue;
      sent.set(document, text);
      presence(document).setOwn(own);
    }
  };
}

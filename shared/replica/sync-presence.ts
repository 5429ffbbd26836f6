import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';

/** What others say of themselves, as plain JSON objects by connection; nothing of it is to be trusted. */
export type Presence = {
  /** Null takes oneself out. */
  readonly setOwn: (state: Readonly<Record<string, unknown>> | null) => void;
  readonly others: () => ReadonlyMap<number, unknown>;
  /** @returns how to stop */
  readonly onChange: (listener: () => void) => () => void;
};

/** Presence at one document; `awareness` is for the line alone. */
export function createSyncPresence(): { presence: Presence; awareness: Awareness; end: () => void } {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalState(null);
  const presence: Presence = {
    setOwn: (state) => awareness.setLocalState(state),
    others: () => new Map([...awareness.getStates()].filter(([client]) => client !== doc.clientID)),
    onChange: (listener) => {
      const tell = (): void => listener();
      awareness.on('change', tell);
      return () => awareness.off('change', tell);
    },
  };
  const end = (): void => {
    awareness.destroy();
    doc.destroy();
  };
  return { presence, awareness, end };
}

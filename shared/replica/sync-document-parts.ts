import type { Hello } from '../protocol/sync-messages.ts';
import type { Replica } from './replica.ts';
import type { DocumentName } from './replica-store.ts';
import type { SocketOpener, SyncPass, SyncTimers } from './sync-surroundings.ts';

export type SyncDocumentParts = {
  readonly replica: Replica;
  readonly name: DocumentName;
  readonly address: string;
  readonly credentials: () => Promise<SyncPass>;
  readonly openSocket: SocketOpener;
  readonly timers: SyncTimers;
  readonly random: () => number;
  /** The server has said who it is, at the beginning of a line. `stop`: a person has to be asked first. */
  readonly meet: (hello: Hello) => Promise<'go' | 'stop'>;
  /** What the client may do has changed while it is connected. */
  readonly onRights: (hello: Hello) => void;
  readonly onChange: () => void;
};

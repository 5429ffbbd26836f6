import type { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { Handle } from '../accounts/handle.ts';

/** One connection, as admins see it. */
export type ConnectedClient = {
  /** Of this connection, not of whoever is behind it. */
  readonly id: string;
  readonly actor: ActorId;
  /** What their rights hang on. */
  readonly handle: Handle;
  /** Of a person; programs have none. */
  readonly name: string | undefined;
  readonly role: Role;
  readonly document: string;
  /** Whether it shows the document's wall on a screen. */
  readonly isWall: boolean;
  readonly address: string;
  readonly agent: string;
  readonly sinceMs: number;
};

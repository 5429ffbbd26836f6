import type { Role } from '#shared/model/role.ts';

/** Where invitations are kept. @throws {LogUnavailable} from every call when the database does not answer */
export type InviteStore = {
  add(invite: Invite, hash: Uint8Array): Promise<void>;
  /** Looks at one without using it; undefined when it is unknown, used, revoked or expired. */
  look(id: string, hash: Uint8Array, nowMs: number): Promise<Invite | undefined>;
  /** The same, and uses it: of two who ask at once, one gets it. */
  take(id: string, hash: Uint8Array, nowMs: number): Promise<Invite | undefined>;
  /** Makes one that was taken open again, when nothing came of it. */
  giveBack(id: string): Promise<void>;
  /** Those that are open. */
  list(nowMs: number): Promise<readonly Invite[]>;
  /** @returns whether there was one that was open */
  revoke(id: string, nowMs: number): Promise<boolean>;
};

export type Invite = {
  readonly id: string;
  readonly role: Role;
  /** The one address that it is for; undefined for whoever has it. */
  readonly email: string | undefined;
  /** A guest gives no email and no password, and stays for this long; undefined for somebody who becomes a member. */
  readonly guestForMs: number | undefined;
  /** The actor who made it. */
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

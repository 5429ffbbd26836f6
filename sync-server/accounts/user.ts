import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import { Role } from '#shared/model/role.ts';

/** A person, or a guest, who has no email and stays for a while. */
export type User = {
  /** Never given twice; the history names people by it. */
  readonly id: string;
  /** The same as an integer, counted up in this store: how StreamSource's clients know people. */
  readonly number: number;
  readonly email: string | undefined;
  readonly name: string;
  readonly role: Role;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly disabledAtMs: number | undefined;
  /** From then on a guest may nothing. */
  readonly expiresAtMs: number | undefined;
};

/** With what it takes to let them in. Never leaves the accounts. */
export type StoredUser = User & {
  readonly passwordHash: string | undefined;
  /** The shared secret of a second factor that was confirmed. */
  readonly totpSecret: string | undefined;
};

/** As people type it: spaces around it and capitals do not make another address. */
export const Email = z
  .string()
  .max(254)
  .transform((text) => text.trim().normalize('NFC').toLowerCase())
  .pipe(z.email('is not an email address'));

/** How somebody is called on the screens of others. */
export const PersonName = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(80)
      .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'has invisible characters'),
  );

export const actorOfUser = (id: string): ActorId => ActorId.parse(`user:${id}`);

export const isActive = (
  { disabledAtMs, expiresAtMs }: Pick<User, 'disabledAtMs' | 'expiresAtMs'>,
  nowMs: number,
): boolean => disabledAtMs === undefined && (expiresAtMs === undefined || expiresAtMs > nowMs);

/** A role by our name, or by StreamSource's. */
export const RoleByAnyName = z
  .enum([...Role.options, 'default', 'editor'])
  .transform((name): Role => (name === 'default' ? 'viewer' : name === 'editor' ? 'operator' : name));

/** The role that StreamSource's clients would see. */
export function streamSourceRole(role: Role): 'default' | 'editor' | 'admin' {
  switch (role) {
    case 'admin':
      return 'admin';
    case 'operator':
    case 'service':
      return 'editor';
    case 'monitor':
    case 'viewer':
      return 'default';
  }
}

import { z } from 'zod';

/** Locks up a secret so that only this person's account on this machine can open it. */
export type Sealer = {
  readonly isAvailable: () => boolean;
  readonly seal: (text: string) => Uint8Array;
  /** @throws when it was locked up elsewhere */
  readonly open: (sealed: Uint8Array) => string;
};

/** A secret as it is kept in a file: under the system's own lock where there is one. */
export const KeptSecret = z.union([
  z.strictObject({ sealed: z.string() }),
  z.strictObject({ plain: z.string() }),
]);
export type KeptSecret = z.infer<typeof KeptSecret>;

export function keepSecret(text: string, sealer: Sealer): KeptSecret {
  return sealer.isAvailable()
    ? { sealed: Buffer.from(sealer.seal(text)).toString('base64') }
    : { plain: text };
}

/** @throws when it was locked up elsewhere */
export function openSecret(kept: KeptSecret, sealer: Sealer): string {
  return 'plain' in kept ? kept.plain : sealer.open(Buffer.from(kept.sealed, 'base64'));
}

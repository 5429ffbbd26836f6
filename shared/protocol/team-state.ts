import { z } from 'zod';
import type { SyncState } from './sync-state.ts';
import type { TeamPerson } from './team-presence.ts';

/**
 * A desk and its team, as its control room shows it. Alone, the desk is complete; in a team, `sync` tells the truth about
 * the line to the server and what is not saved there.
 */
export type TeamState =
  | { readonly type: 'alone' }
  | {
      readonly type: 'member';
      /** The server's address, as it was given. */
      readonly server: string;
      readonly sync: SyncState;
      /** Own edits that the server refused, oldest first, until they are dismissed. */
      readonly refused: readonly RefusedView[];
      /** Who else is at the team's walls now, by what they say of themselves. */
      readonly people: readonly TeamPerson[];
      /** Whether the key is kept under the system's own lock; otherwise only under the rights of its file. */
      readonly isKeySealed: boolean;
    };

export type RefusedView = Readonly<{
  document: DismissRefused['document'];
  n: number;
  /** What it was, in a word or two: `add stream`. */
  what: string;
  /** Why, in a sentence. */
  reason: string;
  /** When it was refused, in ms since 1970 UTC. */
  atMs: number;
}>;

/** Where a server is: http, https, ws or wss. */
export const ServerAddress = z
  .string()
  .max(500)
  .refine(
    (text) => URL.canParse(text) && /^(?:https?|wss?):$/.test(new URL(text).protocol),
    'no address of a server',
  );

const Joining = { server: ServerAddress, name: z.string().min(1).max(80).optional() };

/** What a person gives to join: where the server is, what others see of them, and the key that they were given or who they are. */
export const JoinTeam = z.union([
  z.strictObject({ ...Joining, key: z.string().min(1).max(4_000) }),
  z.strictObject({
    ...Joining,
    email: z.string().min(1).max(320),
    password: z.string().min(1).max(1_000),
    /** Of the second factor, where there is one. */
    code: z.string().max(20).optional(),
  }),
  /** An invitation makes a new account; a guest's needs neither address nor password. */
  z.strictObject({
    server: ServerAddress,
    invite: z.string().min(1).max(200),
    name: z.string().min(1).max(80),
    email: z.string().max(320).optional(),
    password: z.string().max(1_000).optional(),
  }),
]);
export type JoinTeam = z.infer<typeof JoinTeam>;

export type Invitation = Readonly<{ server: string; invite: string }>;

/** The invitation in a link as a team's admin gives it, `https://server/invite/TOKEN`; null in any other text. */
export function readInvitation(text: string): Invitation | null {
  const link = text.trim();
  if (!URL.canParse(link)) return null;
  const { origin, pathname, protocol } = new URL(link);
  const found = /^(.*)\/invite\/([\w.~-]{8,200})\/?$/.exec(pathname);
  return found?.[2] === undefined || !/^https?:$/.test(protocol)
    ? null
    : { server: `${origin}${found[1] ?? ''}`, invite: found[2] };
}

/** Which refused edit a person has seen enough of. */
export const DismissRefused = z.strictObject({
  document: z.union([z.literal('catalogue'), z.templateLiteral(['wall:', z.string().max(40)])]),
  n: z.number().int().positive(),
});
export type DismissRefused = z.infer<typeof DismissRefused>;

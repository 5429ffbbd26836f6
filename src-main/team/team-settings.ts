import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import { Role } from '#shared/model/role.ts';
import { ServerAddress } from '#shared/protocol/team-state.ts';

/** What a desk remembers of its team between two starts. */
export const TeamSettings = z.strictObject({
  server: ServerAddress,
  key: z.string(),
  /** What others see of the person. */
  name: z.string().optional(),
  /** Who the server last said that one is: so a viewer's desk is one offline, too. */
  account: z.strictObject({ actor: ActorId, role: Role }).optional(),
});
export type TeamSettings = z.infer<typeof TeamSettings>;

/** Where they are kept; the key under the system's own lock, if it has one. */
export type TeamSettingsStore = {
  /** Undefined when the desk is alone, or what was kept cannot be opened any more. */
  readonly read: () => TeamSettings | undefined;
  /** Undefined forgets them. */
  readonly write: (settings: TeamSettings | undefined) => void;
  readonly isSealed: () => boolean;
};

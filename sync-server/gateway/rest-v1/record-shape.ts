import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import { Role } from '#shared/model/role.ts';
import { streamSourceRole } from '../../accounts/user.ts';
import { isoTime, type Owner } from './rest-fields.ts';

const ms = z.coerce.number();

/** Who added something, as queries bring it along. */
export const OwnerRow = z.object({
  user_number: z.number().nullable(),
  user_email: z.string().nullable(),
  user_name: z.string().nullable(),
  user_role: Role.nullable(),
  user_created_at_ms: ms.nullable(),
  user_updated_at_ms: ms.nullable(),
  key_label: z.string().nullable(),
});

export function shapeOwner(
  row: z.infer<typeof OwnerRow>,
  actor: ActorId | undefined,
  showsEmails: boolean,
): z.infer<typeof Owner> {
  return {
    id: row.user_number,
    email: showsEmails ? row.user_email : null,
    role: streamSourceRole(row.user_role ?? 'service'),
    name: row.user_name ?? row.key_label ?? 'unknown',
    actor: actor ?? ActorId.parse('unknown'),
    created_at: isoTime(row.user_created_at_ms),
    updated_at: isoTime(row.user_updated_at_ms),
  };
}

/** A record of the tables whose body is a view of one kind. */
export const recordRow = <View extends { readonly id: string }>() =>
  z.object({
    id: z.number(),
    key: z.string(),
    updated_at_ms: ms,
    streams_count: z.number(),
    live_count: z.number(),
    /** As the projection wrote it, which checks every field. */
    body: z.custom<View>((body) => typeof body === 'object' && body !== null && 'id' in body),
    ...OwnerRow.shape,
  });

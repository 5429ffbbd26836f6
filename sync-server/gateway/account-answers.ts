import { z } from 'zod';
import { Role } from '#shared/model/role.ts';
import { Grant } from '../accounts/access.ts';

/** What is told of people, sessions, keys and invitations: how the description of the API has it, and how it is made. */

const Time = z.iso.datetime().nullable();

export const UserAnswer = z
  .object({
    id: z.int(),
    email: z.string().nullable(),
    role: z.enum(['default', 'editor', 'admin']),
    roleDetail: Role,
    name: z.string(),
    actor: z.string(),
    created_at: Time,
    updated_at: Time,
    disabled_at: Time,
    expires_at: Time,
    second_factor: z.boolean(),
  })
  .meta({ id: 'User' });

/** The refresh token is absent when it went into a cookie. */
export const SignedInAnswer = z.object({
  user: UserAnswer,
  token: z.string(),
  expires_at: Time,
  refresh_token: z.string().optional(),
  refresh_expires_at: Time,
  session_id: z.string(),
});

export const SessionAnswer = z
  .object({
    id: z.string(),
    current: z.boolean(),
    address: z.string(),
    agent: z.string(),
    created_at: Time,
    last_used_at: Time,
    expires_at: Time,
  })
  .meta({ id: 'Session' });

const Names = z.array(z.string()).readonly().nullable();

export const KeyAnswer = z
  .object({
    id: z.string(),
    role: Role,
    grants: z.array(Grant).readonly(),
    label: z.string(),
    documents: Names,
    roots: Names,
    requests_per_minute: z.int().nullable(),
    created_at: Time,
    expires_at: Time,
    last_used_at: Time,
  })
  .meta({ id: 'Key' });

/** Of whoever asks by a key. */
export const OwnKeyAnswer = z.object({
  id: z.string().optional(),
  actor: z.string(),
  role: Role,
  grants: z.array(Grant),
  documents: Names,
  roots: Names,
});

export const InviteAnswer = z
  .object({
    id: z.string(),
    role: Role,
    email: z.string().nullable(),
    created_by: z.string(),
    guest_hours: z.number().nullable(),
    created_at: Time,
    expires_at: Time,
  })
  .meta({ id: 'Invite' });

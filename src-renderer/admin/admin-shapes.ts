import { z } from 'zod';
import { Role } from '#shared/model/role.ts';

/** What the server answers, as far as the pages show it. */

const Time = z.string().nullable();

export const Me = z.object({ user: z.object({ id: z.number(), name: z.string(), roleDetail: Role }) });

const Health = z.object({ state: z.enum(['ok', 'degraded', 'down']), note: z.string().optional() });
const Sample = z.object({
  ...{ at: z.string(), connections: z.number(), documents: z.number(), memoryBytes: z.number() },
  ...{ edits: z.number(), refusedEdits: z.number(), requests: z.number(), failedRequests: z.number() },
});
export const Overview = z.object({
  ...{ started_at: z.string(), now: z.string(), health: z.record(z.string(), Health), maintenance: Time },
  connected: z.object({ people: z.number(), bots: z.number(), walls: z.number(), connections: z.number() }),
  instances: z.array(
    z.object({
      ...{ id: z.string(), is_this: z.boolean(), started_at: z.string(), connections: z.number() },
      health: z.record(z.string(), Health),
    }),
  ),
  may_lack_instances: z.boolean(),
  activity: z.array(Sample),
  discovery: z.array(z.object({ at: z.string(), added: z.number() })),
});
export type Overview = z.infer<typeof Overview>;

export const Connections = z.object({
  may_lack_instances: z.boolean(),
  connections: z.array(
    z.object({
      ...{ id: z.string(), actor: z.string(), name: z.string().nullable(), role: Role, document: z.string() },
      ...{ wall: z.boolean(), address: z.string(), agent: z.string(), since: z.string() },
    }),
  ),
});

const User = z.object({
  ...{ id: z.number(), email: z.string().nullable(), name: z.string(), actor: z.string(), roleDetail: Role },
  ...{ disabled_at: Time, expires_at: Time, second_factor: z.boolean(), created_at: Time },
});
export type User = z.infer<typeof User>;
export const Users = z.object({
  users: z.array(User),
  meta: z.object({ current_page: z.number(), total_pages: z.number(), total_count: z.number() }),
});

export const Invites = z.object({
  invites: z.array(
    z.object({
      id: z.string(),
      role: Role,
      email: z.string().nullable(),
      expires_at: Time,
      guest_hours: z.number().nullable(),
    }),
  ),
});
export const MadeInvite = z.object({ invite: z.object({ link: z.string() }) });

const Key = z.object({
  ...{ id: z.string(), role: Role, label: z.string(), grants: z.array(z.string()) },
  ...{ documents: z.array(z.string()).nullable(), roots: z.array(z.string()).nullable() },
  ...{ requests_per_minute: z.number().nullable(), expires_at: Time, last_used_at: Time, created_at: Time },
});
export type Key = z.infer<typeof Key>;
export const Keys = z.object({ keys: z.array(Key) });
export const MadeKey = z.object({ key: z.object({ key: z.string() }) });

const May = z.enum(['yes', 'no', 'grant']);
export const Roles = z.object({
  rows: z.array(
    z.object({
      ...{ what: z.string(), kind: z.enum(['read', 'write', 'signal', 'manage']) },
      may: z.record(Role, May),
    }),
  ),
});

const Rule = z.object({
  ...{ on: z.boolean(), everybody: z.boolean(), roles: z.array(Role), users: z.array(z.string()) },
  percent: z.number(),
});
export const Flags = z.object({
  flags: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('feature'), name: z.string(), rule: Rule, words: z.string() }),
      z.object({
        type: z.literal('kill'),
        name: z.string(),
        kind: z.enum(['bot', 'platform']),
        words: z.string(),
      }),
      z.object({ type: z.literal('maintenance'), words: z.string(), until: Time }),
    ]),
  ),
});
export type Flag = z.infer<typeof Flags>['flags'][number];

const AuditEntry = z.object({
  ...{ number: z.number(), at: z.string(), since: z.string(), count: z.number(), actor: z.string() },
  name: Time,
  ...{ via: z.string(), action: z.string(), target: z.string(), from: z.string().nullable() },
  ...{ before: z.unknown(), after: z.unknown() },
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = z.object({
  ...{ entries: z.array(AuditEntry), going_on: z.array(AuditEntry), next: z.number().nullable() },
});

const Count = z.number().nullable();
const DocumentInfo = z.object({
  ...{ name: z.string(), last: z.number(), connections: z.number(), updates: Count, update_bytes: Count },
  ...{ oldest_at: Time, newest_at: Time, snapshot_up_to: Count, snapshot_bytes: Count, checkpoints: Count },
});
export type DocumentInfo = z.infer<typeof DocumentInfo>;
export const Documents = z.object({ documents: z.array(DocumentInfo) });
export const DocumentHistory = z.object({
  entries: z.array(
    z.object({
      number: z.number(),
      actor: z.string(),
      name: Time,
      at: z.string(),
      carried: z.boolean(),
      bytes: z.number(),
    }),
  ),
  next: z.number().nullable(),
});
export const Past = z.record(z.string(), z.union([z.string(), z.number()]));

export const Snapshots = z.object({
  snapshots: z.array(z.object({ number: z.number(), at: Time, bytes: z.number(), is_kept: z.boolean() })),
});
export const TakenSnapshot = z.object({ number: z.number() });

const LackKind = z.enum(['locations', 'streamers', 'streams', 'events', 'ignore']);
export type LackKind = z.infer<typeof LackKind>;
const LackCount = z.object({
  ...{ missing: z.number(), changed: z.number(), archived: z.number(), added: z.number() },
});
export const Lack = z.object({
  counts: z.record(LackKind, LackCount),
  found: z.array(
    z.object({
      ...{ kind: LackKind, id: z.string(), name: z.string(), link: z.string().nullable() },
      ...{ what: z.enum(['missing', 'changed', 'archived']), fields: z.array(z.string()) },
    }),
  ),
  found_count: z.number(),
});
export type Lack = z.infer<typeof Lack>;
export const BroughtBack = z.object({
  ...{ before: z.number(), after: z.number(), done: z.number(), refused_count: z.number() },
  refused: z.array(z.object({ kind: LackKind, id: z.string(), why: z.string() })),
});
export type BroughtBack = z.infer<typeof BroughtBack>;

const By = { at: z.string(), actor: z.string(), name: z.string().nullable() };
const Bringing = z.object({
  ...{ ...By, number: z.number(), before: z.number(), after: z.number() },
  ...{ done: z.number(), refused_count: z.number(), may_undo: z.boolean() },
  undone: z.object({ ...By, done: z.number() }).nullable(),
});
export type Bringing = z.infer<typeof Bringing>;
export const Bringings = z.object({ entries: z.array(Bringing) });

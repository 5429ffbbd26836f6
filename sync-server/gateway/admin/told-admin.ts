import { z } from 'zod';
import { Role } from '#shared/model/role.ts';
import { AUDIT_VIAS } from '../../audit/audit-entry.ts';
import { FeatureRule, SwitchKind } from '../../flags/flag.ts';
import { toldEndpoint, type Endpoint } from '../rest-v1/endpoint.ts';
import { AuditExportQuery, AuditListQuery } from './audit-routes.ts';
import {
  BringBackBody,
  BroughtBackAnswer,
  BroughtBackList,
  BroughtBackQuery,
  LackAnswer,
  LackQuery,
  TakeBackBody,
} from './bring-back-routes.ts';
import { DocumentExportQuery, HistoryQuery, PastQuery, RestoreBody } from './document-routes.ts';
import { PutFeature, PutMaintenance, PutSwitch } from './flag-routes.ts';
import { OverviewQuery } from './overview-routes.ts';
import { SnapshotAnswer, SnapshotsAnswer, SnapshotsQuery } from './snapshot-routes.ts';

/** What admins do, as the description of the API tells it: from the schemas that their requests are read with. */

const Time = z.iso.datetime();
const Pause = z.object({ reason: z.string(), words: z.string(), until: Time.nullable() });
const FlagAnswer = z
  .object({
    key: z.string(),
    type: z.enum(['feature', 'kill', 'maintenance']),
    words: z.string(),
    by: z.string(),
    at: Time,
    name: z.string().optional(),
    kind: SwitchKind.optional(),
    rule: FeatureRule.optional(),
    until: Time.nullable().optional(),
  })
  .meta({ id: 'Flag' });
const AuditAnswer = z
  .object({
    number: z.int(),
    since: Time,
    at: Time,
    actor: z.string(),
    name: z.string().nullable().optional(),
    via: z.enum(AUDIT_VIAS),
    action: z.string(),
    target: z.string(),
    from: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    count: z.int(),
  })
  .meta({ id: 'AuditEntry' });
const Health = z.object({ state: z.enum(['ok', 'degraded', 'down']), note: z.string().optional() });
const Parts = z.record(z.string(), Health);
const Overview = z
  .object({
    started_at: Time,
    now: Time,
    health: Parts,
    maintenance: z.string().nullable(),
    connected: z.object({ people: z.int(), bots: z.int(), walls: z.int(), connections: z.int() }),
    instances: z.array(
      z.object({
        ...{ id: z.string(), is_this: z.boolean(), started_at: Time, health: Parts, connections: z.int() },
      }),
    ),
    may_lack_instances: z.boolean(),
    activity: z.array(z.looseObject({ at: Time })),
    discovery: z.array(z.object({ at: Time, added: z.int() })),
  })
  .meta({ id: 'Overview' });
const Connection = z
  .object({
    ...{ id: z.string(), actor: z.string(), name: z.string().nullable(), role: Role, document: z.string() },
    ...{ wall: z.boolean(), address: z.string(), agent: z.string(), since: Time },
  })
  .meta({ id: 'Connection' });
const Count = z.number().nullable();
const DocumentAnswer = z
  .object({
    ...{ name: z.string(), last: z.int(), connections: z.int(), updates: Count, update_bytes: Count },
    ...{ oldest_at: Time.nullable(), newest_at: Time.nullable(), snapshot_up_to: Count },
    ...{ snapshot_bytes: Count, checkpoints: Count },
  })
  .meta({ id: 'Document' });
const Past = z.union([
  z.object({ streams: z.int(), streamers: z.int(), walls: z.int() }),
  z.object({ name: z.string(), tiles: z.int(), bench: z.int(), scenes: z.int() }),
]);
const History = z.object({
  entries: z.array(
    z.object({
      number: z.int(),
      at: Time,
      actor: z.string(),
      name: z.string().nullable(),
      carried: z.boolean(),
      bytes: z.int(),
    }),
  ),
  next: z.int().nullable(),
});

const admin = { who: 'admin' } as const;
const none = { 204: undefined };
const One = z.object({ flag: FlagAnswer });
const DOCUMENT = '/admin/documents/{name}';

const flags: readonly Endpoint[] = [
  toldEndpoint({
    ...{ who: 'signed-in', tag: 'flags', method: 'get', path: '/switches' },
    summary: 'Whether one is to rest, and what is on',
    answers: {
      200: z.object({
        paused: Pause.nullable(),
        platforms: z.record(z.string(), Pause),
        features: z.record(z.string(), z.boolean()),
      }),
    },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'get', path: '/admin/flags', summary: 'All that is switched' },
    answers: { 200: z.object({ flags: z.array(FlagAnswer) }) },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'put', path: '/admin/flags/{name}', body: PutFeature },
    ...{ summary: 'Say for whom a feature is on', answers: { 200: One } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'delete', path: '/admin/flags/{name}', answers: none },
    summary: 'Forget a feature',
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'put', path: '/admin/switches/{kind}/{name}', body: PutSwitch },
    ...{ summary: 'Switch a bot or a platform off', answers: { 200: One } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'delete', path: '/admin/switches/{kind}/{name}', answers: none },
    summary: 'Switch it on again',
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'put', path: '/admin/maintenance', body: PutMaintenance },
    ...{ summary: 'Have writes wait', answers: { 200: One } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'flags', method: 'delete', path: '/admin/maintenance', answers: none },
    summary: 'Take writes again',
  }),
];

const documents: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: '/admin/documents', summary: 'Documents' },
    answers: { 200: z.object({ documents: z.array(DocumentAnswer) }) },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: `${DOCUMENT}/history`, query: HistoryQuery },
    ...{ summary: 'Its edits, the newest first', answers: { 200: History } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: `${DOCUMENT}/export` },
    ...{ query: DocumentExportQuery, summary: 'The whole of it, to be kept' },
    ...{ answers: { 200: z.unknown() }, textType: 'application/octet-stream' },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: `${DOCUMENT}/past`, query: PastQuery },
    ...{ summary: 'How it was after an edit', answers: { 200: Past } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'post', path: `${DOCUMENT}/restore`, body: RestoreBody },
    ...{ summary: 'Bring a wall back as it was', answers: { 200: z.object({ number: z.int() }) } },
  }),
];

const returns: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: `${DOCUMENT}/snapshots`, query: SnapshotsQuery },
    ...{ summary: 'Its whole states that are kept', answers: { 200: SnapshotsAnswer } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'post', path: `${DOCUMENT}/snapshots` },
    ...{ summary: 'Keep one more, of now', answers: { 201: SnapshotAnswer } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: `${DOCUMENT}/lack`, query: LackQuery },
    ...{ summary: 'What the catalogue had and has not, or has otherwise', answers: { 200: LackAnswer } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'post', path: `${DOCUMENT}/bring_back`, body: BringBackBody },
    ...{ summary: 'Bring that back, or some of it', answers: { 200: BroughtBackAnswer } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'post', path: `${DOCUMENT}/take_back`, body: TakeBackBody },
    ...{ summary: 'Undo a bringing back', answers: { 200: BroughtBackAnswer } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'documents', method: 'get', path: `${DOCUMENT}/brought_back` },
    ...{ query: BroughtBackQuery, summary: 'What was brought back, by whom, and whether it can be undone' },
    answers: { 200: BroughtBackList },
  }),
];

export const toldAdmin: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...admin, tag: 'overview', method: 'get', path: '/admin/overview', query: OverviewQuery },
    ...{ summary: 'How the server is doing', answers: { 200: Overview } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'overview', method: 'get', path: '/admin/connections', summary: 'Who is connected' },
    answers: { 200: z.object({ connections: z.array(Connection), may_lack_instances: z.boolean() }) },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'overview', method: 'delete', path: '/admin/connections/{id}', answers: none },
    summary: 'Let a connection go',
  }),
  toldEndpoint({
    ...{ who: 'signed-in', tag: 'overview', method: 'get', path: '/roles', summary: 'The table of roles' },
    answers: {
      200: z.object({
        rows: z.array(
          z.object({
            what: z.string(),
            kind: z.enum(['read', 'write', 'signal', 'manage']),
            may: z.record(Role, z.enum(['yes', 'no', 'grant'])),
          }),
        ),
      }),
    },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'audit', method: 'get', path: '/admin/audit', query: AuditListQuery },
    summary: 'Who did what, the newest first',
    answers: {
      200: z.object({
        entries: z.array(AuditAnswer),
        going_on: z.array(AuditAnswer),
        next: z.int().nullable(),
      }),
    },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'audit', method: 'get', path: '/admin/audit/export', query: AuditExportQuery },
    ...{ summary: 'The audit, as JSON or CSV', answers: { 200: z.array(AuditAnswer) }, textType: 'text/csv' },
  }),
  ...flags,
  ...documents,
  ...returns,
];

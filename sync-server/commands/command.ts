import { z } from 'zod';
import { Grant } from '../accounts/access.ts';
import type { AccountStores } from '../accounts/account-stores.ts';
import type { Invitations } from '../accounts/invitations.ts';
import type { Members } from '../accounts/members.ts';
import { ScopeDocument, ScopeRoot } from '../accounts/scope-names.ts';
import { Email, PersonName, RoleByAnyName } from '../accounts/user.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { ProjectionStore } from '../projection/projection-store.ts';

const DAY_MS = 86_400_000;
const Id = z.string().max(40);
const DocumentText = z.string().max(100);
const Password = z.string().max(1_000);
/** A whole number; the words say the bounds in the unit in which they are typed. */
const between = (min: number, max: number, words: string) => z.int(words).min(min, words).max(max, words);

const KeyCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('create-key'),
    role: RoleByAnyName,
    grants: z.array(Grant).max(8),
    label: z.string().max(200),
    documents: z.array(ScopeDocument).max(100).optional(),
    roots: z.array(ScopeRoot).max(40).optional(),
    requestsPerMinute: between(1, 1_000_000, 'is from 1 to 1000000').optional(),
    lastsMs: between(1, 36_500 * DAY_MS, 'is more than none and at most 36500').optional(),
  }),
  z.object({
    type: z.literal('rotate-key'),
    id: Id,
    overlapMs: between(0, 365 * DAY_MS, 'is from 0 to 8760'),
  }),
  z.object({ type: z.literal('revoke-key'), id: Id }),
  z.object({ type: z.literal('list-keys') }),
]);

const UserCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('add-user'),
    email: Email,
    name: PersonName.optional(),
    role: RoleByAnyName,
    password: Password,
  }),
  z.object({
    type: z.literal('change-user'),
    email: Email,
    role: RoleByAnyName.optional(),
    password: Password.optional(),
    isDisabled: z.boolean().optional(),
    dropsSecondFactor: z.boolean().optional(),
  }),
  z.object({ type: z.literal('remove-user'), email: Email }),
  z.object({ type: z.literal('list-users') }),
]);

const InviteCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('create-invite'),
    role: RoleByAnyName,
    email: Email.optional(),
    guestForMs: between(60_000, 365 * DAY_MS, 'is at least a minute and at most 8760').optional(),
    lastsMs: between(60_000, 90 * DAY_MS, 'is at least a minute and at most 90'),
  }),
  z.object({ type: z.literal('revoke-invite'), id: Id }),
  z.object({ type: z.literal('list-invites') }),
]);

const SigningCommand = z.object({ type: z.literal('rotate-signing-key') });

const DocumentCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('export-document'), document: DocumentText, form: z.enum(['json', 'yjs']) }),
  z.object({
    type: z.literal('import-document'),
    document: DocumentText,
    form: z.enum(['json', 'yjs']),
    base64: z.string(),
  }),
  z.object({ type: z.literal('list-documents') }),
]);

const TablesCommand = z.object({ type: z.literal('rebuild-projection') });

/** What the command line asks of a store, or of the server that holds it. */
export const ControlCommand = z.discriminatedUnion('type', [
  KeyCommand,
  UserCommand,
  InviteCommand,
  SigningCommand,
  DocumentCommand,
  TablesCommand,
]);
export type ControlCommand = z.infer<typeof ControlCommand>;
export type KeyCommand = z.infer<typeof KeyCommand>;
export type UserCommand = z.infer<typeof UserCommand>;
export type InviteCommand = z.infer<typeof InviteCommand>;
export type DocumentCommand = z.infer<typeof DocumentCommand>;

/** What came of it: as values for a program, and in words for a person. */
export const ControlAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), values: z.record(z.string(), z.unknown()), words: z.string() }),
  z.object({ type: z.literal('refused'), words: z.string() }),
]);
export type ControlAnswer = z.infer<typeof ControlAnswer>;

export const done = (values: Readonly<Record<string, unknown>>, words: string): ControlAnswer => ({
  type: 'done',
  values: { ...values },
  words,
});
export const refused = (words: string): ControlAnswer => ({ type: 'refused', words });

/** What commands work on. */
export type ControlParts = {
  readonly stores: AccountStores;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly log: UpdateLog;
  readonly audit: AuditStore;
  readonly clock: Clock;
  /** Undefined for a store in memory. */
  readonly tables?: ProjectionStore;
};

/** Rows under a head, in columns that line up. */
export function layTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const isoTime = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

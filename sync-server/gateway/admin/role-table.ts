import type { DelayWish } from '#shared/protocol/delay-state.ts';
import { DELAY_SIGNAL, SignalName } from '#shared/protocol/ipc-contract.ts';
import { mayAskFor, maySignal } from '#shared/protocol/may-signal.ts';
import { CATALOGUE_ROOTS, WALL_ROOTS } from '#shared/document/document-shape.ts';
import type { Role } from '#shared/model/role.ts';
import { decideAccess, Grant, type Access } from '../../accounts/access.ts';
import { readDocumentName, type ServedDocument } from '../../documents/document-name.ts';

/** One thing that somebody may or may not; `grant`: only with a key that says so. */
export type RoleRow = {
  readonly what: string;
  readonly kind: 'read' | 'write' | 'signal' | 'manage';
  readonly may: Readonly<Record<Role, 'yes' | 'no' | 'grant'>>;
};

/** What admins alone do over the API. */
const MANAGED = ['users', 'invites', 'keys', 'flags', 'audit', 'restore', 'connections'];

/** The table of roles, as the very rules decide that let people in. */
export function makeRoleTable(): readonly RoleRow[] {
  const documents = ['catalogue', 'wall:main'].flatMap((name) => readDocumentName(name) ?? []);
  const row = (what: string, kind: RoleRow['kind'], may: (role: Role) => 'yes' | 'no' | 'grant'): RoleRow => {
    const [admin, operator, monitor] = [may('admin'), may('operator'), may('monitor')];
    return { what, kind, may: { admin, operator, monitor, viewer: may('viewer'), service: may('service') } };
  };
  const reads = documents.map((place) =>
    row(place.kind, 'read', (role) => decide(role, place, ({ mayRead }) => mayRead)),
  );
  const writes = documents.flatMap((place) =>
    Object.keys(place.kind === 'catalogue' ? CATALOGUE_ROOTS : WALL_ROOTS)
      .filter((root) => root !== 'meta')
      .map((root) => row(root, 'write', (role) => decide(role, place, ({ writable }) => writable.has(root)))),
  );
  const signals = SignalName.options.map((signal) =>
    row(signal, 'signal', (role) => (maySignal(role, signal) ? 'yes' : 'no')),
  );
  const broadcast = (what: string, wish: DelayWish): RoleRow =>
    row(what, 'signal', (role) => (mayAskFor(role, { signal: DELAY_SIGNAL, at: '', wish }) ? 'yes' : 'no'));
  const broadcasts = [
    broadcast('cover-broadcast', { type: 'censor', on: true }),
    broadcast('start-broadcast', { type: 'stream', running: true }),
  ];
  const managed = MANAGED.map((what) => row(what, 'manage', (role) => (role === 'admin' ? 'yes' : 'no')));
  return [...reads, ...writes, ...signals, ...broadcasts, ...managed];
}

function decide(role: Role, place: ServedDocument, may: (access: Access) => boolean): 'yes' | 'no' | 'grant' {
  if (may(decideAccess({ role, grants: [] }, place))) return 'yes';
  return may(decideAccess({ role, grants: Grant.options }, place)) ? 'grant' : 'no';
}

import type { Clock } from '#shared/kernel/clock.ts';
import type { AuditRecorder } from '../../audit/audit-recorder.ts';
import type { AuditStore } from '../../audit/audit-store.ts';
import type { DocumentSizes, DocumentSnapshots } from '../../documents/document-sizes.ts';
import type { UpdateLog } from '../../documents/update-log.ts';
import type { Switchboard } from '../../flags/switchboard.ts';
import type { Fleet } from '../../instances/fleet.ts';
import type { Health } from '../health-routes.ts';
import type { HttpDoor } from '../http-door.ts';

/** What the admin's API works with, beside what every part of the server has. */
export type AdminInsides = {
  readonly flags: Switchboard;
  readonly audit: AuditRecorder;
  readonly auditStore: AuditStore;
  readonly log: UpdateLog;
  /** Undefined for a store in memory. */
  readonly sizes: DocumentSizes | undefined;
  readonly snapshots: DocumentSnapshots | undefined;
  readonly fleet: Pick<Fleet, 'id' | 'look' | 'clients' | 'disconnect'>;
  /** What people and keys are called, by actor. @throws {LogUnavailable} */
  readonly names: () => Promise<ReadonlyMap<string, string>>;
};

export type AdminParts = AdminInsides & {
  readonly door: HttpDoor;
  readonly clock: Clock;
  readonly examine: () => Promise<Readonly<Record<string, Health>>>;
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../kernel/clock.ts';
import { createMaintenanceThread } from './maintenance-thread.ts';
import { describeReplicaStore, type StorePlace } from './replica-store.contract.ts';
import { connect, migrate } from './sqlite-connection.ts';
import { createSqliteReplicaStore } from './sqlite-replica-store.ts';

const workerUrl = new URL('./compact-worker.ts', import.meta.url);

/** A file that can be made to take nothing more: SQLite itself refuses to let it grow, as on a full disk. */
function createSqlitePlace(): StorePlace {
  const folder = mkdtempSync(join(tmpdir(), 'replica-store-'));
  const file = join(folder, 'replica.db');
  let database: ReturnType<typeof connect> | undefined;
  return {
    open: () => {
      database?.close();
      database = connect(file);
      migrate(database);
      return Promise.resolve(
        createSqliteReplicaStore(database, createMaintenanceThread(file, workerUrl, systemClock)),
      );
    },
    breakDisk: (broken) => void database?.pragma(`max_page_count = ${broken ? 1 : 4_294_967_294}`),
    remove: () => {
      database?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describeReplicaStore('sqlite', createSqlitePlace);

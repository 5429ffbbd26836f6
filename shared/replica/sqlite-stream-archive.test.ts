import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, migrate } from './sqlite-connection.ts';
import { createSqliteStreamArchive } from './sqlite-stream-archive.ts';
import { describeStreamArchive } from './stream-archive.contract.ts';

describeStreamArchive('sqlite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stream-archive-'));
  const database = connect(join(folder, 'replica.db'));
  return {
    open: () => {
      migrate(database);
      return Promise.resolve(createSqliteStreamArchive(database));
    },
    remove: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

import 'fake-indexeddb/auto';
import { describeStreamArchive } from '../../shared/replica/stream-archive.contract.ts';
import { openConnection } from './indexeddb-connection.ts';
import { createIndexeddbStreamArchive } from './indexeddb-stream-archive.ts';

let places = 0;

describeStreamArchive('indexeddb', () => {
  const name = `archive-${String(++places)}`;
  return {
    open: async () => {
      const opened = await openConnection(name);
      if (!opened.ok) throw new Error(opened.error.words);
      return createIndexeddbStreamArchive(opened.value);
    },
    remove: () => {
      indexedDB.deleteDatabase(name);
    },
  };
});

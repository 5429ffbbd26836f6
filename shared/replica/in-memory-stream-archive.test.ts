import { createInMemoryStreamArchive } from './in-memory-stream-archive.ts';
import { describeStreamArchive } from './stream-archive.contract.ts';

describeStreamArchive('memory', () => ({
  open: () => Promise.resolve(createInMemoryStreamArchive()),
  remove: () => {},
}));

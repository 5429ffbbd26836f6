import { describeStreamArchive } from '#shared/replica/stream-archive.contract.ts';
import { createInMemoryServerArchive } from './in-memory-server-archive.ts';
import { describeServerArchive } from './server-archive.contract.ts';

const open = async () => Promise.resolve(createInMemoryServerArchive());
describeServerArchive('in memory', open);
describeStreamArchive('a server in memory', () => ({ open, remove: () => undefined }));

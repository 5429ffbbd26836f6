import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';

/** What PGlite was compiled with knows where each open file lies, and asks `fsync` of its files if there is one. */
const FileSystemType = z.looseObject({
  realPath: z.custom<(node: unknown) => string>((value) => typeof value === 'function'),
  stream_ops: z.record(z.string(), z.unknown()),
});
const OpenFile = z.looseObject({ node: z.unknown(), nfd: z.number().optional() });

/**
 * A folder in which Postgres' own rule holds: what it believes to be on disk is on disk. By itself PGlite neither asks for
 * that nor would be heard, so that a power cut takes what was committed last, or leaves the files at odds with one another.
 */
export class FsyncedFiles extends NodeFS {
  private readonly onSynced: (path: string) => void;

  /** @param onSynced is told of every file and folder that was brought to disk; for tests */
  constructor(folder: string, onSynced: (path: string) => void = () => undefined) {
    super(folder);
    this.onSynced = onSynced;
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const preRun = [...(emscriptenOpts.preRun ?? [])];
    preRun.push((module) => {
      const files = FileSystemType.parse(module.NODEFS);
      // The parsed object is a copy; the operation belongs on the one that the files use.
      Object.assign(Object(Reflect.get(module.NODEFS, 'stream_ops')), {
        fsync: (stream: unknown): number => {
          const { node, nfd } = OpenFile.parse(stream);
          const path = files.realPath(node);
          if (nfd === undefined) syncPath(path);
          else fsyncSync(nfd);
          this.onSynced(path);
          return 0;
        },
      });
    });
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

/** Asks Postgres to have its commits on disk before it answers. `fdatasync` would not be heard. */
export const FSYNCED_PARAMETERS: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
];

/** Brings a folder and all in it to disk. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(folder);
}

export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

import { fdatasync, writeSync } from 'node:fs';

/** How a journal gets to a disk. What was written survives a killed process; what was flushed, a power cut. */
export type JournalDisk = {
  /**
   * Writes all of it, and returns when the system has it: that takes microseconds, a hundredth of what one waits for
   * another thread to do it.
   */
  readonly write: (descriptor: number, bytes: Uint8Array, position: number) => void;
  /** Resolves when all that was written to the file before is on the disk. */
  readonly flush: (descriptor: number) => Promise<void>;
};

export const systemDisk: JournalDisk = {
  write: (descriptor, bytes, position) => {
    for (let done = 0; done < bytes.length;)
      done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  },
  flush: async (descriptor) =>
    new Promise((resolve, reject) => {
      fdatasync(descriptor, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }),
};

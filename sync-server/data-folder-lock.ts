import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** Where the program that holds a data folder can be asked, and the secret that shows that one may read the folder. */
const Holder = z.object({ pid: z.number(), controlUrl: z.url(), secret: z.string() });
export type Holder = z.infer<typeof Holder>;

/**
 * The lock is the file with the highest number. Whoever finds its holder dead, or the word `free`, links the next number,
 * which only one can do. A lower number is removed only once a higher one is there, so that who was slow sees that it lost.
 */
const NAME = /^streamwall\.lock\.(\d{1,9})$/;
const FREE = 'free';

/**
 * Takes a data folder for this process. Two that write to one embedded database lose what one of them wrote.
 * @param isAlive whether a holder still answers; one that does not was killed, and its lock is taken over
 */
export async function takeDataFolder(
  folder: string,
  holder: Holder,
  isAlive: (holder: Holder) => Promise<boolean>,
): Promise<Result<{ release: () => Promise<void> }, Holder>> {
  for (;;) {
    const highest = await highestNumber(folder);
    const other = await readLock(folder, highest);
    if (other !== undefined && (await isAlive(other))) return fail(other);
    const mine = highest + 1;
    if (!(await putLock(folder, mine, JSON.stringify(holder)))) continue;
    return ok({
      release: async () => {
        await putLock(folder, mine + 1, FREE);
      },
    });
  }
}

/** Who holds the folder, or held it when it was killed. */
export async function readHolder(folder: string): Promise<Holder | undefined> {
  return readLock(folder, await highestNumber(folder));
}

/** @returns whether this number is the lock now */
async function putLock(folder: string, number: number, text: string): Promise<boolean> {
  const path = lockPath(folder, number);
  const draft = join(folder, `.lock-${randomBytes(6).toString('hex')}`);
  await writeFile(draft, text, { mode: 0o600 });
  try {
    // Linking a finished file, unlike writing one, leaves no moment at which there is a lock that cannot be read.
    await link(draft, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const numbers = await allNumbers(folder);
  const isHighest = Math.max(...numbers) === number;
  const obsolete = isHighest ? numbers.filter((other) => other < number) : [number];
  for (const other of obsolete) await rm(lockPath(folder, other), { force: true });
  return isHighest;
}

async function readLock(folder: string, number: number): Promise<Holder | undefined> {
  try {
    const parsed = Holder.safeParse(JSON.parse(await readFile(lockPath(folder, number), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

const highestNumber = async (folder: string): Promise<number> => Math.max(0, ...(await allNumbers(folder)));

async function allNumbers(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const [, number] = NAME.exec(name) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

const lockPath = (folder: string, number: number): string =>
  join(folder, `streamwall.lock.${String(number)}`);

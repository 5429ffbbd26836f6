import { downloadArtifact, ElectronDownloadCacheMode, type Downloader } from '@electron/get';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '../../shared/kernel/result.ts';
import { describeOutcome, succeeded, type Run } from '../process/supervise.ts';

export type OfficialElectron = {
  readonly version: string;
  /** File name to sha256, as the electron package ships them. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly arch: string;
  /** Electron's own download cache, where the person has moved it. */
  readonly cacheRoot: string | undefined;
};

/** How long a download place may be silent, in milliseconds. */
export type Patience = { readonly answerMs: number; readonly silenceMs: number };

export const usualPatience: Patience = { answerMs: 6_000, silenceMs: 20_000 };

const UNPACK_TIMEOUT_MS = 3 * 60 * 1000;

/** True when the archive is in Electron's download cache and is sound; asks no network. */
export async function officialArchiveIsCached(electron: OfficialElectron): Promise<boolean> {
  const nowhere: Downloader<unknown> = { download: () => Promise.reject(new Error('not in the cache')) };
  return (await fetchArchive(electron, nowhere)).ok;
}

/**
 * Downloads the archive into Electron's own cache: from where the electron package says, or from the mirror that the
 * person named (ELECTRON_MIRROR and its kin). Gives up when nobody answers or the bytes stop coming.
 */
export async function downloadOfficialArchive(
  electron: OfficialElectron,
  patience: Patience,
): Promise<Result<void, string>> {
  return fetchArchive(electron, impatientDownloader(patience));
}

/** Unpacks the cached archive by the electron package's own means. */
export async function installOfficial(electronFolder: string, run: Run): Promise<Result<void, string>> {
  const outcome = await run({
    program: process.execPath,
    args: [join(electronFolder, 'install.js')],
    cwd: electronFolder,
    output: 'capture',
    timeoutMs: UNPACK_TIMEOUT_MS,
  });
  return succeeded(outcome) ? ok(undefined) : fail(describeOutcome(outcome));
}

async function fetchArchive(
  electron: OfficialElectron,
  downloader: Downloader<unknown>,
): Promise<Result<void, string>> {
  try {
    await downloadArtifact({
      version: electron.version,
      artifactName: 'electron',
      platform: electron.platform,
      arch: electron.arch,
      checksums: { ...electron.checksums },
      ...(electron.cacheRoot === undefined ? {} : { cacheRoot: electron.cacheRoot }),
      cacheMode: ElectronDownloadCacheMode.ReadWrite,
      downloader,
    });
    return ok(undefined);
  } catch (error) {
    return fail(inWords(error));
  }
}

function impatientDownloader(patience: Patience): Downloader<unknown> {
  return {
    download: async (url, target) => {
      const silence = new AbortController();
      const giveUp = (reason: string, afterMs: number): NodeJS.Timeout =>
        setTimeout(() => silence.abort(new Error(`${reason} for ${afterMs / 1000} s`)), afterMs);
      let timer = giveUp('no answer', patience.answerMs);
      try {
        const answer = await fetch(url, { signal: silence.signal });
        if (!answer.ok || answer.body === null) throw new Error(`the answer was ${answer.status}`);
        await mkdir(dirname(target), { recursive: true });
        const watched = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
          for await (const chunk of source) {
            clearTimeout(timer);
            timer = giveUp('no bytes', patience.silenceMs);
            yield chunk;
          }
        };
        await pipeline(Readable.fromWeb(answer.body), watched, createWriteStream(target), {
          signal: silence.signal,
        });
      } catch (error) {
        throw silence.signal.aborted ? silence.signal.reason : error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** The innermost reason: "fetch failed" alone helps nobody. */
function inWords(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  return innermost instanceof Error ? (innermost.message.split('\n')[0] ?? '') : String(innermost);
}

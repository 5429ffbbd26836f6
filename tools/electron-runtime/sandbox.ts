import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { succeeded, type Run } from '../process/supervise.ts';

/** Whether Chromium's own sandbox, which keeps a web page away from the machine, can work here. */
export type Sandbox =
  | { readonly kind: 'works' }
  /** Chromium refuses to run sandboxed as root; the launcher switches the sandbox off. */
  | { readonly kind: 'off-for-root' }
  /** The system allows this user no namespaces; Electron would end at once with nothing but a trace. */
  | { readonly kind: 'blocked' };

/** @param binary the Chromium binary, beside which a setuid helper may lie */
export async function inspectSandbox(binary: string, run: Run): Promise<Sandbox> {
  if (process.platform !== 'linux') return { kind: 'works' };
  if (process.getuid?.() === 0) return { kind: 'off-for-root' };
  const helper = await stat(join(dirname(binary), 'chrome-sandbox')).catch(() => undefined);
  if (helper?.uid === 0 && (helper.mode & 0o4001) === 0o4001) return { kind: 'works' };
  const args = ['--user', '--map-root-user', 'true'];
  const tried = await run({ program: 'unshare', args, output: 'capture', timeoutMs: 10_000 });
  return succeeded(tried) || tried.kind === 'not-started' ? { kind: 'works' } : { kind: 'blocked' };
}

export const SANDBOX_BLOCKED =
  'Electron keeps web pages in a sandbox, and this system does not allow this user to make one (no user namespaces).';

/** The ways out, safest first, in lines for the person. */
export function sandboxRemedies(binary: string): readonly string[] {
  const helper = join(dirname(binary), 'chrome-sandbox');
  return [
    'allow it, as root: sysctl -w kernel.unprivileged_userns_clone=1   (Debian)',
    'or, as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0   (Ubuntu 24.04 and newer)',
    'or in a container: start it with a seccomp profile that allows user namespaces',
    `or let Chromium's own helper do it: sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
    'or run without the sandbox, with pages that you trust: npm start -- --no-sandbox',
  ];
}

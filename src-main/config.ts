import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** Everything that a desk is told from outside, read once. */
export type DesktopConfig = {
  /** Where the replica and the sites' log-ins are kept. */
  readonly dataFolder: string;
  /** First of the two ports of the demo channels; 0 takes any two. */
  readonly demoPort: number;
  readonly tileHost: 'player' | 'views';
  /** Hosts of the network around that may be shown, whoever put them on the wall. */
  readonly localHosts: readonly string[];
  /** Ends by itself after this long. */
  readonly exitAfterMs: number | undefined;
  /** Where to write a picture of the wall, once its tiles play. */
  readonly screenshot: string | undefined;
};

const Environment = z.object({
  STREAMWALL_DATA_DIR: z.string().min(1).optional(),
  STREAMWALL_DEMO_PORT: z.coerce.number().int().min(0).max(65_534).default(7511),
  /** Separated by commas; `*` at the end stands for any rest. */
  STREAMWALL_LOCAL_HOSTS: z.string().max(4096).default(''),
  STREAMWALL_TILE_HOST: z.enum(['player', 'views']).default('player'),
});

const Seconds = z.coerce.number().positive().max(1e6);

/**
 * @param env the process's environment; an empty variable counts as absent
 * @param args what follows the program's own path on its command line
 * @param defaultFolder where data is kept when nobody says
 * @returns or a sentence that names the setting that cannot be read
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  defaultFolder: string,
): Result<DesktopConfig, string> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(
      `The setting ${String(issue?.path[0])} cannot be read: ${issue?.message ?? 'it has a wrong value'}.`,
    );
  }
  const exitAfter = valueOf(args, '--exit-after');
  const seconds = Seconds.optional().safeParse(exitAfter);
  if (!seconds.success) return fail(`--exit-after needs a number of seconds, not “${String(exitAfter)}”.`);
  return ok({
    dataFolder: parsed.data.STREAMWALL_DATA_DIR ?? defaultFolder,
    demoPort: parsed.data.STREAMWALL_DEMO_PORT,
    localHosts: parsed.data.STREAMWALL_LOCAL_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    tileHost: parsed.data.STREAMWALL_TILE_HOST,
    exitAfterMs: seconds.data === undefined ? undefined : seconds.data * 1000,
    screenshot: valueOf(args, '--screenshot'),
  });
}

/** The word after an option. Others are Chromium's own, and left alone. */
function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
